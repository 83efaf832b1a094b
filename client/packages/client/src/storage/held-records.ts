import type { Edit } from '../transport/messages.js';
import { applyPatch } from '../values/apply-patch.js';
import { sameValue } from '../values/canonical.js';
import { decodeValue } from '../values/decode-value.js';
import { isPlainObject, type Json, Refusal } from '../values/json.js';
import type { StoreConfig, WriteTransaction } from './context.js';
import type { Told } from './on-dataset.js';
import { type DatasetState, type Held, OUTBOX, type OutboxItem, RECORDS, type RecordState } from './layout.js';

/** A record of the app as it is kept; undefined where there is none. */
export async function readHeld(tx: Pick<WriteTransaction, 'objectStore'>, store: string, key: IDBValidKey): Promise<Held | undefined> {
  const rows = tx.objectStore(store);
  const value: unknown = await rows.get(key);
  return value !== undefined || (await rows.getKey(key)) !== undefined ? { value } : undefined;
}

/** What is kept of the server's side of a record. */
export const readRecord = async (
  tx: Pick<WriteTransaction, 'objectStore'>,
  store: string,
  key: IDBValidKey,
): Promise<RecordState | undefined> => (await tx.objectStore(RECORDS).get([store, key])) as RecordState | undefined;

/** What is known of the server's side of a record that has come with the first load, and of which nothing is kept: half of the rows of a load. */
export const asLoaded = ({ first }: DatasetState, store: string): RecordState | undefined =>
  first?.has(store) ? { rev: first.get(store)!, seen: 1 } : undefined;

/** The edits of a record that are not settled, in their order. */
export const pendingEdits = (tx: Pick<WriteTransaction, 'objectStore'>, store: string, key: IDBValidKey): Promise<OutboxItem[]> =>
  tx.objectStore(OUTBOX).index('[store+key]').getAll([store, key]) as Promise<OutboxItem[]>;

/** A record after an edit. A patch of what does not exist, or cannot be patched so, leaves it as it is: the server will tell what became of it. */
export function applyEdit(held: Held | undefined, edit: Edit): Held | undefined {
  if (edit.op === 'put') return { value: decodeValue(edit.value) };
  if (edit.op === 'delete' || !held) return undefined;
  try {
    return { value: applyPatch(held.value, edit) };
  } catch (error) {
    if (error instanceof Refusal) return held;
    throw error;
  }
}

/** True when both are the same record, or none. */
export const sameHeld = (a: Held | undefined, b: Held | undefined): boolean => (a && b ? sameValue(a.value, b.value) : a === b);

/**
 * Makes what a record shows of what the server has and the edits that are not settled, and keeps both. Run again it does nothing.
 * @param isShown it is known that it shows just that
 */
export async function rebaseRecord(
  tx: WriteTransaction,
  told: Told,
  store: StoreConfig,
  key: IDBValidKey,
  server: { rev: number; view?: Held | undefined; seen?: number | undefined; shadow?: RecordState['shadow'] },
  pending: readonly OutboxItem[],
  isShown?: boolean,
): Promise<void> {
  const { rev, view, seen, shadow } = server;
  const state = { rev, seen, ...(pending.length > 0 ? { pending: pending.length, view, shadow } : !view && { deleted: true }) };
  await tx.objectStore(RECORDS).put(state, [store.name, key]);
  if (isShown) return;
  await show(
    tx,
    told,
    store,
    key,
    pending.reduce((held, item) => applyEdit(held, item.edit), view),
  );
}

/** Puts a record where the app sees it, unless it is there already. */
async function show(tx: WriteTransaction, told: Told, store: StoreConfig, key: IDBValidKey, held: Held | undefined): Promise<void> {
  const shown = held && storable(store, key, held);
  if (sameHeld(await readHeld(tx, store.name, key), shown)) return;
  await putRow(tx.objectStore(store.name), store, key, shown);
  told.changes.push({ store: store.name, key, ...(!shown && { deleted: true }) });
}

/** An object store: a promised one, or the browser's own. */
interface Rows {
  put(value: unknown, key?: IDBValidKey): unknown;
  delete(key: IDBValidKey): unknown;
}

/** Writes a record where the app sees it; without one, takes it away. */
export const putRow = (rows: Rows, store: StoreConfig, key: IDBValidKey, held: Held | undefined): unknown =>
  held ? rows.put(held.value, store.keyPath === null ? key : undefined) : rows.delete(key);

/** An encoded record as it is kept; undefined for one that no longer exists: only those that do come with a value. */
export const heldFrom = ({ value }: { value?: Json }): Held | undefined =>
  value === undefined ? undefined : { value: decodeValue(value) };

/**
 * A record in the form that its store can keep. Where the key belongs into the value and a job on the cluster left it out or changed it, it is put right:
 * one odd record must not keep the others from coming in. What has no place for a key cannot be shown at all.
 */
export function storable(store: StoreConfig, key: IDBValidKey, held: Held): Held | undefined {
  if (store.keyPath === null) return held;
  if (!isPlainObject(held.value)) return undefined;
  const paths = [store.keyPath].flat();
  const keys = Array.isArray(store.keyPath) ? (key as IDBValidKey[]) : [key];
  let value = held.value;
  paths.forEach((path, i) => {
    value = withMember(value, path.split('.'), keys[i]!);
  });
  return value === held.value ? held : { value };
}

function withMember(value: Record<string, unknown>, path: string[], key: IDBValidKey): Record<string, unknown> {
  const [name, ...rest] = path;
  const current = value[name!];
  const next = rest.length === 0 ? (sameValue(current, key) ? current : key) : withMember(isPlainObject(current) ? current : {}, rest, key);
  return next === current ? value : { ...value, [name!]: next };
}
