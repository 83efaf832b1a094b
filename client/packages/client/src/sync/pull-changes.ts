import { storesOf, type SyncContext } from '../storage/context.js';
import { limitsOf, loadState, requireLoad, updateState } from '../storage/dataset-state.js';
import { onDataset } from '../storage/on-dataset.js';
import type { ChangesPage, WireEntry } from '../transport/messages.js';
import { noteServerTime } from './server-time.js';
import { DONE, MORE, type Step } from './step.js';
import { type IsOld, takeEntries } from './take-entries.js';

/** Reasons of `cursor-gone` for which revs of before mean nothing afterwards. */
const OTHER_HISTORY = new Set<unknown>(['epoch', 'ahead']);

/**
 * Pulls one page and takes it in.
 * @param waitSeconds how long the server may wait for something to come
 */
export async function pullChanges(context: SyncContext, dataset: string, waitSeconds: number, signal: AbortSignal): Promise<Step> {
  const state = await loadState(context, dataset);
  const { cursor: since } = state;
  if (since === undefined) return DONE;
  const sentMs = context.now();
  const reply = await context.transport.pull(
    dataset,
    {
      since,
      limit: limitsOf(state).pageEntries,
      stores: storesOf(context, dataset).map(store => store.remote),
      schemaVersion: context.schemaVersion,
      waitSeconds,
    },
    signal,
  );
  if (!reply.ok) {
    if (reply.problem.code !== 'cursor-gone') return { kind: 'failed', problem: reply.problem };
    const otherHistory = OTHER_HISTORY.has(reply.problem.body?.reason);
    await updateState(context, dataset, state => {
      if (state.cursor === since && !state.load) requireLoad(context, dataset, state, otherHistory);
    });
    // Nothing more can be pulled before that is loaded.
    return DONE;
  }

  await noteServerTime(context, dataset, reply.value.serverTime, sentMs);
  await applyPage(context, dataset, since, reply.value);
  return reply.value.more ? MORE : DONE;
}

/**
 * Takes a page of changes in, and moves the cursor, in one transaction: no tab ever sees half of an atomic commit. A page that another tab has taken in
 * already, because the cursor is no longer the one it was asked for with, is left alone.
 */
export function applyPage(context: SyncContext, dataset: string, since: string, page: ChangesPage): Promise<void> {
  return onDataset(context, dataset, async (tx, state, told) => {
    if (state.cursor !== since) return;
    // By rev and never by author: our own edits come back as well, and are known by it.
    const isOld: IsOld = (known, rev) => rev <= (known.shadow ?? known).rev;
    await takeEntries(context, tx, told, dataset, newestOf(page.changes), isOld);
    state.cursor = page.cursor;
    if (page.epoch) state.epoch = page.epoch;
    if (!page.more) state.lastSyncMs = context.now();
  });
}

/** The last entry of each record: an entry is a whole record, so those before it change nothing. */
function newestOf(entries: readonly WireEntry[]): WireEntry[] {
  return [...new Map(entries.map(entry => [JSON.stringify([entry.store, entry.key]), entry])).values()];
}
