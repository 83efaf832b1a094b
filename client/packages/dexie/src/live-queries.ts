import type { RecordChange } from '@myriadsync/client/addon';
import { Dexie, type ObservabilitySet, RangeSet } from 'dexie';

/** The channel on which the tabs of an origin tell each other's Dexie what was written. What comes over it drops what Dexie keeps of earlier results, too. */
const CHANNEL = 'x-storagemutated-1';
/** Keys of a table above which its queries are all run again: looking for those that need not takes as long. */
const MOST_KEYS = 500;

/** Tells Dexie's live queries, in all tabs, of what was written without Dexie. */
export class LiveQueries {
  readonly #db: Dexie;
  #channel: BroadcastChannel | undefined;

  constructor(db: Dexie) {
    this.#db = db;
  }

  open(): void {
    if (typeof BroadcastChannel !== 'undefined') this.#channel ??= new BroadcastChannel(CHANNEL);
  }

  close(): void {
    this.#channel?.close();
    this.#channel = undefined;
  }

  tell(changes: readonly RecordChange[]): void {
    if (changes.length === 0) return;
    const parts = this.#partsOf(changes);
    // A channel of its own reaches this tab's Dexie as well.
    if (this.#channel) this.#channel.postMessage(parts);
    else Dexie.on.storagemutated.fire(parts);
  }

  #partsOf(changes: readonly RecordChange[]): ObservabilitySet {
    const parts: ObservabilitySet = {};
    for (const [name, keys] of byTable(changes)) {
      const part = (index: string) => `idb://${this.#db.name}/${name}/${index}`;
      const range = keys.length > MOST_KEYS ? everything() : new RangeSet().addKeys(keys as never[]);
      parts[part('')] = parts[part(':dels')] = range;
      // What a record was under in an index before is not known.
      for (const index of this.#db.table(name).schema.indexes) parts[part(index.name)] = everything();
    }
    return parts;
  }
}

/** From the lowest key that there is to one above all. */
const everything = () => new RangeSet(-Infinity, [[]]);

function byTable(changes: readonly RecordChange[]): Map<string, IDBValidKey[]> {
  const tables = new Map<string, IDBValidKey[]>();
  for (const { store, key } of changes) {
    const keys = tables.get(store);
    if (keys) keys.push(key);
    else tables.set(store, [key]);
  }
  return tables;
}
