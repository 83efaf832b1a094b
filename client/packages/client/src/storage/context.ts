import type { IDBPDatabase, IDBPTransaction, unwrap } from 'idb';
import type { RecordChange, SyncEvent } from '../events.js';
import type { SyncTransport } from '../transport/sync-transport.js';

/** A synced store, as the verbs need to know it. */
export interface StoreConfig {
  /** Its name in IndexedDB. */
  name: string;
  dataset: string;
  /** Its name on the server. */
  remote: string;
  /** Where the key lies in the value; null: beside it. */
  keyPath: string | string[] | null;
}

/** A transaction that may write. */
export type WriteTransaction = IDBPTransaction<unknown, string[], 'readwrite'>;

/** What the verbs work on. All that varies between a browser and a test is in here. */
export interface SyncContext {
  readonly db: IDBPDatabase;
  /** The browser's own store under a transaction's: its requests bring no promise, which is a good part of what a request costs the page. */
  readonly unwrap: typeof unwrap;
  readonly stores: ReadonlyMap<string, StoreConfig>;
  readonly schemaVersion: number;
  readonly transport: SyncTransport;
  /** Unix time in milliseconds. */
  now(): number;
  /** From 0 (inclusive) to 1 (exclusive). */
  random(): number;
  /** A new id, of the alphabet of client ids. */
  newId(): string;
  /** Tells all tabs what a transaction changed. Called after it has committed. */
  changed(changes: RecordChange[], origin: 'local' | 'remote'): void;
  /** Tells the app. Called after the transaction that it is about has committed. */
  emit(event: SyncEvent): void;
}

/** The stores of a dataset. */
export const storesOf = (context: SyncContext, dataset: string): StoreConfig[] =>
  [...context.stores.values()].filter(store => store.dataset === dataset);

/** Their local names. */
export const namesOf = (context: SyncContext, dataset: string): string[] => storesOf(context, dataset).map(store => store.name);

/** The store that a dataset's wire name means; undefined for one that this app does not have. */
export const storeByRemote = (context: SyncContext, dataset: string, remote: string): StoreConfig | undefined =>
  storesOf(context, dataset).find(store => store.remote === remote);
