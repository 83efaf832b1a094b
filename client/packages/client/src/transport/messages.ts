import type { Json, JsonObject } from '../values/json.js';

/** Verbs of a patch; pointers lead into the record, values are encoded (docs/API.md, "Pointers of a patch"). */
export interface PatchVerbs {
  set?: JsonObject;
  unset?: string[];
  inc?: JsonObject;
  add?: { [pointer: string]: Json[] };
  remove?: { [pointer: string]: Json[] };
}

/** What an edit does to its record. */
export type Edit = { op: 'put'; value: Json } | ({ op: 'patch' } & PatchVerbs) | { op: 'delete' };

/** One change of a batch. */
export type WireChange = Edit & {
  /** The client's count of its mutations, without holes. */
  seq: number;
  store: string;
  key: Json;
  /** The rev that the edit was made on; absent: the client believes that the record is new. */
  base?: number;
  /** Hybrid time: 12 hex digits of Unix milliseconds, 4 of counter, the client id. */
  at: string;
};

/** A batch of changes. */
export interface WireBatch {
  schemaVersion: number;
  clientId: string;
  batchId: string;
  epoch?: string | null;
  atomic: boolean;
  changes: WireChange[];
}

/** What may become of a change. */
export type Outcome = 'applied' | 'merged' | 'superseded' | 'conflict' | 'duplicate' | 'rejected' | 'poisoned';

/** The outcome of one change; `value` or `deleted` is the record in effect. */
export interface ChangeResult {
  seq: number;
  outcome: Outcome;
  original?: Outcome;
  rev: number;
  value?: Json;
  deleted?: boolean;
  at?: string;
  by?: string;
  pointer?: string;
  reason?: string;
  detail?: string;
  poisonId?: string;
  conflictId?: string;
}

/** How a batch stands. */
export interface BatchAnswer {
  batchId: string;
  status: 'accepted' | 'committed' | 'applied';
  waitingFor?: string;
  waitingSince?: string;
  cursor?: string;
  epoch?: string | null;
  serverTime: number;
  results: ChangeResult[];
}

/** A record as a pull or a snapshot shows it. */
export interface WireEntry {
  rev: number;
  store: string;
  key: Json;
  /** Absent in a snapshot, which holds what exists. */
  op?: 'put' | 'delete';
  value?: Json;
  at?: string;
  by?: string;
  cause?: string;
}

/** A page of changes. */
export interface ChangesPage {
  changes: WireEntry[];
  cursor: string;
  epoch: string | null;
  more: boolean;
  serverTime: number;
}

/** A page of a snapshot. */
export interface SnapshotPage {
  records: WireEntry[];
  nextPage?: string;
  /** The last rev when the first page was read: whatever has no later one, and is not shown, does not exist. */
  head: number;
  cursor: string;
  epoch: string | null;
  serverTime: number;
}

/** The limits that a client keeps to. */
export interface DatasetLimits {
  /** Changes in a batch. */
  batchChanges: number;
  /** Bytes of a batch's body, before gzip. */
  batchBytes: number;
  /** Canonical bytes of a value. */
  valueBytes: number;
  /** Levels of containers in a value. */
  valueDepth: number;
  /** Characters of a key's row-key form. */
  keyChars: number;
  /** Entries in a page. */
  pageEntries: number;
  /** Seconds that a request may wait. */
  waitSeconds: number;
  /** Milliseconds that a clock may run ahead. */
  clockAheadMs: number;
}

/** What a dataset is like. */
export interface DatasetInfo {
  dataset: string;
  epoch: string | null;
  head: number;
  applied: number;
  oldestSeq: number;
  schemaVersion: { current: number; oldest: number };
  limits: DatasetLimits;
  serverTime: number;
}

/** How a parked conflict is settled. */
export type ConflictResolution = { take: 'ours' | 'theirs'; rev: number } | { take: 'value'; value: Json; rev: number };
