import type { ClockReading } from '../clock/hybrid-clock.js';
import { encodeKey } from '../keys/encode-key.js';
import type { StoreConfig, WriteTransaction } from '../storage/context.js';
import { putRow } from '../storage/held-records.js';
import { type Held, type NewOutboxItem, OUTBOX, RECORDS, type RecordState } from '../storage/layout.js';
import type { Edit } from '../transport/messages.js';
import { encodeValue } from '../values/encode-value.js';
import { utf8Bytes } from '../values/canonical.js';

/** Bytes of a change beside its edit, key and store: seq, base, at and punctuation at their longest. */
const CHANGE_OVERHEAD = 220;

/** An edit about to be kept. */
export interface LocalChange {
  store: StoreConfig;
  key: IDBValidKey;
  /** The record before it. */
  before?: Held | undefined;
  /** What is known of the server's side. */
  record?: RecordState | undefined;
  /** The record after it. */
  after: Held | undefined;
  edit: Edit;
  reading: ClockReading;
  group?: string | undefined;
}

/**
 * Keeps a local edit: the record, what is known of it, and the outbox, all in the caller's transaction.
 * @returns what goes into the outbox, and when all of it has been written
 */
export function recordChange(tx: WriteTransaction, schemaVersion: number, change: LocalChange): [NewOutboxItem, Promise<unknown>] {
  const { store, key, before, after, edit, reading, group } = change;
  const record: RecordState = change.record ?? { rev: 0 };
  if (!record.pending && before) record.view = before;
  record.pending = (record.pending ?? 0) + 1;
  delete record.deleted;

  // A new record is sent whole, whatever the edit.
  const sent = record.rev === 0 && after && edit.op !== 'put' ? { op: 'put', value: encodeValue(after.value) } : edit;
  const item: NewOutboxItem = {
    dataset: store.dataset,
    store: store.name,
    key,
    edit,
    base: record.rev,
    reading,
    schemaVersion,
    bytes: CHANGE_OVERHEAD + utf8Bytes(JSON.stringify([store.remote, encodeKey(key), sent])),
    group,
  };
  const written = Promise.all([
    tx.objectStore(OUTBOX).add(item),
    tx.objectStore(RECORDS).put(record, [store.name, key]),
    putRow(tx.objectStore(store.name), store, key, after),
  ]);
  return [item, written];
}
