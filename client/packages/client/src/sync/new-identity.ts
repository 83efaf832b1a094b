import type { SyncContext } from '../storage/context.js';
import { requireLoad } from '../storage/dataset-state.js';
import type { Problem } from '../transport/sync-transport.js';
import type { CutBatch } from './cut-batch.js';
import { endBatch } from './end-batch.js';
import { takeOut } from './take-out.js';

/**
 * Goes on under a new client id, because the server does not know this one, knows another history of it, or knows it as another user's. What was never sent is
 * sent under the new id. What was sent before without an answer may or may not be in: it is shown as a conflict, and not sent again, for a counter would count
 * it twice. A batch that this refusal was the first answer to was certainly not taken.
 */
export function newIdentity(context: SyncContext, dataset: string, batch: CutBatch, { code, detail }: Problem): Promise<void> {
  return endBatch(context, dataset, batch.flight.id, async (tx, state, told, items, { sends }) => {
    if (sends > 1) await takeOut(context, tx, told, items, { kind: 'unconfirmed', reason: code, detail });
    // Copies that hold the same edit come to the same id again: whichever of them sends it, it is known by its seq there.
    const shared = state.clientId.slice(0, 16) + items[0]!.reading;
    state.clientId = code === 'client-forked' && shared !== state.clientId ? shared : context.newId();
    state.acked = 0;
    requireLoad(context, dataset, state, true);
  });
}
