import type { IDBPDatabase } from 'idb';
import type { WriteTransaction } from './context.js';

/**
 * Runs work in one transaction: all of it is kept, or, whatever fails in it, nothing. Settles when the browser has kept it. The work may wait for nothing but the
 * transaction's own requests.
 */
export async function write<T>(db: IDBPDatabase, stores: readonly string[], work: (tx: WriteTransaction) => Promise<T>): Promise<T> {
  const tx = db.transaction(stores, 'readwrite') as WriteTransaction;
  // `done` is settled when a request has failed, before it is known that the transaction ends of it, and why.
  tx.done.catch(() => {});
  const ended = new Promise<Event>(resolve => {
    tx.oncomplete = tx.onabort = resolve;
  });
  try {
    const result = await work(tx);
    if ((await ended).type === 'abort') throw new DOMException('The transaction has ended.', 'AbortError');
    return result;
  } catch (error) {
    try {
      tx.abort();
    } catch {
      // It has ended by itself.
    }
    await ended;
    // A request that ended with the others says only that; the transaction knows what of.
    throw (error instanceof DOMException && tx.error) || error;
  }
}

/** Items begun in one task of the app's page: few, for on a busy device that task is the longest of a load. */
const SLICE = 50;

/**
 * Does a transaction's work for each item, in the items' order. The next slice is begun when the first item of one is done, so the browser seldom waits for the page.
 * @param work is told the item's place in its slice: no other than the first needs to wait for what it does
 */
export async function inSlices<T>(items: readonly T[], work: (item: T, place: number) => Promise<unknown>): Promise<void> {
  let all: Promise<unknown> | undefined;
  for (let i = 0; i < items.length; i += SLICE) {
    const slice = items.slice(i, i + SLICE).map(work);
    all = Promise.all([all, ...slice]);
    // It may fail before it is waited for.
    all.catch(() => {});
    await slice[0];
  }
  await all;
}
