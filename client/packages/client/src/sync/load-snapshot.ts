import type { RecordChange } from '../events.js';
import { decodeKey } from '../keys/encode-key.js';
import { type StoreConfig, type SyncContext, storeByRemote, storesOf, transactionOn, type WriteTransaction } from '../storage/context.js';
import { loadState, readState, requireLoad, updateState } from '../storage/dataset-state.js';
import { heldFrom, readRecord, storable } from '../storage/held-records.js';
import { DATASETS, type DatasetState, RECORDS, type RecordState } from '../storage/layout.js';
import type { SnapshotPage, WireEntry } from '../transport/messages.js';
import type { Reply } from '../transport/sync-transport.js';
import { DONE, MORE, type Step } from './step.js';
import { sweepUnseen } from './sweep-unseen.js';

/** Records asked for at once: as many as can be written without the page noticing. */
const PAGE_RECORDS = 500;

/** True when a dataset has something to load. Makes a load of stores that were added since the last one. */
export async function needsLoad(context: SyncContext, dataset: string): Promise<boolean> {
  const state = await loadState(context, dataset);
  if (state.load) return true;
  const names = storesOf(context, dataset).map(store => store.name);
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
    page = next === undefined ? undefined : askFor(context, dataset, state, next, signal);
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
  const stores = state.load!.stores.map(name => context.stores.get(name)?.remote).filter(name => name !== undefined);
  return context.transport.snapshot(
    dataset,
    { ...(page !== undefined && { page }), limit: PAGE_RECORDS, stores, schemaVersion: context.schemaVersion },
    signal,
  );
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
      if (state.generation === generation && state.load?.page !== undefined)
        requireLoad(context, dataset, state, state.load.reset, state.load.full ? undefined : state.load.stores);
    });
  }
  return { kind: 'failed', problem };
}

/** @returns false when the load is no longer the one that the page is of */
async function applySnapshotPage(context: SyncContext, dataset: string, generation: number, page: SnapshotPage): Promise<boolean> {
  const tx = transactionOn(context, dataset);
  const state = await readState(tx, dataset);
  const { load } = state;
  if (!load || state.generation !== generation) {
    await tx.done;
    return false;
  }

  const changes = await Promise.all(page.records.map(entry => applyRecord(context, tx, dataset, state, entry)));
  load.shown += page.records.length;
  load.cursor = page.cursor;
  if (page.epoch) load.epoch = page.epoch;
  if (page.nextPage === undefined) load.sweeping = true;
  else load.page = page.nextPage;
  await Promise.all([tx.objectStore(DATASETS).put(state, dataset), tx.done]);
  const seen = changes.filter(change => change !== undefined);
  if (seen.length > 0) context.changed(seen, 'remote');
  context.emit({ name: 'progress', detail: { dataset, loaded: load.shown, done: false } });
  return true;
}

async function applyRecord(
  context: SyncContext,
  tx: WriteTransaction,
  dataset: string,
  { generation }: DatasetState,
  entry: WireEntry,
): Promise<RecordChange | undefined> {
  const store = storeByRemote(context, dataset, entry.store);
  if (!store) return undefined;
  const key = decodeKey(entry.key);
  const known = await readRecord(tx, store.name, key);
  // What was settled, or shown, while this load ran is newer than the page, unless its rev says otherwise. Anything older is of no interest.
  if (known?.seen === generation && entry.rev <= known.rev) return undefined;

  const held = heldFrom(entry);
  if (known?.pending) {
    put(tx, store, key, { ...known, seen: generation, shadow: { rev: entry.rev, ...(held && { held }) } });
    return undefined;
  }
  put(tx, store, key, { rev: entry.rev, seen: generation });
  const shown = held && storable(store, key, held);
  if (!shown) return undefined;
  tx.objectStore(store.name).put(shown.value, store.keyPath === null ? key : undefined);
  return known?.rev === entry.rev ? undefined : { store: store.name, key };
}

const put = (tx: WriteTransaction, store: StoreConfig, key: IDBValidKey, state: RecordState) =>
  tx.objectStore(RECORDS).put(state, [store.name, key]);
