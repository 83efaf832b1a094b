import type { IDBPDatabase } from 'idb';
import { isStorageFull } from '../errors.js';
import type { RecordChange, SyncEvent } from '../events.js';
import { type SyncContext, namesOf, type WriteTransaction } from './context.js';
import { DATASETS, type DatasetState, INTERNAL_STORES } from './layout.js';

/**
 * Runs work in one transaction: all of it is kept, or, whatever fails in it, nothing. Settles when the browser has kept it. The work may wait for nothing but the
 * transaction's own requests.
 */
export async function write<T>(db: IDBPDatabase, stores: readonly string[], work: (tx: WriteTransaction) => Promise<T>): Promise<T> {
  const tx = db.transaction(stores, 'readwrite') as WriteTransaction;
  const ended = tx.done.then(
    () => undefined,
    (error: unknown) => error ?? new DOMException('The transaction has ended.', 'AbortError'),
  );
  let result: T;
  try {
    result = await work(tx);
  } catch (error) {
    try {
      tx.abort();
    } catch {
      // It has ended by itself, and that is what the work has failed of.
    }
    const why = await ended;
    throw isStorageFull(why) ? why : error;
  }
  const failed = await ended;
  if (failed) throw failed;
  return result;
}

/**
 * Does a transaction's work for each item, in the items' order. The next slice is begun when the first item of one is done, so the browser seldom waits for the page.
 * @param size items begun in one task of the app's page: so few that it does not notice
 */
export async function inSlices<T>(items: readonly T[], work: (item: T) => Promise<unknown>, size = 100): Promise<void> {
  let all: Promise<unknown> | undefined;
  for (let i = 0; i < items.length; i += size) {
    const slice = items.slice(i, i + size).map(work);
    all = Promise.all([all, ...slice]);
    // It may fail before it is waited for.
    all.catch(() => {});
    await slice[0];
  }
  await all;
}

/** What a transaction has to tell once it is kept. */
export interface Told {
  changes: RecordChange[];
  events: SyncEvent[];
}

/** Runs work on a dataset: its stores, its state, which is kept with what the work makes of it, and ours. Afterwards it tells what there is to tell. */
export async function onDataset<T>(
  context: SyncContext,
  dataset: string,
  work: (tx: WriteTransaction, state: DatasetState, told: Told) => Promise<T>,
): Promise<T> {
  const told: Told = { changes: [], events: [] };
  const stores = [...namesOf(context, dataset), ...INTERNAL_STORES];
  const result = await write(context.db, stores, async tx => {
    const datasets = tx.objectStore(DATASETS);
    const state = (await datasets.get(dataset)) as DatasetState;
    const result = await work(tx, state, told);
    await datasets.put(state, dataset);
    return result;
  });
  if (told.changes.length > 0) context.changed(told.changes, 'remote');
  for (const event of told.events) context.emit(event);
  return result;
}
