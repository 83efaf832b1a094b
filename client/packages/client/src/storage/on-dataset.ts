import type { RecordChange, SyncEvent } from '../events.js';
import { type SyncContext, namesOf, type WriteTransaction } from './context.js';
import { withState } from './dataset-state.js';
import { type DatasetState, INTERNAL_STORES } from './layout.js';
import { write } from './write.js';

/** What a transaction has to tell once it is kept. */
export interface Told {
  changes: RecordChange[];
  events: SyncEvent[];
}

/** Runs work on a dataset: its stores, its state, which is kept with what the work makes of it, and ours. Afterwards it tells what there is to tell. */
export async function onDataset<T>(
  context: SyncContext,
  dataset: string,
  work: (tx: WriteTransaction, state: DatasetState, told: Told) => Promise<T>,
): Promise<T> {
  const told: Told = { changes: [], events: [] };
  const stores = [...namesOf(context, dataset), ...INTERNAL_STORES];
  const result = await write(context.db, stores, tx => withState(tx, dataset, state => work(tx, state, told)));
  if (told.changes.length > 0) context.changed(told.changes, 'remote');
  for (const event of told.events) context.emit(event);
  return result;
}
