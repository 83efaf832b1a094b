import type { Environment } from './environment.js';
import type { IndexName, StoreName, StoreOptions, SyncSchema } from './schema.js';
import type { MigrateRecord } from './storage/prepare-datasets.js';
import type { FetchTransportOptions } from './transport/fetch-transport.js';
import type { SyncTransport } from './transport/sync-transport.js';

/** How a database is opened. */
export interface SyncDatabaseOptions<S extends SyncSchema> {
  /** Name of the IndexedDB database. */
  name: string;
  /** Whose data it is: each user of a browser has a database of their own. */
  user?: string;
  /** The stores, by name. */
  stores: { [N in StoreName<S>]: StoreOptions<IndexName<S, N>> };
  /** The dataset of all stores that do not name their own. */
  dataset?: string;
  /** The server, or another way to it. */
  server: FetchTransportOptions | SyncTransport;
  /** Version of the app's data, from 1 (which is the default). Count it up together with the server's when records change their shape. */
  schemaVersion?: number;
  /** Lifts the records on the device after the version was counted up, so that they can be shown before the server is reached. */
  migrate?: MigrateRecord;
  /** False: does not ask the browser to keep the data when storage runs low. */
  persist?: boolean;
  /** False: opens without syncing, until `resume()`. */
  autoStart?: boolean;
  /** True: writes what sync does to the console; or a function that gets the lines. */
  debug?: boolean | ((line: string) => void);
  /** For tests: in place of the browser's. */
  environment?: Partial<Environment>;
}
