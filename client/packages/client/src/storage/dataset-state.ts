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

/** Runs work on a dataset's state inside of a transaction, and keeps what the work makes of it. */
export async function withState<T>(tx: WriteTransaction, dataset: string, work: (state: DatasetState) => T): Promise<Awaited<T>> {
  const state = await readState(tx, dataset);
  const result = await work(state);
  await tx.objectStore(DATASETS).put(state, dataset);
  return result;
}

/** Changes a dataset's state and nothing else. */
export const updateState = (context: SyncContext, dataset: string, change: (state: DatasetState) => void): Promise<void> =>
  write(context.db, [DATASETS], tx => withState(tx, dataset, change));

/** The limits that hold for a dataset, as far as they are known. */
export const limitsOf = (state: DatasetState) => state.limits ?? DEFAULT_LIMITS;

/** Has the stores loaded anew: all of them, where none are named. What was loaded so far of another load is begun again. */
export function requireLoad(context: SyncContext, dataset: string, state: DatasetState, reset: boolean, stores?: string[]): void {
  state.load = {
    stores: stores ?? namesOf(context, dataset),
    full: !stores,
    since: state.cursor,
    reset: reset || !!state.load?.reset,
    shown: 0,
  };
  state.generation += 1;
}
