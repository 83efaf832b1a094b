import { namesOf, type SyncContext } from '../storage/context.js';
import { loadState, requireLoad, updateState } from '../storage/dataset-state.js';
import { type DatasetState, OUTBOX } from '../storage/layout.js';
import { onDataset } from '../storage/on-dataset.js';
import type { SnapshotPage } from '../transport/messages.js';
import type { Reply } from '../transport/sync-transport.js';
import { DONE, MORE, type Step } from './step.js';
import { sweepUnseen } from './sweep-unseen.js';
import { type IsOld, takeEntries } from './take-entries.js';

/** Records asked for at once. */
const PAGE_RECORDS = 1000;

/** The state of a dataset that has something to load; else undefined. Makes a load of stores that were added since the last one. */
export async function needsLoad(context: SyncContext, dataset: string): Promise<DatasetState | undefined> {
  const state = await loadState(context, dataset);
  if (state.load) return state;
  const names = namesOf(context, dataset);
  const missing = names.filter(name => !state.loaded.includes(name));
  if (state.cursor !== undefined && missing.length === 0) return undefined;
  // With a cursor, only the new stores are loaded, and the pulls go on from where they were: what they bring again is known by its rev.
  await updateState(context, dataset, fresh => {
    if (!fresh.load) requireLoad(context, dataset, fresh, false, fresh.cursor === undefined ? undefined : missing);
  });
  return needsLoad(context, dataset);
}

/**
 * Loads what there is to load, page by page. Each page and the place to go on are kept in one transaction, so a load that is interrupted goes on where it was.
 * The next page is under way while one is written.
 */
export async function loadSnapshot(context: SyncContext, dataset: string, signal: AbortSignal): Promise<Step> {
  const state = await needsLoad(context, dataset);
  if (!state) return DONE;
  let asked: string | null | undefined = state.load!.page;
  let page = asked === null ? undefined : askFor(context, dataset, state, asked, signal);
  while (page) {
    const reply = await page;
    if (!reply.ok) return failed(context, dataset, reply.problem, state.generation);
    const next = reply.value.nextPage;
    page = next ? askFor(context, dataset, state, next, signal) : undefined;
    if (!(await applySnapshotPage(context, dataset, state.generation, asked, reply.value))) return MORE;
    asked = next;
  }
  await sweepUnseen(context, dataset, state.generation);
  return DONE;
}

function askFor(
  context: SyncContext,
  dataset: string,
  state: DatasetState,
  page: string | undefined,
  signal: AbortSignal,
): Promise<Reply<SnapshotPage>> {
  const stores = state.load!.stores.flatMap(name => context.stores.get(name)?.remote ?? []);
  return context.transport.snapshot(dataset, { page, limit: PAGE_RECORDS, stores, schemaVersion: context.schemaVersion }, signal);
}

async function failed(
  context: SyncContext,
  dataset: string,
  problem: (Reply<never> & { ok: false })['problem'],
  generation: number,
): Promise<Step> {
  // A page token that no longer holds: the load begins again.
  if (problem.code === 'cursor-gone' || problem.code === 'invalid-parameter') {
    await updateState(context, dataset, state => {
      if (state.generation === generation && state.load?.page)
        requireLoad(context, dataset, state, state.load.reset, state.load.full ? undefined : state.load.stores);
    });
  }
  return { kind: 'failed', problem };
}

/** @returns false when the load is no longer the one that the page is of, or another tab has taken the page in: of another time, perhaps */
function applySnapshotPage(
  context: SyncContext,
  dataset: string,
  generation: number,
  asked: string | null | undefined,
  page: SnapshotPage,
): Promise<boolean> {
  return onDataset(context, dataset, async (tx, state, told) => {
    const { load } = state;
    if (!load || load.page !== asked || state.generation !== generation) return false;
    const { records, cursor, head, epoch, nextPage = null } = page;
    let first: DatasetState['first'];
    if (generation === 1) {
      state.first ??= new Map();
      if (!load.page) for (const name of load.stores) if (!(await tx.objectStore(name).count())) state.first.set(name, head);
      // As long as nothing was edited here, no record can be known.
      if (!state.settled && !(await tx.objectStore(OUTBOX).index('dataset').count(dataset))) first = state.first;
    }
    // What was settled, or shown, while this load ran is newer than the page, unless its rev says otherwise. Anything older is of no interest.
    const isOld: IsOld = (known, rev) => known.seen === generation && rev <= known.rev;
    await takeEntries(context, tx, told, dataset, records, isOld, { generation, first });
    load.shown += records.length;
    Object.assign(load, { cursor, head, epoch, page: nextPage });
    told.events.push({ name: 'progress', detail: { dataset, loaded: load.shown, done: false } });
    return true;
  });
}
