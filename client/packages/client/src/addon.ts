/**
 * What a package needs beside the engine to bring a database of its own: reading of what is declared, opening, the browser's parts, and what apps are told and
 * decide.
 * @packageDocumentation
 */
export { browserEnvironment } from './environment.js';
export { SyncError } from './errors.js';
export type { RecordChange, SyncEvent } from './events.js';
export type { StoreOptions } from './schema.js';
export { requireLoad } from './storage/dataset-state.js';
export { DATASETS, type DatasetState, OUTBOX, OUTBOX_INDEXES } from './storage/layout.js';
export { type StoreLayout, storeLayouts } from './storage/open-database.js';
export { type MigrateRecord, prepareDatasets } from './storage/prepare-datasets.js';
export { write } from './storage/write.js';
export { SyncControl } from './sync-control.js';
export { AHEAD } from './sync-transaction.js';
export { FetchTransport, type FetchTransportOptions } from './transport/fetch-transport.js';
export type { PatchVerbs } from './transport/messages.js';
export type { SyncTransport } from './transport/sync-transport.js';
export { encodeValue } from './values/encode-value.js';
export { child } from './values/json.js';
