import { SyncError } from '@myriadsync/client/addon';
import type { Dexie } from 'dexie';
import { DexieSync } from './dexie-sync.js';
import { declareInternalTables } from './internal-tables.js';
import type { DexieSyncOptions } from './options.js';
import { tableLayouts } from './table-layouts.js';

/**
 * Keeps the tables of a Dexie database in step with the server, from when it is opened until it is closed. Call it after the versions are declared and before the
 * database is opened. Rows that are there already go up once.
 * @throws SyncError `invalid-schema` for tables that cannot be synced; `open()` fails with `newer-version` when a newer app has used the database
 */
export function syncDexie(db: Dexie, options: DexieSyncOptions): DexieSync {
  if (db.isOpen())
    throw new SyncError('invalid-schema', 'The database is open already: call syncDexie right after its versions are declared.');
  const layouts = tableLayouts(db, options);
  declareInternalTables(db);
  return new DexieSync(db, layouts, options);
}
