import { decodeKey } from '../keys/encode-key.js';
import { type SyncContext, storeByRemote, namesOf, type WriteTransaction } from '../storage/context.js';
import { loadState, requireLoad, updateState } from '../storage/dataset-state.js';
import { heldFrom, putRow, readRecord, show, storable } from '../storage/held-records.js';
import { type DatasetState, OUTBOX, RECORDS, type RecordState } from '../storage/layout.js';
import { onDataset, type Told } from '../storage/on-dataset.js';
import { inSlices } from '../storage/write.js';
import type { SnapshotPage, WireEntry } from '../transport/messages.js';
import type { Reply } from '../transport/sync-transport.js';
import { DONE, MORE, type Step } from './step.js';
import { sweepUnseen } from './sweep-unseen.js';

/** Records asked for at once. */
const PAGE_RECORDS = 1000;

/** Records begun at once: each is two rows, one of them the app's. */
const SLICE = 50;

/** True when a dataset has something to load. Makes a load of stores that were added since the last one. */
export async function needsLoad(context: SyncContext, dataset: string): Promise<boolean> {
  const state = await loadState(context, dataset);
  if (state.load) return true;
  const names = namesOf(context, dataset);
  const missing = names.filter(name => !state.loaded.includes(name));
  if (state.cursor !== undefined && missing.length === 0) return false;
  // With a cursor, only the new stores are loaded, and the pulls go on from where they were: what they bring again is known by its rev.
  await updateState(context, dataset, fresh => {
    if (!fresh.load) requireLoad(context, dataset, fresh, false, fresh.cursor === undefined ? undefined : missing);
  });
  return true;
}

/**
 * Loads what there is to load, page by page. Each page and the place to go on are kept in one transaction, so a load that is interrupted goes on where it was.
 * The next page is under way while one is written.
 */
export async function loadSnapshot(context: SyncContext, dataset: string, signal: AbortSignal): Promise<Step> {
  if (!(await needsLoad(context, dataset))) return DONE;
  const state = await loadState(context, dataset);
  let page = state.load?.sweeping ? undefined : askFor(context, dataset, state, state.load?.page, signal);
  while (page) {
    const reply = await page;
    if (!reply.ok) return failed(context, dataset, reply.problem, state.generation);
    const next = reply.value.nextPage;
    page = next ? askFor(context, dataset, state, next, signal) : undefined;
    if (!(await applySnapshotPage(context, dataset, state.generation, reply.value))) return MORE;
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

/** @returns false when the load is no longer the one that the page is of */
function applySnapshotPage(context: SyncContext, dataset: string, generation: number, page: SnapshotPage): Promise<boolean> {
  return onDataset(context, dataset, async (tx, state, told) => {
    const { load } = state;
    if (!load || state.generation !== generation) return false;
    // Nothing was ever loaded or edited here: no record is known, and none is read.
    const isNew = generation === 1 && !state.acked && !(await tx.objectStore(OUTBOX).index('dataset').count(dataset));
    load.shown += page.records.length;
    await inSlices(page.records, entry => applyRecord(context, tx, told, dataset, generation, entry, isNew), SLICE);
    const { cursor, head, epoch } = page;
    Object.assign(load, { cursor, head, epoch: epoch ?? undefined });
    if (page.nextPage) load.page = page.nextPage;
    else load.sweeping = true;
    told.events.push({ name: 'progress', detail: { dataset, loaded: load.shown, done: false } });
    return true;
  });
}

async function applyRecord(
  context: SyncContext,
  tx: WriteTransaction,
  told: Told,
  dataset: string,
  generation: number,
  entry: WireEntry,
  isNew: boolean,
): Promise<void> {
  const store = storeByRemote(context, dataset, entry.store);
  if (!store) return;
  const key = decodeKey(entry.key);
  const known = isNew ? undefined : await readRecord(tx, store.name, key);
  // What was settled, or shown, while this load ran is newer than the page, unless its rev says otherwise. Anything older is of no interest.
  if (known?.seen === generation && entry.rev <= known.rev) return;

  const held = heldFrom(entry);
  const record: RecordState = known?.pending ? { ...known, shadow: { rev: entry.rev, held } } : { rev: entry.rev };
  // Nobody waits for this one: what fails in it ends the transaction.
  context.unwrap(tx.objectStore(RECORDS)).put({ ...record, seen: generation }, [store.name, key]);
  if (known?.pending) return;
  if (!isNew) return show(tx, told, store, key, held);
  const shown = held && storable(store, key, held);
  if (!shown) return;
  told.changes.push({ store: store.name, key });
  await putRow(tx, store, key, shown);
}
