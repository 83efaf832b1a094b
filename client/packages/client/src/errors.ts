/** Stable codes of {@link SyncError}; programs switch on these, people read the message. */
export type SyncErrorCode =
  | 'invalid-key'
  | 'invalid-value'
  | 'invalid-schema'
  | 'invalid-transaction'
  | 'not-found'
  | 'too-large'
  | 'storage-full'
  | 'storage-failed'
  | 'closed'
  | 'newer-version'
  | 'unsent-edits'
  | 'conflict-settled'
  | 'conflict-outdated'
  | 'offline'
  | 'refused';

/** What this library throws: a misuse by the app, or something that only the app can mend. Network trouble is never thrown by edits or reads. */
export class SyncError extends Error {
  /** What is wrong. */
  readonly code: SyncErrorCode;
  /** Stable code of the detail, such as `too-deep`; the same reasons as the server gives. */
  readonly reason: string | undefined;
  /** JSON Pointer to the trouble, relative to the key or value that was given. */
  readonly pointer: string | undefined;

  constructor(code: SyncErrorCode, message: string, details: { reason?: string; pointer?: string; cause?: unknown } = {}) {
    super(message, { cause: details.cause });
    this.name = 'SyncError';
    this.code = code;
    this.reason = details.reason;
    this.pointer = details.pointer;
  }
}

/** True for the error by which IndexedDB says that the origin's storage is used up. */
export const isStorageFull = (error: unknown): boolean => (error as { name?: string } | null)?.name === 'QuotaExceededError';
