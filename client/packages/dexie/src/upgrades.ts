import { DATASETS, type DatasetState, requireLoad, write } from '@myriadsync/client/addon';
import type { StoreConfig, SyncContext } from '@myriadsync/client/engine';

const markOf = (dataset: string): IDBValidKey => [dataset, 'upgraded'];

/** Notes, in the transaction of a Dexie upgrade, that it has written to a synced table: such rows are no edits, and not what the server has. */
export function markUpgraded(tx: IDBTransaction, store: StoreConfig): void {
  // A database that has never synced has nothing to load anew: its rows go up as the upgrade leaves them.
  if (tx.objectStoreNames.contains(DATASETS)) tx.objectStore(DATASETS).put(true, markOf(store.dataset));
}

/**
 * Takes up what upgrades have done since the database was open last. Where rows were written, all is loaded anew: every device shows what the server makes of them,
 * whatever its own upgrade did.
 */
export async function takeUpUpgrades(context: SyncContext): Promise<void> {
  for (const dataset of new Set([...context.stores.values()].map(store => store.dataset))) {
    await write(context.db, [DATASETS], async tx => {
      const rows = tx.objectStore(DATASETS);
      const [state, upgraded] = (await Promise.all([rows.get(dataset), rows.get(markOf(dataset))])) as [DatasetState, boolean | undefined];
      if (!upgraded) return;
      requireLoad(context, dataset, state, false);
      await Promise.all([rows.put(state, dataset), rows.delete(markOf(dataset))]);
    });
  }
}
