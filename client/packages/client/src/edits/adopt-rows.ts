import { encodeKey } from '../keys/encode-key.js';
import { inChunks, type Row, rowsAfter } from '../storage/chunks.js';
import { type StoreConfig, storesOf, type SyncContext } from '../storage/context.js';
import { INTERNAL_STORES } from '../storage/layout.js';
import { write } from '../storage/write.js';
import { readState } from '../storage/dataset-state.js';
import { encodeValue } from '../values/encode-value.js';
import { Refusal } from '../values/json.js';
import { recordChange } from './record-change.js';

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
  const result: Adoption = { adopted: 0, refused: [] };
  for (const store of storesOf(context, dataset)) await inChunks(after => adoptChunk(context, store, after, result));
  return result;
}

function adoptChunk(context: SyncContext, store: StoreConfig, after: IDBValidKey | undefined, result: Adoption): Promise<Row[]> {
  return write(context.db, [store.name, ...INTERNAL_STORES], async tx => {
    const { loaded, first } = await readState(tx, store.dataset);
    // What is there came with a load, or was looked at before it.
    if (loaded.includes(store.name) || first?.has(store.name)) return [];
    const rows = await rowsAfter(tx, store.name, after);
    const written: Promise<unknown>[] = [];
    for (const [key, kept, value] of rows) {
      if (kept) continue;
      try {
        encodeKey(key);
        const edit = { op: 'put', value: encodeValue(value) } as const;
        const change = { store, key, after: { value }, edit, reading: BEFORE_ALL };
        written.push(recordChange(tx, context.schemaVersion, change)[1]);
        result.adopted += 1;
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        result.refused.push({ store: store.name, key, reason: error.message });
      }
    }
    await Promise.all(written);
    return rows;
  });
}
