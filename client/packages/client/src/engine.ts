/**
 * What keeps an IndexedDB database in step, without the typed database over it: for packages that bring another one, such as Dexie.
 * @packageDocumentation
 */
export { EditTransaction } from './edits/edit-transaction.js';
export { browserEnvironment, type Environment } from './environment.js';
export type { StoreConfig, SyncContext, WriteTransaction } from './storage/context.js';
export { INTERNAL_STORES } from './storage/layout.js';
export { type MigrateRecord, prepareDatasets } from './storage/prepare-datasets.js';
export { SyncEngine } from './sync/sync-engine.js';
