import type { WithDeleted } from 'rxdb/plugins/core';

/** Where a collection goes on. Flat, with every member always there: RxDB merges old and new. */
export interface MyriadSyncCheckpoint {
  id: string;
  lwt: number;
  updatedAt: number;
  /** Names the load that this is part of, when all is loaded anew; empty otherwise. */
  reload: string;
}

/** A page of documents as it comes. */
export interface Page<RxDocType> {
  documents: WithDeleted<RxDocType>[];
  checkpoint: Omit<MyriadSyncCheckpoint, 'reload'>;
}

/** Begins the `id` of checkpoints in the log; the rest is a cursor of the service. */
export const LOG_PREFIX = 'c.';
