import type { RecordChange } from '../events.js';
import { type SyncContext, transactionOn, type WriteTransaction } from '../storage/context.js';
import { loadState, readState } from '../storage/dataset-state.js';
import { readRecord, rebaseRecord } from '../storage/held-records.js';
import { DATASETS, type DatasetState, OUTBOX, type OutboxItem, RECORDS, type RecordState } from '../storage/layout.js';
import { byRecord } from './settle-batch.js';

/** Records looked at in one transaction: the app's own edits get their turn in between. */
const CHUNK = 1000;

/**
 * Ends a load: what it did not show and nobody edits here goes, and the dataset is pulled from where the load began. Where the server's history is another one,
 * the edits in the outbox are made to build on what was loaded.
 */
export async function sweepUnseen(context: SyncContext, dataset: string, generation: number): Promise<void> {
  const { load } = await loadState(context, dataset);
  for (const store of load?.stores ?? []) {
    let from: IDBValidKey | undefined = [store];
    while (from) from = await sweepChunk(context, dataset, generation, store, from);
  }

  const tx = transactionOn(context, dataset);
  const state = await readState(tx, dataset);
  if (!state.load || state.generation !== generation) return tx.done;
  const changes = state.load.reset ? await rebaseAll(context, tx, dataset, generation) : [];
  finish(state);
  await Promise.all([tx.objectStore(DATASETS).put(state, dataset), tx.done]);
  if (changes.length > 0) context.changed(changes, 'remote');
  context.emit({ name: 'progress', detail: { dataset, loaded: load?.shown ?? 0, done: true } });
}

function finish(state: DatasetState): void {
  const load = state.load!;
  // A load of some stores leaves the others where they were. The pull goes back to where it stood when the load began: a page may be older than what was
  // pulled since, and what comes a second time is known by its rev.
  const cursor = load.full ? load.cursor : load.since;
  if (cursor !== undefined) state.cursor = cursor;
  if (load.full && load.epoch !== undefined) state.epoch = load.epoch;
  state.loaded = [...new Set([...state.loaded, ...load.stores])];
  delete state.load;
}

/** @returns where to go on; undefined at the end of the store */
async function sweepChunk(
  context: SyncContext,
  dataset: string,
  generation: number,
  name: string,
  from: IDBValidKey,
): Promise<IDBValidKey | undefined> {
  const tx = transactionOn(context, dataset);
  const range = IDBKeyRange.bound(from, [`${name}\0`], true, true);
  const [keys, states] = (await Promise.all([
    tx.objectStore(RECORDS).getAllKeys(range, CHUNK),
    tx.objectStore(RECORDS).getAll(range, CHUNK),
  ])) as unknown as [[string, IDBValidKey][], RecordState[]];
  const changes: RecordChange[] = [];
  keys.forEach(([store, key], i) => {
    const { seen, pending, deleted } = states[i]!;
    if (seen === generation || pending) return;
    tx.objectStore(RECORDS).delete([store, key]);
    tx.objectStore(store).delete(key);
    if (!deleted) changes.push({ store, key, deleted: true });
  });
  await tx.done;
  if (changes.length > 0) context.changed(changes, 'remote');
  return keys.length < CHUNK ? undefined : keys.at(-1);
}

/** Has every edit in the outbox build on the record that was loaded: bases of the other history mean nothing in this one. */
async function rebaseAll(context: SyncContext, tx: WriteTransaction, dataset: string, generation: number): Promise<RecordChange[]> {
  const changes: RecordChange[] = [];
  for (const items of byRecord((await tx.objectStore(OUTBOX).index('byDataset').getAll(dataset)) as OutboxItem[])) {
    const { store: name, key } = items[0]!;
    const store = context.stores.get(name);
    const known = await readRecord(tx, name, key);
    if (!store || !known) continue;
    const there = known.seen === generation;
    const { rev, held: view } = there ? (known.shadow ?? { rev: known.rev, held: known.view }) : { rev: 0, held: undefined };
    // Edits of a record that is not there keep their base: the server takes them for edits against a deletion, not for a record of bits and pieces.
    if (there) for (const item of items) tx.objectStore(OUTBOX).put({ ...item, base: rev });
    if (await rebaseRecord(tx, store, key, { rev, view, seen: known.seen }, items)) changes.push({ store: name, key });
  }
  return changes;
}
