import type { SyncContext } from '../storage/context.js';
import type { CutBatch } from './cut-batch.js';
import { endBatch } from './end-batch.js';

/**
 * Has the edits of a batch, which are still in the outbox, cut anew under another id. Their seqs are given again in the same order, so an edit that the server
 * did take is known by its seq.
 * @param maxChanges most changes that the next batch may have
 */
export function uncutBatch(context: SyncContext, dataset: string, batch: CutBatch, maxChanges?: number): Promise<void> {
  return endBatch(context, dataset, batch.flight.id, async (_, state) => {
    state.maxChanges = maxChanges;
  });
}
