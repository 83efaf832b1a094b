import type { Problem } from './transport/sync-transport.js';

/** A record that changed. */
export interface RecordChange {
  store: string;
  key: IDBValidKey;
  /** True: it is gone. */
  deleted?: boolean;
}

/** An edit that the server did not take as it was. */
export interface EditProblem {
  /** Names it to `resolve`. */
  id: string;
  /**
   * `conflict`: left to a person. `rejected`: invalid for good. `poisoned`: parked for an operator. `unconfirmed`: the server no longer knows
   * this client, or what became of the edit, and whether it took it cannot be known.
   */
  kind: 'conflict' | 'rejected' | 'poisoned' | 'unconfirmed';
  dataset: string;
  store: string;
  key: IDBValidKey;
  /** The record as the edit would have had it; undefined: deleted. */
  ours: unknown;
  /** The record in effect; undefined: there is none. */
  theirs: unknown;
  reason?: string;
  /** JSON Pointer into the request. */
  pointer?: string;
  detail?: string;
  /** The server's id of a parked conflict. */
  conflictId?: string;
  poisonId?: string;
  /** Unix time in milliseconds. */
  sinceMs: number;
}

/** How a dataset stands. */
export type SyncState = 'offline' | 'connecting' | 'syncing' | 'idle' | 'error' | 'paused';

/** How far a load has come. */
export interface LoadProgress {
  dataset: string;
  /** Records loaded so far. */
  loaded: number;
  /** True: all are in. */
  done: boolean;
}

/** What the library tells the app, by name. */
export interface SyncEvents {
  /** Records changed, by this app or by others. */
  change: { changes: RecordChange[]; origin: 'local' | 'remote' };
  /** An edit was left to a person, or may or may not have been taken; see `conflicts()`. */
  conflict: EditProblem;
  /** An edit is invalid for good; the record in effect is shown again. */
  rejected: EditProblem;
  /** An edit could not be processed and waits for an operator; nothing is lost. */
  poisoned: EditProblem;
  /** Somebody has decided about a conflict, in this tab or another: `conflicts()` lists it no more. */
  resolved: { id: string };
  /** A concurrent edit of somebody else won over one of ours. */
  superseded: { dataset: string; store: string; key: IDBValidKey; ours: unknown; theirs: unknown };
  /** A load goes on. */
  progress: LoadProgress;
  /** The state of a dataset changed. */
  status: { dataset: string; state: SyncState; problem?: Problem };
  /** The origin's storage is used up; `writing` says whether an edit of the app or what came from the server did not fit. */
  'storage-full': { writing: 'edit' | 'sync' };
  /** A tab with a newer version of the app wants the database: this one has closed it and should be loaded anew. */
  outdated: { version: number | null };
}

/** An event with its name, as it travels between tabs. */
export type SyncEvent = { [Name in keyof SyncEvents]: { name: Name; detail: SyncEvents[Name] } }[keyof SyncEvents];
