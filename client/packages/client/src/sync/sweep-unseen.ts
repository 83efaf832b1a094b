import { inChunks, rowsAfter, statesAfter } from '../storage/chunks.js';
import type { SyncContext, WriteTransaction } from '../storage/context.js';
import { loadState } from '../storage/dataset-state.js';
import { asLoaded, readRecord, rebaseRecord } from '../storage/held-records.js';
import { type DatasetState, OUTBOX, type OutboxItem, RECORDS, type RecordState } from '../storage/layout.js';
import { onDataset, type Told } from '../storage/on-dataset.js';
import { byRecord } from './by-record.js';

/**
 * Ends a load: what it did not show and nobody edits here goes, and the dataset is pulled from where the load began. Where the server's history is another one,
 * the edits in the outbox are made to build on what was loaded.
 */
export async function sweepUnseen(context: SyncContext, dataset: string, generation: number): Promise<void> {
  const { load } = await loadState(context, dataset);
  for (const store of load?.stores ?? []) {
    const sweep = (read: typeof rowsAfter) =>
      inChunks(after =>
        onDataset(context, dataset, async (tx, state, told) => {
          if (state.generation !== generation) return [];
          const rows = await read(tx, store, after);
          for (const [key, kept] of rows) await sweepRow(tx, state, told, store, key, kept);
          return rows;
        }),
      );
    // Of the first load nothing has to go of which nothing is kept. Afterwards there are records without a state, and states without a record.
    if (generation > 1) await sweep(rowsAfter);
    await sweep(statesAfter);
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

async function sweepRow(
  tx: WriteTransaction,
  state: DatasetState,
  told: Told,
  store: string,
  key: IDBValidKey,
  kept: RecordState | undefined,
): Promise<void> {
  // A row of which nothing is known did not come from the server, and is the app's own affair.
  const known = kept ?? asLoaded(state, store);
  if (!known || known.seen === state.generation) return;
  // Pending edits are told what became of them, the one under way perhaps of a time when the record was still there.
  if (known.pending) await tx.objectStore(RECORDS).put({ ...known, shadow: { rev: state.load!.head! } }, [store, key]);
  else {
    await Promise.all([tx.objectStore(RECORDS).delete([store, key]), tx.objectStore(store).delete(key)]);
    if (!known.deleted) told.changes.push({ store, key, deleted: true });
  }
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
    const { rev, view } = !there ? { rev: 0 } : shadow ? { rev: shadow.rev, view: shadow.held } : known;
    // Edits of a record that is not there keep a base, the lowest: the server takes them for edits against a deletion, not for a record of bits and pieces.
    await Promise.all(items.map(item => tx.objectStore(OUTBOX).put({ ...item, base: there ? rev : Math.min(item.base, 1) })));
    await rebaseRecord(tx, told, store, key, { rev, view, seen, shadow }, items);
  }
}
