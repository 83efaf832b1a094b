import { type SyncContext, transactionOn } from '../storage/context.js';
import { readState } from '../storage/dataset-state.js';
import { DATASETS } from '../storage/layout.js';
import type { Problem } from '../transport/sync-transport.js';
import { type CutBatch, itemsOf } from './cut-batch.js';
import { problemEvent } from './problems.js';
import { takeOut } from './take-out.js';

/** Gives up on a batch that the server will never take, and that cannot be made smaller. It stored nothing, so the seqs are free again. */
export async function rejectBatch(context: SyncContext, dataset: string, batch: CutBatch, problem: Problem): Promise<void> {
  const tx = transactionOn(context, dataset);
  const state = await readState(tx, dataset);
  if (state.batch?.id !== batch.flight.id) return tx.done;

  const { rows, changes } = await takeOut(context, tx, await itemsOf(tx, state.batch), {
    kind: 'rejected',
    reason: problem.code,
    detail: problem.detail,
  });
  delete state.batch;
  delete state.maxChanges;
  await Promise.all([tx.objectStore(DATASETS).put(state, dataset), tx.done]);
  if (changes.length > 0) context.changed(changes, 'remote');
  for (const row of rows) context.emit(problemEvent(row));
}
