import type { SyncContext } from '../storage/context.js';
import { loadState, updateState } from '../storage/dataset-state.js';

/** A difference below this is what the network takes, and no reason to write. */
const TOLERANCE_MS = 1000;

/**
 * Corrects our clock by the server's. The answer was made somewhere between sending and now: the middle is right to half of that, so an answer that took long,
 * as those of a long poll do, tells nothing unless the clock is off by more.
 */
export async function noteServerTime(context: SyncContext, dataset: string, serverMs: number, sentMs: number): Promise<void> {
  const nowMs = context.now();
  const offsetMs = Math.round(serverMs - (sentMs + nowMs) / 2);
  const unsureMs = TOLERANCE_MS + (nowMs - sentMs) / 2;
  const known = await loadState(context, dataset);
  if (Math.abs(offsetMs - known.offsetMs) <= unsureMs) return;
  await updateState(context, dataset, state => {
    state.offsetMs = offsetMs;
  });
}
