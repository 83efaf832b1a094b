import type { WriteTransaction } from './context.js';
import { readRecord } from './held-records.js';
import { RECORDS, type RecordState } from './layout.js';

/** Records looked at in one transaction: the app's own edits get their turn in between. */
const CHUNK = 500;

/** A record of a store, with what is kept of the server's side. */
export type Row = [key: IDBValidKey, kept: RecordState | undefined, value?: unknown];

/**
 * Goes through the records of a store in the order of their keys.
 * @param visit looks at some of them in one transaction, given the key to go on after, and tells which they were
 */
export async function inChunks(visit: (after: IDBValidKey | undefined) => Promise<Row[]>): Promise<void> {
  let rows = await visit(undefined);
  while (rows.length === CHUNK) rows = await visit(rows.at(-1)![0]);
}

/** Some of the records that the app sees. */
export async function rowsAfter(tx: WriteTransaction, store: string, after: IDBValidKey | undefined): Promise<Row[]> {
  const range = after === undefined ? undefined : IDBKeyRange.lowerBound(after, true);
  const rows = tx.objectStore(store);
  const [keys, values] = await Promise.all([rows.getAllKeys(range, CHUNK), rows.getAll(range, CHUNK)]);
  return Promise.all(keys.map(async (key, i) => [key, await readRecord(tx, store, key), values[i]] as Row));
}

/** Where the states of a store's records lie, or of those after one. */
export const statesOf = (store: string, after?: IDBValidKey): IDBKeyRange =>
  IDBKeyRange.bound(after === undefined ? [store] : [store, after], [`${store}\0`], true);

/** Some of the records of which something is kept, whether the app sees them or not; without their values. */
export async function statesAfter(tx: WriteTransaction, store: string, after: IDBValidKey | undefined): Promise<Row[]> {
  const range = statesOf(store, after);
  const records = tx.objectStore(RECORDS);
  const [keys, states] = await Promise.all([records.getAllKeys(range, CHUNK), records.getAll(range, CHUNK)]);
  return keys.map((key, i) => [(key as [string, IDBValidKey])[1], states[i]] as Row);
}
