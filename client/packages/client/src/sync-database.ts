import type { IDBPDatabase } from 'idb';
import type { Environment } from './environment.js';
import { SyncError } from './errors.js';
import type { SyncEvent } from './events.js';
import { LiveQuery } from './live-query.js';
import { type AnyQuery, type Query, runQuery } from './query.js';
import type { ElementOf, FieldOf, StoreKey, StoreName, StoreValue, SyncSchema } from './schema.js';
import { deleteDatabase } from './storage/open-database.js';
import type { SyncEngine } from './sync/sync-engine.js';
import { storeOf, SyncControl } from './sync-control.js';
import { type Edits, SyncTransaction } from './sync-transaction.js';

/**
 * A database that is kept in step with the server. Reads and edits work on the device alone and never wait for the network; each edit is kept together with its
 * place in the outbox, in one IndexedDB transaction.
 */
export class SyncDatabase<S extends SyncSchema = SyncSchema> extends SyncControl implements Edits<S> {
  readonly name: string;
  readonly #db: IDBPDatabase;
  readonly #engine: SyncEngine;
  readonly #queries = new Set<LiveQuery<unknown>>();
  #closed = false;

  /** Use `openSyncDatabase`. */
  constructor(name: string, engine: SyncEngine, environment: Environment) {
    super(environment);
    this.name = name;
    this.#engine = engine;
    this.#db = engine.context.db;
  }

  /** The database itself, for reading in ways that are not offered here. Writing to it goes past the outbox. */
  get idb(): IDBPDatabase {
    return this.#db;
  }

  get<N extends StoreName<S>>(store: N, key: StoreKey<S, N>): Promise<StoreValue<S, N> | undefined> {
    return this.#open().get(this.#store(store).name, key) as Promise<StoreValue<S, N> | undefined>;
  }

  /** Reads the records that a query names, in the order of the store's keys or of the index; all of the store without one. */
  getAll<N extends StoreName<S>>(store: N, query: Query<S, N> = {}): Promise<StoreValue<S, N>[]> {
    return runQuery(this.#open(), this.#store(store).name, query as AnyQuery) as Promise<StoreValue<S, N>[]>;
  }

  /** Counts the records that a query names. */
  count<N extends StoreName<S>>(store: N, query: Pick<Query<S, N>, 'index' | 'range'> = {}): Promise<number> {
    const source = this.#open()
      .transaction([this.#store(store).name])
      .objectStore(store);
    return (query.index === undefined ? source : source.index(query.index)).count(query.range as IDBValidKey | IDBKeyRange | undefined);
  }

  put<N extends StoreName<S>>(store: N, value: StoreValue<S, N>, key?: StoreKey<S, N>): Promise<StoreKey<S, N>> {
    return this.#edit([store], undefined, tx => tx.put(store, value, key)) as Promise<StoreKey<S, N>>;
  }

  /** Writes many records in one transaction of the device. Each travels by itself; `transaction` is what holds them together. */
  putAll<N extends StoreName<S>>(store: N, values: Iterable<StoreValue<S, N>>): Promise<void> {
    return this.#edit([store], undefined, tx => tx.putAll(store, [...values]));
  }

  patch<N extends StoreName<S>>(store: N, key: StoreKey<S, N>, fields: Partial<StoreValue<S, N>>): Promise<StoreValue<S, N>> {
    return this.#edit([store], undefined, tx => tx.patch(store, key, fields as object)) as Promise<StoreValue<S, N>>;
  }

  update<N extends StoreName<S>>(
    store: N,
    key: StoreKey<S, N>,
    change: (value: StoreValue<S, N>) => StoreValue<S, N> | void,
  ): Promise<StoreValue<S, N>> {
    return this.#edit([store], undefined, tx => tx.update(store, key, change as (value: unknown) => unknown)) as Promise<StoreValue<S, N>>;
  }

  delete<N extends StoreName<S>>(store: N, key: StoreKey<S, N>): Promise<void> {
    return this.#edit([store], undefined, tx => tx.delete(store, key));
  }

  increment<N extends StoreName<S>>(
    store: N,
    key: StoreKey<S, N>,
    field: FieldOf<StoreValue<S, N>, number | bigint> | readonly string[],
    by?: number | bigint,
  ): Promise<StoreValue<S, N>> {
    return this.#edit([store], undefined, tx => tx.increment(store, key, field, by)) as Promise<StoreValue<S, N>>;
  }

  addToSet<N extends StoreName<S>, F extends FieldOf<StoreValue<S, N>, readonly unknown[] | ReadonlySet<unknown>>>(
    store: N,
    key: StoreKey<S, N>,
    field: F | readonly string[],
    ...elements: ElementOf<StoreValue<S, N>[F]>[]
  ): Promise<StoreValue<S, N>> {
    return this.#edit([store], undefined, tx => tx.addToSet(store, key, field, ...elements)) as Promise<StoreValue<S, N>>;
  }

  removeFromSet<N extends StoreName<S>, F extends FieldOf<StoreValue<S, N>, readonly unknown[] | ReadonlySet<unknown>>>(
    store: N,
    key: StoreKey<S, N>,
    field: F | readonly string[],
    ...elements: ElementOf<StoreValue<S, N>[F]>[]
  ): Promise<StoreValue<S, N>> {
    return this.#edit([store], undefined, tx => tx.removeFromSet(store, key, field, ...elements)) as Promise<StoreValue<S, N>>;
  }

  /**
   * Makes several edits as one: on the device all or none, and on the server as one atomic batch. All stores must be of one dataset. Wait inside for nothing but the
   * transaction itself, or IndexedDB ends it.
   */
  transaction<N extends StoreName<S>, T>(stores: readonly N[], edit: (tx: Edits<Pick<S, N>>) => Promise<T>): Promise<T> {
    const datasets = new Set(stores.map(store => this.#store(store).dataset));
    if (datasets.size > 1) {
      throw new SyncError(
        'invalid-transaction',
        `A transaction is of one dataset, and these stores are of ${[...datasets].join(' and ')}.`,
      );
    }
    return this.#edit(stores, this.#engine.context.newId(), tx => edit(tx as unknown as Edits<Pick<S, N>>));
  }

  /**
   * Calls back with the result of a query now and whenever it may have changed, in this tab or another, by the user or by others.
   * @returns ends it
   */
  subscribe<N extends StoreName<S>>(
    query: Query<S, N> & { store: N },
    callback: (records: StoreValue<S, N>[]) => void,
    failed: (error: unknown) => void = () => undefined,
  ): () => void {
    const { store, ...rest } = query;
    return this.live([store], () => this.getAll(store, rest as Query<S, N>), callback, failed);
  }

  /** The same for any reading: runs it now and whenever one of the stores has changed. */
  live<T>(
    stores: readonly StoreName<S>[],
    read: () => Promise<T>,
    callback: (result: T) => void,
    failed: (error: unknown) => void = () => undefined,
  ): () => void {
    const live = new LiveQuery<T>(stores, read, callback, failed);
    this.#queries.add(live as LiveQuery<unknown>);
    live.refresh();
    return () => {
      live.end();
      this.#queries.delete(live as LiveQuery<unknown>);
    };
  }

  override isPending<N extends StoreName<S>>(store: N, key: StoreKey<S, N>): Promise<boolean> {
    return super.isPending(store, key);
  }

  override async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const query of this.#queries) query.end();
    await this.#engine.stop();
    this.#db.close();
  }

  override async destroy(): Promise<void> {
    await this.close();
    await deleteDatabase(this.name);
  }

  /** Gives an event to the listeners and live queries of this tab. */
  override deliver(event: SyncEvent): void {
    for (const query of this.#queries) query.notice(event);
    super.deliver(event);
  }

  protected override engine(): SyncEngine {
    this.#open();
    return this.#engine;
  }

  protected override async opened(): Promise<SyncEngine> {
    return this.engine();
  }

  #edit<T>(stores: readonly string[], group: string | undefined, work: (tx: SyncTransaction) => Promise<T>): Promise<T> {
    return this.edit(stores, group, edits => work(new SyncTransaction(edits, name => this.#store(name))));
  }

  #store(name: string) {
    return storeOf(this.#engine.context, name);
  }

  #open(): IDBPDatabase {
    if (this.#closed) throw new SyncError('closed', 'The database is closed.');
    return this.#db;
  }
}
