import type { SyncContext } from '../storage/context.js';
import { requireLoad, updateState } from '../storage/dataset-state.js';
import type { BatchAnswer } from '../transport/messages.js';
import type { Problem, Reply } from '../transport/sync-transport.js';
import { type CutBatch, cutBatch } from './cut-batch.js';
import { newIdentity } from './new-identity.js';
import { rejectBatch } from './reject-batch.js';
import { noteServerTime } from './server-time.js';
import { settleBatch } from './settle-batch.js';
import { DONE, MORE, type Step } from './step.js';
import { uncutBatch } from './uncut-batch.js';

/** How long to leave an accepted batch alone where the server does not say. */
const ACCEPTED_RETRY_MS = 2000;

/**
 * Sends the next batch, or asks how the one stands that was accepted. One at a time, in order: the next is cut when this one is settled. Whatever the answer,
 * no edit leaves the outbox but by an outcome of its own.
 */
export async function pushBatch(context: SyncContext, dataset: string, signal: AbortSignal): Promise<Step> {
  const batch = await cutBatch(context, dataset);
  if (!batch) return DONE;

  const sentMs = context.now();
  const reply = batch.flight.accepted
    ? await context.transport.batchStatus(dataset, batch.wire.clientId, batch.flight.id, signal)
    : await context.transport.push(dataset, batch.wire, signal);
  return reply.ok ? take(context, dataset, batch, reply, sentMs) : mend(context, dataset, batch, reply.problem);
}

async function take(
  context: SyncContext,
  dataset: string,
  batch: CutBatch,
  reply: Reply<BatchAnswer> & { ok: true },
  sentMs: number,
): Promise<Step> {
  const answer = reply.value;
  await noteServerTime(context, dataset, answer.serverTime, sentMs);
  if (answer.status !== 'accepted') {
    await settleBatch(context, dataset, answer);
    return MORE;
  }
  if (!batch.flight.accepted) await updateFlight(context, dataset, batch, true);
  return { kind: 'waiting', retryAfterMs: reply.retryAfterMs ?? ACCEPTED_RETRY_MS };
}

/** Mends what a refusal of the batch as a whole says is wrong. Nothing of such a batch was stored. */
async function mend(context: SyncContext, dataset: string, batch: CutBatch, problem: Problem): Promise<Step> {
  switch (problem.code) {
    case 'not-found':
      // A batch that is not known was never taken in: it is sent again.
      if (!batch.flight.accepted) break;
      await updateFlight(context, dataset, batch, false);
      return MORE;
    case 'sequence-gap':
    case 'client-unknown':
    case 'client-of-another':
      await newIdentity(context, dataset, batch, problem);
      return MORE;
    case 'epoch-changed':
      await updateState(context, dataset, state => {
        if (!state.load?.reset) requireLoad(context, dataset, state, true);
      });
      return MORE;
    case 'batch-id-reused':
      await uncutBatch(context, dataset, batch);
      return MORE;
    case 'client-forked':
    case 'too-large':
    case 'invalid-request':
      // One edit must not hold up the others, nor be sent under a new id with those that a copy of this client has sent before: halves are sent until it is alone.
      if (batch.items.length > 1 && !batch.flight.atomic) await uncutBatch(context, dataset, batch, Math.ceil(batch.items.length / 2));
      else await (problem.code === 'client-forked' ? newIdentity : rejectBatch)(context, dataset, batch, problem);
      return MORE;
  }
  return { kind: 'failed', problem };
}

const updateFlight = (context: SyncContext, dataset: string, batch: CutBatch, accepted: boolean) =>
  updateState(context, dataset, state => {
    if (state.batch?.id === batch.flight.id) state.batch.accepted = accepted;
  });
