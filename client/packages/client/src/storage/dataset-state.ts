import { type SyncContext, namesOf, type WriteTransaction } from './context.js';
import { DATASETS, DEFAULT_LIMITS, type DatasetState, LAYOUT_VERSION } from './layout.js';
import { write } from './write.js';

/** The state of a dataset that has not been used before. */
export const newDatasetState = (context: Pick<SyncContext, 'schemaVersion' | 'newId'>): DatasetState => ({
  layout: LAYOUT_VERSION,
  schemaVersion: context.schemaVersion,
  clientId: context.newId(),
  acked: 0,
  loaded: [],
  generation: 0,
  offsetMs: 0,
});

/** Reads a dataset's state inside of a transaction. Opening the database has made it. */
export async function readState(tx: Pick<WriteTransaction, 'objectStore'>, dataset: string): Promise<DatasetState> {
  return (await tx.objectStore(DATASETS).get(dataset)) as DatasetState;
}

/** Reads a dataset's state. */
export async function loadState(context: SyncContext, dataset: string): Promise<DatasetState> {
  return (await context.db.get(DATASETS, dataset)) as DatasetState;
}

/** Changes a dataset's state and nothing else. */
export function updateState(context: SyncContext, dataset: string, change: (state: DatasetState) => void): Promise<void> {
  return write(context.db, [DATASETS], async tx => {
    const state = await readState(tx, dataset);
    change(state);
    await tx.objectStore(DATASETS).put(state, dataset);
  });
}

/** The limits that hold for a dataset, as far as they are known. */
export const limitsOf = (state: DatasetState) => state.limits ?? DEFAULT_LIMITS;

/** Has the stores loaded anew: all of them, where none are named. What was loaded so far of another load is begun again. */
export function requireLoad(context: SyncContext, dataset: string, state: DatasetState, reset: boolean, stores?: string[]): void {
  state.load = {
    stores: stores ?? namesOf(context, dataset),
    full: stores === undefined,
    since: state.cursor,
    reset: reset || (state.load?.reset ?? false),
    shown: 0,
    sweeping: false,
  };
  state.generation += 1;
}
