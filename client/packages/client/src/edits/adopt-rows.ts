import { encodeKey } from '../keys/encode-key.js';
import type { StoreConfig, SyncContext } from '../storage/context.js';
import { INTERNAL_STORES } from '../storage/layout.js';
import { write } from '../storage/write.js';
import { loadState } from '../storage/dataset-state.js';
import { readRecord } from '../storage/held-records.js';
import { encodeValue } from '../values/encode-value.js';
import { Refusal } from '../values/json.js';
import { recordChange } from './record-change.js';

/** Rows adopted in one transaction. */
const CHUNK = 500;
/** Older than any edit: what was there before there was sync never wins over what was edited with it. */
const BEFORE_ALL = '0000000000000000';

/** What became of rows that were there before. */
export interface Adoption {
  adopted: number;
  /** Those that cannot travel. */
  refused: { store: string; key: IDBValidKey; reason: string }[];
}

/**
 * Puts the rows of stores that were there before they were synced into the outbox, each as a new record. On a second device that holds the same rows the first
 * upload stays, and both show it.
 * @returns how many rows were adopted; those that cannot travel are left out, with their reasons
 */
export async function adoptRows(context: SyncContext, dataset: string): Promise<Adoption> {
  const { loaded, load } = await loadState(context, dataset);
  // The rows of a store that is being loaded were looked at before its first page came. Looking through all that has come since would keep the load from going on.
  const known = load?.page ? [...loaded, ...load.stores] : loaded;
  const result: Adoption = { adopted: 0, refused: [] };
  for (const store of context.stores.values()) {
    if (store.dataset !== dataset || known.includes(store.name)) continue;
    let after: IDBValidKey | undefined;
    do after = await adoptChunk(context, store, after, result);
    while (after !== undefined);
  }
  return result;
}

/** @returns the key to go on after; undefined at the end of the store */
function adoptChunk(
  context: SyncContext,
  store: StoreConfig,
  from: IDBValidKey | undefined,
  result: Adoption,
): Promise<IDBValidKey | undefined> {
  return write(context.db, [store.name, ...INTERNAL_STORES], async tx => {
    const range = from === undefined ? null : IDBKeyRange.lowerBound(from, true);
    const rows = tx.objectStore(store.name);
    const [keys, values] = await Promise.all([rows.getAllKeys(range, CHUNK), rows.getAll(range, CHUNK) as Promise<unknown[]>]);
    const records = await Promise.all(keys.map(key => readRecord(tx, store.name, key)));
    const written: Promise<unknown>[] = [];
    for (const [i, key] of keys.entries()) {
      if (records[i]) continue;
      try {
        encodeKey(key);
        const edit = { op: 'put', value: encodeValue(values[i]) } as const;
        const change = { store, key, after: { value: values[i] }, edit, reading: BEFORE_ALL };
        written.push(recordChange(tx, context.schemaVersion, change)[1]);
        result.adopted += 1;
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        result.refused.push({ store: store.name, key, reason: error.message });
      }
    }
    await Promise.all(written);
    return keys.length === CHUNK ? keys.at(-1) : undefined;
  });
}
