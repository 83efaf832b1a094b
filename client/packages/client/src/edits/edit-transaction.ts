import { type ClockReading, nextReading } from '../clock/hybrid-clock.js';
import { SyncError } from '../errors.js';
import type { RecordChange } from '../events.js';
import { encodeKey } from '../keys/encode-key.js';
import { rowKey } from '../keys/row-key.js';
import type { StoreConfig, SyncContext, WriteTransaction } from '../storage/context.js';
import { limitsOf } from '../storage/dataset-state.js';
import { asLoaded, readHeld, readRecord } from '../storage/held-records.js';
import { DATASETS, type DatasetState, type Held, type RecordState } from '../storage/layout.js';
import type { Edit, PatchVerbs } from '../transport/messages.js';
import { applyPatch } from '../values/apply-patch.js';
import { canonicalJson, utf8Bytes } from '../values/canonical.js';
import { diffValues, isEmptyPatch } from '../values/diff-values.js';
import { encodeValue } from '../values/encode-value.js';
import { isPlainObject, type Json, Refusal } from '../values/json.js';
import { recordChange } from './record-change.js';

/**
 * The edits of one IndexedDB transaction. Each changes the record and puts itself into the outbox, so both are kept or neither is. Edits run one after the
 * other, in the order of the calls, also when the caller does not wait for each.
 */
export class EditTransaction {
  readonly #context: SyncContext;
  readonly #tx: WriteTransaction;
  readonly #group: string | undefined;
  readonly #datasets = new Map<string, Promise<KnownDataset>>();
  readonly #ahead = new Map<string, Found>();
  #last: Promise<unknown> = Promise.resolve();
  #written: Promise<unknown> = Promise.resolve();
  #count = 0;
  #bytes = 0;
  /** What was changed so far. */
  readonly changes: RecordChange[] = [];

  constructor(context: SyncContext, tx: WriteTransaction, group?: string) {
    this.#context = context;
    this.#tx = tx;
    this.#group = group;
  }

  /** Reads a record, edits of this transaction included. */
  get(store: StoreConfig, key: IDBValidKey): Promise<unknown> {
    return this.#inOrder(async () => (await readHeld(this.#tx, store.name, key))?.value);
  }

  /** Reads ahead what edits of these records are going to look at: together that takes a fraction of the time that it takes one after the other. */
  look(store: StoreConfig, keys: readonly IDBValidKey[]): Promise<unknown> {
    const keep = async (key: IDBValidKey) => this.#ahead.set(placeOf(store, key), await this.#read(store, key));
    // What is no key is told when it is used.
    return this.#inOrder(() => Promise.all(keys.map(key => keep(key).catch(() => undefined))));
  }

  /**
   * Writes a whole record. What others change in it meanwhile stays: only the difference is sent where the record is known.
   * @param admit looks at the record that is there, and throws to leave it
   */
  put(store: StoreConfig, value: unknown, key?: IDBValidKey, admit?: (held: Held | undefined) => void): Promise<IDBValidKey> {
    return this.#inOrder(async () => {
      const recordKey = keyFor(store, value, key);
      await this.#write(store, recordKey, held => {
        admit?.(held);
        return value;
      });
      return recordKey;
    });
  }

  /** Makes a new record of the one that is there. */
  change(store: StoreConfig, key: IDBValidKey, change: (value: unknown) => unknown): Promise<unknown> {
    return this.#inOrder(() => this.#write(store, key, held => change(existing(store, key, held).value)));
  }

  /** Carries out verbs of a patch that work together with those of others, such as counting up. */
  patch(store: StoreConfig, key: IDBValidKey, verbs: PatchVerbs): Promise<unknown> {
    return this.#inOrder(async () => {
      const [held, record] = await this.#read(store, key);
      const value = refusing('invalid-value', () => applyPatch(existing(store, key, held).value, verbs));
      await this.#check(store, value);
      await this.#record(store, key, held, record, { value }, { op: 'patch', ...verbs });
      return value;
    });
  }

  /** Deletes a record; nothing happens where there is none. */
  delete(store: StoreConfig, key: IDBValidKey): Promise<void> {
    return this.#inOrder(async () => {
      const [held, record] = await this.#read(store, key);
      if (held) await this.#record(store, key, held, record, undefined, { op: 'delete' });
    });
  }

  /** Settles when every edit that was asked for has been made, or has failed; fails if the browser could not write one. */
  async settled(): Promise<void> {
    await this.#last;
    await this.#written;
  }

  async #write(store: StoreConfig, key: IDBValidKey, change: (held: Held | undefined) => unknown): Promise<unknown> {
    const [held, record] = await this.#read(store, key);
    const value = change(held);
    const json = await this.#check(store, value);
    if (store.keyPath !== null && placeOf(store, keyFor(store, value)) !== placeOf(store, key)) {
      throw new SyncError('invalid-key', `A key cannot be changed (store ${store.name}). Delete the record and put a new one.`);
    }
    const patch = held && record && (record.rev > 0 || record.pending) ? diffValues(held.value, value) : null;
    if (!patch || !isEmptyPatch(patch)) {
      await this.#record(store, key, held, record, { value }, patch ? { op: 'patch', ...patch } : { op: 'put', value: json });
    }
    return value;
  }

  async #read(store: StoreConfig, key: IDBValidKey): Promise<Found> {
    const { state } = await this.#dataset(store);
    const { keyChars } = limitsOf(state);
    const place = refusing('invalid-key', () => placeOf(store, key));
    if (place.length > store.name.length + 1 + keyChars) {
      throw new SyncError('invalid-key', `A key of more than ${keyChars} characters.`, { reason: 'key-too-long', pointer: '' });
    }
    // What was read ahead holds for one edit: that one changes it.
    const ahead = this.#ahead.get(place);
    this.#ahead.delete(place);
    if (ahead) return ahead;
    const [held, record] = await Promise.all([readHeld(this.#tx, store.name, key), readRecord(this.#tx, store.name, key)]);
    return [held, record ?? (held && asLoaded(state, store.name))];
  }

  async #check(store: StoreConfig, value: unknown): Promise<Json> {
    const limits = limitsOf((await this.#dataset(store)).state);
    const json = refusing('invalid-value', () => encodeValue(value, limits.valueDepth));
    if (utf8Bytes(canonicalJson(json)) > limits.valueBytes) {
      throw new SyncError('too-large', `A record of more than ${limits.valueBytes} bytes.`, { reason: 'too-large', pointer: '' });
    }
    return json;
  }

  async #record(
    store: StoreConfig,
    key: IDBValidKey,
    before: Held | undefined,
    record: RecordState | undefined,
    after: Held | undefined,
    edit: Edit,
  ) {
    const known = await this.#dataset(store);
    const { state } = known;
    // The clock is kept in the same transaction: no two edits of any tab have the same reading, and none is below an earlier one.
    const reading = nextReading(known.reading, this.#context.now() + state.offsetMs);
    known.reading = reading;
    const change = { store, key, before, record, after, edit, reading, group: this.#group };
    const [item, written] = recordChange(this.#tx, this.#context.schemaVersion, change);
    // The next edit need not wait for this: IndexedDB keeps the order, and ends the transaction where it cannot write.
    this.#written = Promise.all([this.#written, written, this.#tx.objectStore(DATASETS).put(reading, [store.dataset, 'clock'])]);
    this.#written.catch(() => undefined);
    this.#count += 1;
    this.#bytes += item.bytes;
    const limits = limitsOf(state);
    if (this.#group !== undefined && (this.#count > limits.batchChanges || this.#bytes > limits.batchBytes)) {
      throw new SyncError('too-large', `A transaction takes at most ${limits.batchChanges} edits and ${limits.batchBytes} bytes.`, {
        reason: 'atomic-too-large',
      });
    }
    this.changes.push({ store: store.name, key, ...(!after && { deleted: true }) });
  }

  #dataset({ dataset }: StoreConfig): Promise<KnownDataset> {
    let known = this.#datasets.get(dataset);
    if (!known) {
      const rows = this.#tx.objectStore(DATASETS);
      known = Promise.all([rows.get(dataset), rows.get([dataset, 'clock'])]).then(([state, reading]) => ({ state, reading }));
      this.#datasets.set(dataset, known);
    }
    return known;
  }

  #inOrder<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

/** What is kept of a dataset, read once: nothing else writes it while the transaction is open. */
interface KnownDataset {
  state: DatasetState;
  reading: ClockReading | undefined;
}

/** What is there of a record, and what is known of the server's side. */
type Found = [held: Held | undefined, record: RecordState | undefined];

/** Names a record among those of all stores: the store, a character that its name cannot have, and the row-key form of what may be no key. */
function placeOf(store: StoreConfig, key: IDBValidKey): string {
  encodeKey(key);
  return `${store.name}~${rowKey(key)}`;
}

function existing(store: StoreConfig, key: IDBValidKey, held: Held | undefined): Held {
  if (!held) throw new SyncError('not-found', `No record ${canonicalJson(encodeKey(key))} in store ${store.name}.`);
  return held;
}

/**
 * The key of a record about to be written.
 * @throws SyncError `invalid-key` where there is none, or two
 */
export function keyFor(store: StoreConfig, value: unknown, key?: IDBValidKey): IDBValidKey {
  const { keyPath } = store;
  if ((keyPath === null) === (key === undefined)) {
    const remedy = key === undefined ? 'keeps its keys beside the records: give one' : 'takes the key out of the record: give none';
    throw new SyncError('invalid-key', `Store ${store.name} ${remedy}.`);
  }
  if (keyPath === null) return key!;
  return Array.isArray(keyPath) ? keyPath.map(path => atPath(store, value, path)) : atPath(store, value, keyPath);
}

function atPath(store: StoreConfig, value: unknown, path: string): IDBValidKey {
  const key = path.split('.').reduce<unknown>((at, name) => (isPlainObject(at) ? at[name] : undefined), value);
  if (key === undefined) throw new SyncError('invalid-key', `The record has no "${path}", which is the key of store ${store.name}.`);
  return key as IDBValidKey;
}

function refusing<T>(code: 'invalid-key' | 'invalid-value', work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new SyncError(code, `The ${code.slice('invalid-'.length)} cannot be synced: ${error.message}.`, {
      reason: error.reason,
      pointer: error.pointer,
      cause: error,
    });
  }
}
