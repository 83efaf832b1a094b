/**
 * Keeps the tables of a Dexie database in step with MyriadSync. Begin at {@link syncDexie}.
 * @packageDocumentation
 */
export { SyncError } from '@myriadsync/client/addon';
export { DexieSync } from './dexie-sync.js';
export type { DexieSyncOptions, TableOptions } from './options.js';
export { syncDexie } from './sync-dexie.js';
