import { AHEAD, type RecordChange, SyncError } from '@myriadsync/client/addon';
import type { EditTransaction, StoreConfig } from '@myriadsync/client/engine';
import {
  type DBCoreAddRequest,
  type DBCoreDeleteRequest,
  type DBCoreMutateRequest,
  type DBCoreMutateResponse,
  type DBCorePutRequest,
  Dexie,
} from 'dexie';
import { type Additions, additionsOf } from './additions.js';

/** The edits of one of Dexie's transactions. */
export interface DexieEdits {
  edits: EditTransaction;
  /** The changes whose records may differ from what Dexie believes to have written. */
  merged: RecordChange[];
}

/** Carries a request of Dexie out as edits. As in IndexedDB, one that is refused does not keep the others from being made. */
export async function carryOut(open: DexieEdits, store: StoreConfig, request: DBCoreMutateRequest): Promise<DBCoreMutateResponse> {
  if (request.type === 'deleteRange') throw new Error('A range is deleted by its keys.');
  const steps = request.type === 'delete' ? deletions(open, store, request) : writes(open, store, request);
  const failures: { [index: number]: Error } = {};
  const results: unknown[] = [];
  for (const [i, step] of steps.entries()) {
    if (i % AHEAD === 0 && steps.length > 1) await open.edits.look(store, keysOf(store, request, i));
    try {
      results[i] = await step();
    } catch (error) {
      if (!isRefusal(error)) throw error;
      failures[i] = error;
    }
  }
  await open.edits.settled();
  return {
    numFailures: Object.keys(failures).length,
    failures,
    results,
    lastResult: request.type === 'delete' ? undefined : results.at(-1),
  };
}

type Step = () => Promise<unknown>;

/** The keys of some of a request's records, from one of them on; what has none is told when it is written. */
function keysOf(store: StoreConfig, request: Exclude<DBCoreMutateRequest, { type: 'deleteRange' }>, from: number): IDBValidKey[] {
  const { keyPath } = store;
  if (request.type === 'delete' || keyPath === null) return (request.keys ?? []).slice(from, from + AHEAD) as IDBValidKey[];
  return request.values.slice(from, from + AHEAD).map(value => Dexie.getByKeyPath(value as object, keyPath) as IDBValidKey);
}

const deletions = ({ edits }: DexieEdits, store: StoreConfig, { keys }: DBCoreDeleteRequest): Step[] =>
  keys.map((key: IDBValidKey) => async () => {
    await edits.delete(store, key);
    return key;
  });

function writes(open: DexieEdits, store: StoreConfig, request: DBCoreAddRequest | DBCorePutRequest): Step[] {
  const { values } = request;
  const keys = store.keyPath === null ? request.keys : undefined;
  const additions = request.type === 'put' ? additionsOf(request, store) : [];
  const admit = request.type === 'add' ? mustBeNew : undefined;
  return values.map((value, i) => async () => {
    const key = keys?.[i] as IDBValidKey | undefined;
    return (await addUp(open, store, value, additions[i])) ?? (await open.edits.put(store, value, key, admit));
  });
}

/**
 * An update that says what is added to a number or a set, and not what comes out: it adds up with what others do at the same time.
 * @returns the record's key; undefined where the update has to be written as a whole
 */
async function addUp({ edits, merged }: DexieEdits, store: StoreConfig, value: object, additions: Additions | undefined): Promise<unknown> {
  if (!additions) return undefined;
  const { key, verbs, paths } = additions;
  try {
    const now = (await edits.patch(store, key, verbs)) as object;
    const rest = Dexie.deepClone(value) as object;
    for (const path of paths) Dexie.setByKeyPath(rest, path, Dexie.getByKeyPath(now, path));
    await edits.change(store, key, () => rest);
    merged.push({ store: store.name, key });
    return key;
  } catch (error) {
    // No such record, or what is there is neither number nor set: Dexie has its own idea of what that makes.
    if (error instanceof SyncError && (error.code === 'not-found' || error.code === 'invalid-value')) return undefined;
    throw error;
  }
}

function mustBeNew(held: object | undefined): void {
  if (held) throw new Dexie.ConstraintError('Key already exists in the object store.');
}

const isRefusal = (error: unknown): error is Error => error instanceof SyncError || error instanceof Dexie.ConstraintError;
