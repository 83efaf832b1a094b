import { encodeKey } from '../keys/encode-key.js';
import { type SyncContext, transactionOn } from '../storage/context.js';
import { loadState } from '../storage/dataset-state.js';
import { readRecord } from '../storage/held-records.js';
import { encodeValue } from '../values/encode-value.js';
import { Refusal } from '../values/json.js';
import { recordChange } from './record-change.js';

/** Rows adopted in one transaction. */
const CHUNK = 500;
/** Older than any edit: what was there before there was sync never wins over what was edited with it. */
const BEFORE_ALL = '0'.repeat(16);

/**
 * Puts the rows of stores that were there before they were synced into the outbox, each as a new record. On a second device that holds the same rows the first
 * upload stays, and both show it.
 * @returns how many rows were adopted; those that cannot travel are left out, with their reasons
 */
export async function adoptRows(
  context: SyncContext,
  dataset: string,
): Promise<{ adopted: number; refused: { store: string; key: IDBValidKey; reason: string }[] }> {
  const { loaded } = await loadState(context, dataset);
  let adopted = 0;
  const refused: { store: string; key: IDBValidKey; reason: string }[] = [];
  for (const store of context.stores.values()) {
    if (store.dataset !== dataset || loaded.includes(store.name)) continue;
    let after: IDBValidKey | undefined;
    for (let full = true; full;) {
      const tx = transactionOn(context, dataset);
      const range = after === undefined ? null : IDBKeyRange.lowerBound(after, true);
      const keys = await tx.objectStore(store.name).getAllKeys(range, CHUNK);
      const values: unknown[] = await tx.objectStore(store.name).getAll(range, CHUNK);
      for (const [i, key] of keys.entries()) {
        if (await readRecord(tx, store.name, key)) continue;
        try {
          encodeKey(key);
          const edit = { op: 'put', value: encodeValue(values[i]) } as const;
          const after = { value: values[i] };
          await recordChange(tx, context.schemaVersion, {
            store,
            key,
            before: undefined,
            record: undefined,
            after,
            edit,
            reading: BEFORE_ALL,
            group: undefined,
          });
          adopted += 1;
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          refused.push({ store: store.name, key, reason: error.message });
        }
      }
      await tx.done;
      after = keys.at(-1);
      full = keys.length === CHUNK;
    }
  }
  return { adopted, refused };
}
