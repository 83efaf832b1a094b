import type { ClockReading } from '../clock/hybrid-clock.js';
import type { DatasetLimits, Edit } from '../transport/messages.js';

/*
 * What the library keeps beside the app's own stores. The names begin with `$`, which no store's name may, so the two never meet.
 *
 *   $outbox    edits that the server has not settled, in the order in which they were made
 *   $records   what is known of the server's side of each record, but for those of the first load that nobody has changed since
 *   $datasets  position, identity and batch in flight of each dataset; its clock under [dataset, 'clock']
 *   $problems  edits that the server did not take, until somebody decides
 */

/** The store of edits that the server has not settled. */
export const OUTBOX = '$outbox';
/** The store of what is known of the server's side of each record. */
export const RECORDS = '$records';
/** The store of each dataset's state, and of its clock. */
export const DATASETS = '$datasets';
/** The store of edits that the server did not take. */
export const PROBLEMS = '$problems';

/** The outbox's indexes: by their names, which are what Dexie would call them, since it may be the one that makes them. */
export const OUTBOX_INDEXES = { dataset: 'dataset', '[store+key]': ['store', 'key'] } as const;

/** Every store of the library. */
export const INTERNAL_STORES = [OUTBOX, RECORDS, DATASETS, PROBLEMS] as const;

/** Version of this layout, kept in the database; a newer one than this is refused. */
export const LAYOUT_VERSION = 1;

/** A value that exists, so that a record holding `undefined` differs from none. */
export interface Held {
  value: unknown;
}

/** An edit in the outbox. */
export interface OutboxItem {
  /** Order of edits over all datasets, given by IndexedDB. */
  id: number;
  dataset: string;
  store: string;
  key: IDBValidKey;
  edit: Edit;
  /** The rev that the edit was made on; 0: the record was new. */
  base: number;
  /** When it was made, by the hybrid clock; the client id is added when it is sent. */
  reading: ClockReading;
  /** Version of the app's data that the edit is in. */
  schemaVersion: number;
  /** The transaction that it was made in: what shares one is sent as one atomic batch. */
  group?: string | undefined;
  /** Bytes that it takes in a batch, at most. */
  bytes: number;
}

/** An outbox item before IndexedDB gave it its place. */
export type NewOutboxItem = Omit<OutboxItem, 'id'>;

/** What is known of the server's side of a record, under [store, key]. */
export interface RecordState {
  /** The newest rev of the record that what is shown builds on; 0: the server does not know it, as far as we know. */
  rev: number;
  /** True: the server knows it as deleted. */
  deleted?: boolean;
  /** While edits are pending: the record without them. Absent then: it does not exist without them. */
  view?: Held;
  /** Edits of it that are in the outbox. */
  pending?: number;
  /** What the server showed while edits were pending, to be taken up once they are settled. */
  shadow?: { rev: number; held?: Held };
  /** The load that showed it last, or during which it was settled with a rev that the load cannot know. */
  seen?: number;
}

/** The batch in flight: so many edits from the head of the dataset's outbox, with seqs in their order. */
export interface BatchInFlight {
  id: string;
  firstSeq: number;
  count: number;
  atomic: boolean;
  schemaVersion: number;
  /** Times that it was given to the network. */
  sends: number;
  /** True: the server keeps it and has not settled it. */
  accepted: boolean;
}

/** A load of the snapshot under way. */
export interface Load {
  /** Local names of the stores that are loaded. */
  stores: string[];
  /** True: all stores of the dataset. */
  full: boolean;
  /** Cursor when the load began. */
  since?: string;
  /** True: the server's history is another one than ours, and revs cannot be compared. */
  reset: boolean;
  /** The page to ask for; absent: the first; null: all are in, and what they did not show is being taken away. */
  page?: string | null;
  /** Where to pull from afterwards; absent before the first page. */
  cursor?: string;
  /** Rev of that place. */
  head?: number;
  epoch?: string | null;
  /** Records shown so far. */
  shown: number;
}

/** What is kept of a dataset, under its name. */
export interface DatasetState {
  layout: number;
  schemaVersion: number;
  clientId: string;
  /** Last seq that the server has settled. */
  acked: number;
  batch?: BatchInFlight;
  /** True: a batch has ended here, so of some records something is known. */
  settled?: boolean;
  /** Changes a batch may have, after the server refused a larger one. */
  maxChanges?: number | undefined;
  /** Absent or null: nobody had written anything there. */
  epoch?: string | null;
  cursor?: string;
  /** Local names of the stores that have been loaded. */
  loaded: string[];
  load?: Load;
  /** Number of the last load. */
  generation: number;
  /** Stores that were empty when the first load began, with the rev that it began at: a record in one of which nothing is in $records is as it was then. */
  first?: Map<string, number>;
  /** The server's clock minus ours, in milliseconds. */
  offsetMs: number;
  limits?: DatasetLimits;
  /** Unix time in milliseconds, by our clock, of the last pull that reached the end. */
  lastSyncMs?: number;
}

/** Why an edit was not taken. */
export type ProblemKind = 'conflict' | 'rejected' | 'poisoned' | 'unconfirmed';

/** An edit that the server did not take, as kept. */
export interface ProblemRow {
  id: string;
  kind: ProblemKind;
  dataset: string;
  store: string;
  key: IDBValidKey;
  /** The record as the edit would have had it. */
  ours?: Held;
  /** The record in effect. */
  theirs?: Held;
  /** Rev of the record in effect. */
  rev: number;
  reason?: string;
  pointer?: string;
  detail?: string;
  /** Set where the server keeps the conflict and settles it. */
  conflictId?: string;
  poisonId?: string;
  /** Unix time in milliseconds. */
  sinceMs: number;
}

/** Limits until the server has told its own. */
export const DEFAULT_LIMITS: DatasetLimits = {
  batchChanges: 1000,
  batchBytes: 1_048_576,
  valueBytes: 262_144,
  valueDepth: 64,
  keyChars: 1024,
  pageEntries: 1000,
  waitSeconds: 30,
  clockAheadMs: 60_000,
};
