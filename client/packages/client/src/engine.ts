/**
 * What keeps an IndexedDB database in step, without the typed database over it and the browser's own parts under it: for packages that bring another one, such as
 * Dexie. What they need beside it is in `./addon`.
 * @packageDocumentation
 */
export { EditTransaction } from './edits/edit-transaction.js';
export type { Environment } from './environment.js';
export type { StoreConfig, SyncContext, WriteTransaction } from './storage/context.js';
export { INTERNAL_STORES } from './storage/layout.js';
export { SyncEngine } from './sync/sync-engine.js';
