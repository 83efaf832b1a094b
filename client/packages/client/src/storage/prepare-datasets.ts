import { SyncError } from '../errors.js';
import { type SyncContext, namesOf, type WriteTransaction } from './context.js';
import { write } from './write.js';
import { newDatasetState, requireLoad } from './dataset-state.js';
import { statesOf } from './chunks.js';
import { pendingEdits } from './held-records.js';
import { DATASETS, type DatasetState, type Held, LAYOUT_VERSION, OUTBOX, RECORDS, type RecordState } from './layout.js';

/** Brings a record from an older version of the app's data to the present one. Pure, and of the same result as the server's migration. */
export type MigrateRecord = (record: unknown, store: string, fromVersion: number) => unknown;

/**
 * Makes every dataset's state, and lifts the data to the app's version. Edits in the outbox stay in the version that they were made in and are sent as such: the
 * server knows how to lift them. Afterwards all is loaded again, in the new shape.
 * @throws SyncError `newer-version` when a newer app, or a newer version of this library, has been here
 */
export async function prepareDatasets(context: SyncContext, migrate: MigrateRecord | undefined): Promise<void> {
  const datasets = new Set([...context.stores.values()].map(store => store.dataset));
  for (const dataset of datasets) {
    const names = namesOf(context, dataset);
    await write(context.db, [DATASETS, RECORDS, OUTBOX, ...names], async tx => {
      const old = (await tx.objectStore(DATASETS).get(dataset)) as DatasetState | undefined;
      if (old && (old.layout > LAYOUT_VERSION || old.schemaVersion > context.schemaVersion)) {
        throw new SyncError('newer-version', 'The data on this device is of a newer version of the app. Load the app again.');
      }
      const state = old ?? newDatasetState(context);
      if (state.schemaVersion < context.schemaVersion) {
        if (migrate) for (const name of names) await migrateStore(tx, name, value => migrate(value, name, state.schemaVersion));
        state.schemaVersion = context.schemaVersion;
        requireLoad(context, dataset, state, false);
      }
      const isThere = (name: string) => names.includes(name);
      state.loaded = state.loaded.filter(isThere);
      if (!(state.load?.stores ?? []).every(isThere)) requireLoad(context, dataset, state, false);
      const settled = [...state.loaded, ...(state.load?.stores ?? [])];
      for (const name of names) if (!settled.includes(name)) await countPending(tx, name);
      await tx.objectStore(DATASETS).put(state, dataset);
    });
  }
}

/** Counts a store's pending edits anew: it may have been away, and some were settled meanwhile. The load that is due shows what became of them. */
async function countPending(tx: WriteTransaction, name: string): Promise<void> {
  for (let at = await tx.objectStore(RECORDS).openCursor(statesOf(name)); at; at = await at.continue()) {
    const { rev, seen, pending } = at.value as RecordState;
    const left = (await pendingEdits(tx, name, (at.primaryKey as [string, IDBValidKey])[1])).length;
    if (left !== (pending ?? 0)) await at.update(left > 0 ? { ...at.value, pending: left } : { rev, seen });
  }
}

/** Migrates what the app sees, and what lies under pending edits. */
async function migrateStore(tx: WriteTransaction, name: string, migrate: (value: unknown) => unknown): Promise<void> {
  for (let at = await tx.objectStore(name).openCursor(); at; at = await at.continue()) await at.update(migrate(at.value));
  for (let at = await tx.objectStore(RECORDS).openCursor(statesOf(name)); at; at = await at.continue()) {
    const { view, shadow, ...state } = at.value as RecordState;
    if (!view && !shadow?.held) continue;
    const lifted = (held: Held | undefined) => held && { value: migrate(held.value) };
    await at.update({ ...state, view: lifted(view), shadow: shadow && { ...shadow, held: lifted(shadow.held) } });
  }
}
