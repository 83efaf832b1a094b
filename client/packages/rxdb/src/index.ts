export { HttpError } from './http-error.js';
export type { MyriadSyncReplicationOptions, TokenSource } from './options.js';
export type { MyriadSyncCheckpoint } from './wire.js';
export { replicateMyriadSync } from './replicate-myriad-sync.js';
