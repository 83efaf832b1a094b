/**
 * A server in memory, for the tests of apps.
 * @packageDocumentation
 */
export { MemoryServer, type MemoryServerOptions } from './memory-server.js';
export { type Interference, MemoryTransport, NETWORK_PROBLEM } from './memory-transport.js';
export type { MemoryPolicy } from './resolve-edit.js';
export type { ServerDataset, ServerRecord } from './server-log.js';
