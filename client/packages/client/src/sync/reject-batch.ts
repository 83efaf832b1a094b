import type { SyncContext } from '../storage/context.js';
import type { Problem } from '../transport/sync-transport.js';
import type { CutBatch } from './cut-batch.js';
import { endBatch } from './end-batch.js';
import { takeOut } from './take-out.js';

/** Gives up on a batch that the server will never take, and that cannot be made smaller. It stored nothing, so the seqs are free again. */
export function rejectBatch(context: SyncContext, dataset: string, batch: CutBatch, { code, detail }: Problem): Promise<void> {
  return endBatch(context, dataset, batch.flight.id, (tx, _, told, items) =>
    takeOut(context, tx, told, items, { kind: 'rejected', reason: code, detail }),
  );
}
