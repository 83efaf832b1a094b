import type { FetchTransportOptions, MigrateRecord, SyncTransport } from '@myriadsync/client/addon';
import type { Environment } from '@myriadsync/client/engine';

/** Where a table belongs. */
export interface TableOptions {
  /** Its dataset; that of the options if not given. */
  dataset?: string;
  /** Its store on the server, where that is called otherwise. */
  remote?: string;
}

/** How a Dexie database is synced. */
export interface DexieSyncOptions {
  /** The dataset of all tables that do not name their own. */
  dataset?: string;
  /** The tables that are synced; all of the database if not given. */
  tables?: readonly string[] | { [table: string]: TableOptions };
  /** The server, or another way to it. */
  server: FetchTransportOptions | SyncTransport;
  /** Version of the app's data, from 1 (which is the default); not Dexie's. Count it up together with the server's when records change their shape. */
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
