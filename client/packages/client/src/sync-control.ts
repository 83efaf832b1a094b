import { type Diagnosis, diagnose } from './diagnose.js';
import { EditTransaction } from './edits/edit-transaction.js';
import type { Environment } from './environment.js';
import { isStorageFull, SyncError } from './errors.js';
import type { EditProblem, SyncEvent, SyncEvents } from './events.js';
import { type Decision, decided, resolveOnServer } from './resolve-conflict.js';
import { datasetStatus, overallStatus, type SyncStatus } from './status.js';
import type { StoreConfig, SyncContext, WriteTransaction } from './storage/context.js';
import { requireLoad, updateState } from './storage/dataset-state.js';
import { INTERNAL_STORES, OUTBOX, PROBLEMS, type ProblemRow } from './storage/layout.js';
import { write } from './storage/write.js';
import { editProblem } from './sync/problems.js';
import type { SyncEngine } from './sync/sync-engine.js';

type Listener = (detail: never) => void;

/** What an app is told about sync, and what it decides, whatever the database is that it reads and writes by. */
export abstract class SyncControl {
  protected readonly environment: Environment;
  readonly #listeners = new Map<string, Set<Listener>>();

  constructor(environment: Environment) {
    this.environment = environment;
  }

  /** Name of the IndexedDB database, the user's part included. */
  abstract readonly name: string;

  /** Ends sync in this tab and closes the database. */
  abstract close(): Promise<void>;

  /** Closes the database and deletes it with all that is in it, unsent edits too. */
  abstract destroy(): Promise<void>;

  /**
   * The engine of the open database.
   * @throws SyncError `closed` where there is none
   */
  protected abstract engine(): SyncEngine;

  /** The same, once the database has been opened. */
  protected abstract opened(): Promise<SyncEngine>;

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
    const { context, states, leads } = await this.opened();
    const datasets = await Promise.all([...states].map(([dataset, live]) => datasetStatus(context, dataset, live)));
    return overallStatus(datasets, leads, await this.#storage());
  }

  /** True while a record has edits that the server has not settled. */
  async isPending(store: string, key: IDBValidKey): Promise<boolean> {
    const { context } = await this.opened();
    const index = context.db.transaction([OUTBOX]).objectStore(OUTBOX).index('[store+key]');
    return (await index.count([storeOf(context, store).name, key])) > 0;
  }

  /** The edits that the server did not take and nobody has decided about, oldest first. */
  async conflicts(): Promise<EditProblem[]> {
    const { context } = await this.opened();
    const rows = (await context.db.getAll(PROBLEMS)) as ProblemRow[];
    return rows.sort((a, b) => a.sinceMs - b.sinceMs).map(editProblem);
  }

  /** Decides about an edit that was not taken. One that the server keeps is settled there, which needs the network; any other by an edit. */
  async resolve(id: string, decision: Decision): Promise<void> {
    const engine = await this.opened();
    const { context } = engine;
    const row = (await context.db.get(PROBLEMS, id)) as ProblemRow | undefined;
    if (!row) throw new SyncError('conflict-settled', 'There is no such conflict any more.');
    const store = storeOf(context, row.store);
    if (row.conflictId !== undefined) {
      await resolveOnServer(context, row, decision);
      await context.db.delete(PROBLEMS, id);
      engine.retry();
    } else {
      const held = decided(row, decision);
      await this.edit([row.store], undefined, async (edits, tx) => {
        if (held === 'delete') await edits.delete(store, row.key);
        else if (held) await edits.put(store, held.value, store.keyPath === null ? row.key : undefined);
        await tx.objectStore(PROBLEMS).delete(id);
      });
    }
    context.emit({ name: 'resolved', detail: { id } });
  }

  /** Stops talking to the server, in all tabs; edits go on. */
  pause(): void {
    this.engine().pause(true);
  }

  /** Goes on. */
  resume(): void {
    this.engine().pause(false);
  }

  /**
   * Pushes and pulls until nothing is left, at once.
   * @throws SyncError `offline` or `refused` if that fails; it is tried again by itself
   */
  async syncNow(): Promise<void> {
    const problem = await (await this.opened()).syncNow();
    if (problem)
      throw new SyncError(problem.code === 'network' || problem.code === 'offline' ? 'offline' : 'refused', problem.detail, {
        reason: problem.code,
      });
  }

  /** Loads everything again, such as after the user was given access to more. Edits in the outbox stay. */
  async reload(): Promise<void> {
    const engine = await this.opened();
    for (const dataset of engine.states.keys()) {
      await updateState(engine.context, dataset, state => requireLoad(engine.context, dataset, state, false));
    }
    engine.retry();
  }

  /** Asks the browser to keep the data also when storage runs low; true if it will. */
  async persist(): Promise<boolean> {
    return (await this.environment.storage?.persist?.().catch(() => false)) ?? false;
  }

  /** Everything that helps to find a fault, as JSON, without the content of records. */
  async diagnose(): Promise<Diagnosis> {
    const engine = await this.opened();
    return diagnose(this.name, engine.context, engine);
  }

  /**
   * Ends a user's session: keeps the data for the next time, or wipes it.
   * @throws SyncError `unsent-edits` when wiping would lose edits and `force` is not given
   */
  async signOut(options: { wipe: boolean; force?: boolean }): Promise<void> {
    if (!options.wipe) return this.close();
    const pending = await (await this.opened()).context.db.count(OUTBOX);
    if (pending > 0 && !options.force)
      throw new SyncError('unsent-edits', `${pending} edits have not been sent. Sync first, or wipe by force.`);
    return this.destroy();
  }

  /** Gives an event to the listeners of this tab. */
  deliver(event: SyncEvent): void {
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

  /** Edits in a transaction of their own: all are kept, or none. */
  protected async edit<T>(
    stores: readonly string[],
    group: string | undefined,
    work: (edits: EditTransaction, tx: WriteTransaction) => Promise<T>,
  ): Promise<T> {
    const { context } = this.engine();
    const names = stores.map(store => storeOf(context, store).name);
    let edits: EditTransaction | undefined;
    try {
      return await write(context.db, [...names, ...INTERNAL_STORES], async tx => {
        edits = new EditTransaction(context, tx, group);
        const result = await work(edits, tx);
        await edits.settled();
        return result;
      });
    } catch (error) {
      if (!isStorageFull(error)) throw error;
      context.emit({ name: 'storage-full', detail: { writing: 'edit' } });
      throw new SyncError('storage-full', 'The storage of this origin is used up: nothing was written.', { cause: error });
    } finally {
      // Also after a failure: work that waited for something else finds that IndexedDB has kept what was done up to there.
      if (edits && edits.changes.length > 0) context.changed(edits.changes, 'local');
    }
  }

  async #storage(): Promise<SyncStatus['storage']> {
    const { storage } = this.environment;
    if (!storage?.estimate) return undefined;
    const [{ usage, quota }, persisted] = await Promise.all([storage.estimate(), storage.persisted?.()]);
    return { ...(usage !== undefined && { usage }), ...(quota !== undefined && { quota }), ...(persisted !== undefined && { persisted }) };
  }
}

/**
 * A store that is synced.
 * @throws SyncError `invalid-schema` where there is none of that name
 */
export function storeOf(context: SyncContext, name: string): StoreConfig {
  const store = context.stores.get(name);
  if (!store) throw new SyncError('invalid-schema', `There is no store ${name}.`);
  return store;
}
