import type { SyncContext } from '../storage/context.js';
import { onDataset } from '../storage/write.js';
import type { Problem } from '../transport/sync-transport.js';
import { type CutBatch, itemsOf } from './cut-batch.js';
import { takeOut } from './take-out.js';

/** Gives up on a batch that the server will never take, and that cannot be made smaller. It stored nothing, so the seqs are free again. */
export function rejectBatch(context: SyncContext, dataset: string, batch: CutBatch, { code, detail }: Problem): Promise<void> {
  return onDataset(context, dataset, async (tx, state, told) => {
    if (state.batch?.id !== batch.flight.id) return;
    await takeOut(context, tx, told, await itemsOf(tx, state.batch), { kind: 'rejected', reason: code, detail });
    delete state.batch;
    delete state.maxChanges;
  });
}
