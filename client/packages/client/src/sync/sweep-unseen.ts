import type { SyncContext, WriteTransaction } from '../storage/context.js';
import { loadState } from '../storage/dataset-state.js';
import { readRecord, rebaseRecord } from '../storage/held-records.js';
import { type DatasetState, OUTBOX, type OutboxItem, RECORDS, type RecordState } from '../storage/layout.js';
import { onDataset, type Told } from '../storage/on-dataset.js';
import { byRecord } from './by-record.js';

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

  await onDataset(context, dataset, async (tx, state, told) => {
    if (!state.load || state.generation !== generation) return;
    if (state.load.reset) await rebaseAll(context, tx, told, dataset, generation);
    finish(state);
    told.events.push({ name: 'progress', detail: { dataset, loaded: load?.shown ?? 0, done: true } });
  });
}

function finish(state: DatasetState): void {
  const { full, stores, since, cursor, epoch } = state.load!;
  // A load of some stores leaves the others where they were. The pull goes back to where it stood when the load began: a page may be older than what was
  // pulled since, and what comes a second time is known by its rev.
  Object.assign(state, full ? { cursor, epoch } : { cursor: since });
  state.loaded = [...new Set([...state.loaded, ...stores])];
  delete state.load;
}

/** @returns where to go on; undefined at the end of the store */
function sweepChunk(
  context: SyncContext,
  dataset: string,
  generation: number,
  name: string,
  from: IDBValidKey,
): Promise<IDBValidKey | undefined> {
  return onDataset(context, dataset, async (tx, state, told) => {
    if (state.generation !== generation) return undefined;
    const range = IDBKeyRange.bound(from, [`${name}\0`], true, true);
    const records = tx.objectStore(RECORDS);
    const [keys, states] = (await Promise.all([records.getAllKeys(range, CHUNK), records.getAll(range, CHUNK)])) as unknown as [
      [string, IDBValidKey][],
      RecordState[],
    ];
    for (const [i, [store, key]] of keys.entries()) {
      const known = states[i]!;
      if (known.seen === generation) continue;
      // Pending edits are told what became of them, the one under way perhaps of a time when the record was still there.
      if (known.pending) await records.put({ ...known, shadow: { rev: state.load!.head! } }, [store, key]);
      else {
        await Promise.all([records.delete([store, key]), tx.objectStore(store).delete(key)]);
        if (!known.deleted) told.changes.push({ store, key, deleted: true });
      }
    }
    return keys.length < CHUNK ? undefined : keys.at(-1);
  });
}

/** Has every edit in the outbox build on the record that was loaded: bases of the other history mean nothing in this one. */
async function rebaseAll(context: SyncContext, tx: WriteTransaction, told: Told, dataset: string, generation: number): Promise<void> {
  for (const items of byRecord((await tx.objectStore(OUTBOX).index('dataset').getAll(dataset)) as OutboxItem[])) {
    const { store: name, key } = items[0]!;
    const store = context.stores.get(name);
    const known = await readRecord(tx, name, key);
    if (!store || !known) continue;
    const { seen, shadow } = known;
    const there = seen === generation;
    const { rev, held: view } = there ? (shadow ?? { rev: known.rev, held: known.view }) : { rev: 0, held: undefined };
    // Edits of a record that is not there keep their base: the server takes them for edits against a deletion, not for a record of bits and pieces.
    if (there) await Promise.all(items.map(item => tx.objectStore(OUTBOX).put({ ...item, base: rev })));
    await rebaseRecord(tx, told, store, key, { rev, view, seen, shadow }, items);
  }
}
