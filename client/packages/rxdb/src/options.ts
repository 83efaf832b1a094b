import type { ReplicationPullOptions, ReplicationPushOptions, RxCollection } from 'rxdb/plugins/core';
import type { MyriadSyncCheckpoint } from './wire.js';

/** A token, or where to get one; `expired` is true when the service refused the last one. */
export type TokenSource = string | ((expired: boolean) => string | Promise<string>);

/** How a collection replicates. */
export interface MyriadSyncReplicationOptions<RxDocType> {
  collection: RxCollection<RxDocType>;
  /** Where the service is, as in `https://sync.example.org`. */
  url: string;
  dataset: string;
  /** The store; the collection's name by default. */
  store?: string;
  token: TokenSource;
  /** Version of the app's data as the service counts it, from 1 (the default); not RxDB's own count. */
  schemaVersion?: number;
  /** True (the default): stay connected. Changes come as events where answers can be read while they come, and by long poll elsewhere. */
  live?: boolean | 'poll';
  /** Milliseconds before something that failed is tried again; 5,000 by default. */
  retryTime?: number;
  /** True (the default): one tab replicates. */
  waitForLeadership?: boolean;
  autoStart?: boolean;
  /** Names the replication on this device. With another one RxDB begins anew, and what was not pushed loses against the server. */
  replicationIdentifier?: string;
  pull?: Pick<ReplicationPullOptions<RxDocType, MyriadSyncCheckpoint>, 'batchSize' | 'modifier'>;
  push?: Pick<ReplicationPushOptions<RxDocType>, 'batchSize' | 'modifier'>;
  /** When a document was edited, Unix milliseconds: what last-write-wins goes by. Without it the time at which an edit arrives counts. */
  editedAt?: (document: RxDocType) => number | undefined;
  fetch?: typeof fetch;
}
