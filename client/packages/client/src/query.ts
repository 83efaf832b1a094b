import type { IDBPDatabase } from 'idb';
import type { IndexName, StoreName, SyncSchema } from './schema.js';

/** What of a store is read. */
export interface Query<S extends SyncSchema, N extends StoreName<S>> {
  /** The index to go by; the store's keys if not given. */
  index?: IndexName<S, N>;
  /** A key, or a range of keys, of the index or the store; all if not given. */
  range?: IDBKeyRange | IDBValidKey;
  /** `prev`: from the end. */
  direction?: IDBCursorDirection;
  /** Records at most. */
  limit?: number;
  /** Records to leave out at the beginning. */
  offset?: number;
}

/** A query of whatever store. */
export type AnyQuery = Omit<Query<SyncSchema, string>, 'index'> & { index?: string };

/** Reads what a query names. */
export async function runQuery(
  db: IDBPDatabase,
  store: string,
  { index, range, direction = 'next', limit, offset = 0 }: AnyQuery,
): Promise<unknown[]> {
  const objects = db.transaction([store]).objectStore(store);
  const source = index === undefined ? objects : objects.index(index);
  if (direction === 'next' && offset === 0) return source.getAll(range ?? null, limit);

  const records: unknown[] = [];
  let cursor = await source.openCursor(range ?? null, direction);
  if (cursor && offset > 0) cursor = await cursor.advance(offset);
  while (cursor && records.length < (limit ?? Number.POSITIVE_INFINITY)) {
    records.push(cursor.value);
    cursor = await cursor.continue();
  }
  return records;
}
