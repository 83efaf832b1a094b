import { decodeKey } from '../keys/encode-key.js';
import { storeByRemote, type SyncContext, type WriteTransaction } from '../storage/context.js';
import { heldFrom, putRow, readRecord, rebaseRecord, storable } from '../storage/held-records.js';
import { type DatasetState, RECORDS, type RecordState } from '../storage/layout.js';
import type { Told } from '../storage/on-dataset.js';
import { inSlices } from '../storage/write.js';
import type { WireEntry } from '../transport/messages.js';

/** True when what is known of a record says that an entry of this rev is of no interest. */
export type IsOld = (known: RecordState, rev: number) => boolean;

/** What a load has for the entries that it takes in. */
interface Load {
  generation: number;
  /** Given while nothing of the dataset can be known here: records of these revs go without a state. */
  first: DatasetState['first'];
}

/** Takes in what the server shows of records: where the app sees it, or, while edits are pending, to be taken up once they are settled. */
export const takeEntries = (
  context: SyncContext,
  tx: WriteTransaction,
  told: Told,
  dataset: string,
  entries: readonly WireEntry[],
  isOld: IsOld,
  load?: Load,
): Promise<void> =>
  inSlices(entries, async (entry, place) => {
    const store = storeByRemote(context, dataset, entry.store);
    if (!store) return;
    const { rev } = entry;
    const key = decodeKey(entry.key);
    const held = heldFrom(entry);
    const shown = (load?.first?.get(store.name) as number) >= rev && held && storable(store, key, held);
    if (shown) {
      told.changes.push({ store: store.name, key });
      const rows = tx.objectStore(store.name);
      // Of a slice one is waited for, and what fails in another ends the transaction: with a promise for each the page collects its garbage twice as often.
      await putRow(place ? context.unwrap(rows) : rows, store, key, shown);
      return;
    }

    const known = await readRecord(tx, store.name, key);
    if (known && isOld(known, rev)) return;
    const seen = load?.generation ?? known?.seen;
    if (known?.pending) await tx.objectStore(RECORDS).put({ ...known, shadow: { rev, held }, seen }, [store.name, key]);
    else await rebaseRecord(tx, told, store, key, { rev, view: held, seen }, []);
  });
