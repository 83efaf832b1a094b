import { type SyncContext, transactionOn } from '../storage/context.js';
import { readState, requireLoad } from '../storage/dataset-state.js';
import { DATASETS } from '../storage/layout.js';
import type { Problem } from '../transport/sync-transport.js';
import { type CutBatch, itemsOf } from './cut-batch.js';
import { problemEvent } from './problems.js';
import { takeOut } from './take-out.js';
import { putBack } from './uncut-batch.js';

/**
 * Goes on under a new client id, because the server does not know this one, knows another history of it, or knows it as another user's. What was never sent is
 * sent under the new id. What was sent before without an answer may or may not be in: it is shown as a conflict, and not sent again, for a counter would count
 * it twice. A batch that this refusal was the first answer to was certainly not taken.
 */
export async function newIdentity(context: SyncContext, dataset: string, batch: CutBatch, problem: Problem): Promise<void> {
  const tx = transactionOn(context, dataset);
  const state = await readState(tx, dataset);
  if (state.batch?.id !== batch.flight.id) return tx.done;

  const items = await itemsOf(tx, state.batch);
  const unsure = state.batch.sends > 1;
  const taken = await takeOut(context, tx, unsure ? items : [], { kind: 'unconfirmed', reason: problem.code, detail: problem.detail });
  if (!unsure) for (const item of items) putBack(tx, item);

  state.clientId = context.newId();
  state.acked = 0;
  delete state.batch;
  requireLoad(context, dataset, state, true);
  await Promise.all([tx.objectStore(DATASETS).put(state, dataset), tx.done]);
  if (taken.changes.length > 0) context.changed(taken.changes, 'remote');
  for (const row of taken.rows) context.emit(problemEvent(row));
}
