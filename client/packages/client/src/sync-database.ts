import type { IDBPDatabase } from 'idb';
import { type Diagnosis, diagnose } from './diagnose.js';
import { EditTransaction } from './edits/edit-transaction.js';
import type { Environment } from './environment.js';
import { isStorageFull, SyncError } from './errors.js';
import type { EditProblem, SyncEvent, SyncEvents } from './events.js';
import { LiveQuery } from './live-query.js';
import { type AnyQuery, type Query, runQuery } from './query.js';
import { type Decision, decided, resolveOnServer } from './resolve-conflict.js';
import type { ElementOf, FieldOf, StoreKey, StoreName, StoreValue, SyncSchema } from './schema.js';
import { datasetStatus, overallStatus, type SyncStatus } from './status.js';
import type { StoreConfig, SyncContext, WriteTransaction } from './storage/context.js';
import { requireLoad, updateState } from './storage/dataset-state.js';
import { INTERNAL_STORES, OUTBOX, PROBLEMS, type ProblemRow } from './storage/layout.js';
import { write } from './storage/write.js';
import { deleteDatabase } from './storage/open-database.js';
import { editProblem } from './sync/problems.js';
import type { SyncEngine } from './sync/sync-engine.js';
import { type Edits, SyncTransaction } from './sync-transaction.js';

type Listener = (detail: never) => void;

/**
 * A database that is kept in step with the server. Reads and edits work on the device alone and never wait for the network; each edit is kept together with its
 * place in the outbox, in one IndexedDB transaction.
 */
export class SyncDatabase<S extends SyncSchema = SyncSchema> implements Edits<S> {
  /** Name of the IndexedDB database, the user's part included. */
  readonly name: string;
  readonly #db: IDBPDatabase;
  readonly #engine: SyncEngine;
  readonly #context: SyncContext;
  readonly #environment: Environment;
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #queries = new Set<LiveQuery<unknown>>();
  #closed = false;

  /** Use `openSyncDatabase`. */
  constructor(name: string, engine: SyncEngine, environment: Environment) {
    this.name = name;
    this.#engine = engine;
    this.#context = engine.context;
    this.#db = engine.context.db;
    this.#environment = environment;
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
    return this.#edit([store], undefined, async tx => {
      for (const value of values) await tx.put(store, value);
    });
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
    return this.#edit(stores, this.#context.newId(), tx => edit(tx as unknown as Edits<Pick<S, N>>));
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

  /**
   * Listens to an event.
   * @returns ends it
   */
  on<Name extends keyof SyncEvents>(name: Name, listener: (detail: SyncEvents[Name]) => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener as Listener));
    return () => listeners.delete(listener as Listener);
  }

  /** How sync stands. */
  async status(): Promise<SyncStatus> {
    this.#open();
    const datasets = await Promise.all([...this.#engine.states].map(([dataset, live]) => datasetStatus(this.#context, dataset, live)));
    return overallStatus(datasets, this.#engine.leads, await this.#storage());
  }

  /** True while a record has edits that the server has not settled. */
  async isPending<N extends StoreName<S>>(store: N, key: StoreKey<S, N>): Promise<boolean> {
    const index = this.#open().transaction([OUTBOX]).objectStore(OUTBOX).index('byRecord');
    return (await index.count([this.#store(store).name, key])) > 0;
  }

  /** The edits that the server did not take and nobody has decided about, oldest first. */
  async conflicts(): Promise<EditProblem[]> {
    const rows = (await this.#open().getAll(PROBLEMS)) as ProblemRow[];
    return rows.sort((a, b) => a.sinceMs - b.sinceMs).map(editProblem);
  }

  /** Decides about an edit that was not taken. One that the server keeps is settled there, which needs the network; any other by an edit. */
  async resolve(id: string, decision: Decision): Promise<void> {
    const row = (await this.#open().get(PROBLEMS, id)) as ProblemRow | undefined;
    if (!row) throw new SyncError('conflict-settled', 'There is no such conflict any more.');
    const store = this.#store(row.store);
    if (row.conflictId !== undefined) {
      await resolveOnServer(this.#context, row, decision);
      await this.#db.delete(PROBLEMS, id);
      return this.#engine.retry();
    }
    const held = decided(row, decision);
    await this.#edit([row.store], undefined, async (tx, raw) => {
      if (held === 'delete') await tx.delete(row.store, row.key);
      else if (held) await tx.put(row.store, held.value, store.keyPath === null ? row.key : undefined);
      await raw.objectStore(PROBLEMS).delete(id);
    });
  }

  /** Stops talking to the server, in all tabs; edits go on. */
  pause(): void {
    this.#open();
    this.#engine.pause(true);
  }

  /** Goes on. */
  resume(): void {
    this.#open();
    this.#engine.pause(false);
  }

  /**
   * Pushes and pulls until nothing is left, at once.
   * @throws SyncError `offline` or `refused` if that fails; it is tried again by itself
   */
  async syncNow(): Promise<void> {
    this.#open();
    const problem = await this.#engine.syncNow();
    if (problem)
      throw new SyncError(problem.code === 'network' || problem.code === 'offline' ? 'offline' : 'refused', problem.detail, {
        reason: problem.code,
      });
  }

  /** Loads everything again, such as after the user was given access to more. Edits in the outbox stay. */
  async reload(): Promise<void> {
    this.#open();
    for (const dataset of this.#engine.states.keys()) {
      await updateState(this.#context, dataset, state => requireLoad(this.#context, dataset, state, false));
    }
    this.#engine.retry();
  }

  /** Asks the browser to keep the data also when storage runs low; true if it will. */
  async persist(): Promise<boolean> {
    return (await this.#environment.storage?.persist?.().catch(() => false)) ?? false;
  }

  /** Everything that helps to find a fault, as JSON, without the content of records. */
  diagnose(): Promise<Diagnosis> {
    this.#open();
    return diagnose(this.name, this.#context, this.#engine);
  }

  /** Ends sync in this tab and closes the database. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const query of this.#queries) query.end();
    await this.#engine.stop();
    this.#db.close();
  }

  /** Closes the database and deletes it with all that is in it, unsent edits too. */
  async destroy(): Promise<void> {
    await this.close();
    await deleteDatabase(this.name);
  }

  /**
   * Ends a user's session: keeps the data for the next time, or wipes it.
   * @throws SyncError `unsent-edits` when wiping would lose edits and `force` is not given
   */
  async signOut(options: { wipe: boolean; force?: boolean }): Promise<void> {
    if (!options.wipe) return this.close();
    const pending = await this.#open().count(OUTBOX);
    if (pending > 0 && !options.force)
      throw new SyncError('unsent-edits', `${pending} edits have not been sent. Sync first, or wipe by force.`);
    return this.destroy();
  }

  /** Gives an event to the listeners and live queries of this tab. */
  deliver(event: SyncEvent): void {
    for (const query of this.#queries) query.notice(event);
    for (const listener of this.#listeners.get(event.name) ?? []) {
      // A listener that fails is the app's fault, and must end neither the other listeners nor sync.
      try {
        listener(event.detail as never);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  async #edit<T>(
    stores: readonly string[],
    group: string | undefined,
    work: (tx: SyncTransaction, raw: WriteTransaction) => Promise<T>,
  ): Promise<T> {
    const names = stores.map(store => this.#store(store).name);
    let edits: EditTransaction | undefined;
    try {
      return await write(this.#open(), [...names, ...INTERNAL_STORES], async raw => {
        edits = new EditTransaction(this.#context, raw, group);
        const result = await work(new SyncTransaction(edits, name => this.#store(name)), raw);
        await edits.settled();
        return result;
      });
    } catch (error) {
      throw this.#failure(error);
    } finally {
      // Also after a failure: work that waited for something else finds that IndexedDB has kept what was done up to there.
      if (edits && edits.changes.length > 0) this.#context.changed(edits.changes, 'local');
    }
  }

  #failure(error: unknown): unknown {
    if (!isStorageFull(error)) return error;
    this.#context.emit({ name: 'storage-full', detail: { writing: 'edit' } });
    return new SyncError('storage-full', 'The storage of this origin is used up: nothing was written.', { cause: error });
  }

  async #storage(): Promise<SyncStatus['storage']> {
    const { storage } = this.#environment;
    if (!storage?.estimate) return undefined;
    const [{ usage, quota }, persisted] = await Promise.all([storage.estimate(), storage.persisted?.()]);
    return { ...(usage !== undefined && { usage }), ...(quota !== undefined && { quota }), ...(persisted !== undefined && { persisted }) };
  }

  #store(name: string): StoreConfig {
    const store = this.#context.stores.get(name);
    if (!store) throw new SyncError('invalid-schema', `There is no store ${name}.`);
    return store;
  }

  #open(): IDBPDatabase {
    if (this.#closed) throw new SyncError('closed', 'The database has been closed.');
    return this.#db;
  }
}
