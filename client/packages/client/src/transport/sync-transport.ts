import type { BatchAnswer, ChangesPage, ConflictResolution, DatasetInfo, SnapshotPage, WireBatch } from './messages.js';

/** Why a request did not get what it asked for: a problem of docs/API.md, or `network` where no answer came. */
export interface Problem {
  /** The last part of the problem's `type`, `network`, or `http-…` for an answer that is no problem document. */
  code: string;
  /** HTTP status; 0 without an answer. */
  status: number;
  /** For people. */
  detail: string;
  /** The server's wish, in milliseconds. */
  retryAfterMs?: number;
  /** For support. */
  traceId?: string;
  /** The rest of the problem document. */
  body?: { [member: string]: unknown };
}

/** An answer, or why there is none. Nothing that the network does is thrown. */
export type Reply<T> = { ok: true; value: T; retryAfterMs?: number } | { ok: false; problem: Problem };

/** What a pull asks for. */
export interface ChangesRequest {
  since?: string;
  limit: number;
  stores: string[];
  schemaVersion: number;
  waitSeconds: number;
}

/** What a page of a snapshot is asked for with. */
export interface SnapshotRequest {
  page?: string;
  limit: number;
  stores: string[];
  schemaVersion: number;
}

/** The way to the server. Calls resolve to a {@link Reply}; an aborted one to a problem with code `aborted`. */
export interface SyncTransport {
  /** Limits, positions and clock of a dataset. */
  describe(dataset: string, signal: AbortSignal): Promise<Reply<DatasetInfo>>;
  /** Sends a batch; sending the same again is always safe. */
  push(dataset: string, batch: WireBatch, signal: AbortSignal): Promise<Reply<BatchAnswer>>;
  /** How a batch stands that was accepted and not settled. */
  batchStatus(dataset: string, clientId: string, batchId: string, signal: AbortSignal): Promise<Reply<BatchAnswer>>;
  /** What changed after a cursor. */
  pull(dataset: string, request: ChangesRequest, signal: AbortSignal): Promise<Reply<ChangesPage>>;
  /** A page of everything there is. */
  snapshot(dataset: string, request: SnapshotRequest, signal: AbortSignal): Promise<Reply<SnapshotPage>>;
  /** Settles a parked conflict. */
  resolveConflict(dataset: string, conflictId: string, resolution: ConflictResolution, signal: AbortSignal): Promise<Reply<unknown>>;
}
