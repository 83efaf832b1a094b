import type { WireEntry } from '../transport/messages.js';

/** A record as the server has it. */
export interface ServerRecord {
  rev: number;
  value?: unknown;
  deleted: boolean;
  at: string;
  by: string;
}

/** What the server remembers of a client. */
export interface KnownClient {
  last: number;
  /** Digests and outcomes by seq. */
  seen: Map<
    number,
    {
      digest: string;
      batchId: string;
      outcome: string;
      rev: number;
      reason?: string;
      pointer?: string;
      conflictId?: string;
      store?: string;
      key?: string;
    }
  >;
}

/** One dataset of a {@link MemoryServer}: its log, the records that it adds up to, and its clients. */
export class ServerDataset {
  epoch: string;
  /** The oldest seq that a cursor may name. */
  oldestSeq = 0;
  seq = 0;
  readonly entries: WireEntry[] = [];
  readonly records = new Map<string, { store: string; key: IDBValidKey; record: ServerRecord }>();
  readonly clients = new Map<string, KnownClient>();
  readonly batches = new Map<string, string>();
  readonly #waiting = new Set<() => void>();

  constructor(epoch: string) {
    this.epoch = epoch;
  }

  /** Wakes those who wait for changes. */
  wake(): void {
    for (const wake of [...this.#waiting]) wake();
  }

  /** Settles at the next commit, when time is up, or when the caller gives up. */
  wait(waitMs: number, signal: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      const end = () => {
        clearTimeout(timer);
        this.#waiting.delete(end);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, waitMs);
      this.#waiting.add(end);
      signal.addEventListener('abort', end);
      if (signal.aborted) end();
    });
  }
}
