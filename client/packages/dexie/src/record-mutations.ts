import { DATASETS, type RecordChange } from '@myriadsync/client/addon';
import { EditTransaction, INTERNAL_STORES, type StoreConfig, type SyncContext, type WriteTransaction } from '@myriadsync/client/engine';
import {
  type DBCore,
  type DBCoreDeleteRangeRequest,
  type DBCoreMutateRequest,
  type DBCoreMutateResponse,
  type DBCoreTable,
  Dexie,
  type Middleware,
} from 'dexie';
import { wrap } from 'idb';
import { carryOut, type DexieEdits } from './carry-out.js';
import { markUpgraded } from './upgrades.js';

/** Under the middlewares of Dexie that watch what is written, which are at -1 and above: this one does the writing. */
const LEVEL = -2;
/** Kind of a range that holds no key. */
const NEVER = 4;

/** What the middleware works for. */
export interface MutationHost {
  readonly context: Omit<SyncContext, 'db' | 'changed' | 'emit'>;
  /**
   * A transaction was kept.
   * @param merged the changes whose records may differ from what Dexie believes to have written
   */
  committed(changes: RecordChange[], merged: RecordChange[]): void;
}

/**
 * Has every write to a synced table, however Dexie came to it, made as an edit: record and outbox in the transaction that Dexie writes in, the app's own ones
 * included. What Dexie's hooks have made of a row is what is kept.
 */
export function recordMutations(host: MutationHost): Middleware<DBCore> {
  const { stores } = host.context;
  const open = new WeakMap<IDBTransaction, DexieEdits>();

  const editsOf = (tx: IDBTransaction): DexieEdits => {
    const known = open.get(tx);
    if (known) return known;
    const wrapped = wrap(tx) as unknown as WriteTransaction;
    // Dexie watches the transaction and tells the app.
    wrapped.done.catch(() => undefined);
    const edits: DexieEdits = { edits: new EditTransaction(host.context as SyncContext, wrapped), merged: [] };
    tx.addEventListener('complete', () => {
      if (edits.edits.changes.length > 0) host.committed(edits.edits.changes, edits.merged);
    });
    open.set(tx, edits);
    return edits;
  };

  const mutate = (table: DBCoreTable, store: StoreConfig, request: DBCoreMutateRequest): PromiseLike<DBCoreMutateResponse> => {
    const tx = request.trans as IDBTransaction;
    if (tx.mode === 'versionchange') {
      markUpgraded(tx, store);
      return table.mutate(request);
    }
    return outsideOfZones(async () => {
      // Written before sync has ever prepared the database: it goes up with the rows that were there before.
      if (!(await hasState(tx, store))) return table.mutate(request);
      return carryOut(editsOf(tx), store, request.type === 'deleteRange' ? await deletionOf(table, request) : request);
    });
  };

  return {
    stack: 'dbcore',
    name: 'myriadsync',
    level: LEVEL,
    create: core => ({
      ...core,
      transaction: (names, mode, options) => {
        const edits = mode === 'readwrite' && [names].flat().some(name => stores.has(name));
        return core.transaction(edits ? [...new Set([...[names].flat(), ...INTERNAL_STORES])] : names, mode, options);
      },
      table: name => {
        const table = core.table(name);
        const store = stores.get(name);
        return store ? { ...table, mutate: request => mutate(table, store, request) as Promise<DBCoreMutateResponse> } : table;
      },
    }),
  };
}

/** Runs work in none of Dexie's zones, and comes back into that of the caller. */
function outsideOfZones<T>(work: () => Promise<T>): PromiseLike<T> {
  return new Dexie.Promise<T>((resolve, reject) => {
    Dexie.ignoreTransaction(() => void work().then(resolve, reject));
  });
}

const prepared = new WeakSet<IDBTransaction>();

async function hasState(tx: IDBTransaction, store: StoreConfig): Promise<boolean> {
  if (prepared.has(tx)) return true;
  const there = (await wrap(tx).objectStore(DATASETS).getKey(store.dataset)) !== undefined;
  if (there) prepared.add(tx);
  return there;
}

/** The keys of a range: a record is deleted by its own edit. */
async function deletionOf(table: DBCoreTable, { trans, range }: DBCoreDeleteRangeRequest): Promise<DBCoreMutateRequest> {
  const index = table.schema.primaryKey;
  const query = { trans, values: false, query: { index, range }, limit: Number.POSITIVE_INFINITY };
  const keys = (range.type as number) === NEVER ? [] : (await table.query(query)).result;
  return { type: 'delete', trans, keys };
}
