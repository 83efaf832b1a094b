import type { SyncContext, WriteTransaction } from '../storage/context.js';
import { readState } from '../storage/dataset-state.js';
import { DATASETS, OUTBOX, type OutboxItem } from '../storage/layout.js';
import { type CutBatch, itemsOf } from './cut-batch.js';

/**
 * Puts the edits of a batch back into the outbox, to be cut anew under another id. Their seqs are given again in the same order, so an edit that the server
 * did take is known by its seq.
 * @param maxChanges most changes that the next batch may have
 */
export async function uncutBatch(context: SyncContext, dataset: string, batch: CutBatch, maxChanges?: number): Promise<void> {
  const tx = context.db.transaction([OUTBOX, DATASETS], 'readwrite') as WriteTransaction;
  const state = await readState(tx, dataset);
  if (state.batch?.id === batch.flight.id) {
    for (const item of await itemsOf(tx, state.batch)) putBack(tx, item);
    delete state.batch;
    if (maxChanges !== undefined) state.maxChanges = maxChanges;
    tx.objectStore(DATASETS).put(state, dataset);
  }
  await tx.done;
}

/** Makes an edit one that no batch has. */
export function putBack(tx: WriteTransaction, { batchId: _, seq: __, ...item }: OutboxItem): void {
  tx.objectStore(OUTBOX).put(item);
}
