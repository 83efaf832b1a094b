import type { SyncContext, WriteTransaction } from '../storage/context.js';
import { OUTBOX, type OutboxItem } from '../storage/layout.js';
import type { CutBatch } from './cut-batch.js';
import { endBatch } from './end-batch.js';

/**
 * Puts the edits of a batch back into the outbox, to be cut anew under another id. Their seqs are given again in the same order, so an edit that the server
 * did take is known by its seq.
 * @param maxChanges most changes that the next batch may have
 */
export function uncutBatch(context: SyncContext, dataset: string, batch: CutBatch, maxChanges?: number): Promise<void> {
  return endBatch(context, dataset, batch.flight.id, (tx, state, _, items) => {
    if (maxChanges !== undefined) state.maxChanges = maxChanges;
    return putBack(tx, items);
  });
}

/** Makes edits ones that no batch has. */
export async function putBack(tx: WriteTransaction, items: readonly OutboxItem[]): Promise<void> {
  await Promise.all(items.map(({ batchId: _, seq: __, ...item }) => tx.objectStore(OUTBOX).put(item)));
}
