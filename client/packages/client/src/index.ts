/**
 * Offline-first sync between IndexedDB and MyriadSync. Begin at {@link openSyncDatabase}.
 * @packageDocumentation
 */
export type { Diagnosis } from './diagnose.js';
export type { Environment } from './environment.js';
export { SyncError, type SyncErrorCode } from './errors.js';
export type { EditProblem, LoadProgress, RecordChange, SyncEvent, SyncEvents, SyncState } from './events.js';
export { openSyncDatabase } from './open-sync-database.js';
export type { SyncDatabaseOptions } from './options.js';
export type { Query } from './query.js';
export type { Decision } from './resolve-conflict.js';
export type { ElementOf, FieldOf, IndexName, IndexOptions, StoreKey, StoreName, StoreOptions, StoreValue, SyncSchema } from './schema.js';
export type { DatasetStatus, SyncStatus } from './status.js';
export type { MigrateRecord } from './storage/prepare-datasets.js';
export type { LogLine } from './sync/sync-engine.js';
export { SyncDatabase } from './sync-database.js';
export type { Edits } from './sync-transaction.js';
export { FetchTransport, type FetchTransportOptions } from './transport/fetch-transport.js';
export type * from './transport/messages.js';
export type { ChangesRequest, Problem, Reply, SnapshotRequest, SyncTransport } from './transport/sync-transport.js';
export type { Json, JsonObject } from './values/json.js';
