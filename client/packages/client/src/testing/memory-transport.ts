import type { BatchAnswer, ChangesPage, ConflictResolution, DatasetInfo, SnapshotPage, WireBatch } from '../transport/messages.js';
import type { ChangesRequest, Problem, Reply, SnapshotRequest, SyncTransport } from '../transport/sync-transport.js';
import type { MemoryServer } from './memory-server.js';

/** What a test can do to a call: answer in its place, before it reaches the server or after. */
export interface Interference {
  /** A problem instead of the call; the server never sees it. */
  before?: (call: string) => Problem | undefined | Promise<Problem | undefined>;
  /** A problem instead of the answer; the server has carried the call out. */
  after?: (call: string) => Problem | undefined | Promise<Problem | undefined>;
}

/** No answer came. */
export const NETWORK_PROBLEM: Problem = { code: 'network', status: 0, detail: 'No network.' };

/** The way to a {@link MemoryServer}, for one device. */
export class MemoryTransport implements SyncTransport {
  /** Every call so far, by the name of its method. */
  readonly calls: string[] = [];
  /** Set: nothing comes through. */
  offline = false;
  interference: Interference = {};
  readonly #server: MemoryServer;

  constructor(server: MemoryServer) {
    this.#server = server;
  }

  describe(dataset: string, signal: AbortSignal): Promise<Reply<DatasetInfo>> {
    return this.#call('describe', signal, () => this.#server.describe(dataset));
  }

  push(dataset: string, batch: WireBatch, signal: AbortSignal): Promise<Reply<BatchAnswer>> {
    return this.#call('push', signal, () => this.#server.push(dataset, structuredClone(batch)));
  }

  batchStatus(_dataset: string, _clientId: string, _batchId: string, signal: AbortSignal): Promise<Reply<BatchAnswer>> {
    return this.#call('batchStatus', signal, () => ({
      ok: false,
      problem: { code: 'not-found', status: 404, detail: 'Batches settle at once here.' },
    }));
  }

  async pull(dataset: string, request: ChangesRequest, signal: AbortSignal): Promise<Reply<ChangesPage>> {
    return this.#call(request.waitSeconds > 0 ? 'watch' : 'pull', signal, async () => {
      const page = this.#server.pull(dataset, request);
      if (!page.ok || page.value.changes.length > 0 || request.waitSeconds === 0) return page;
      await this.#server.dataset(dataset).wait(request.waitSeconds * 1000, signal);
      return this.#server.pull(dataset, request);
    });
  }

  snapshot(dataset: string, request: SnapshotRequest, signal: AbortSignal): Promise<Reply<SnapshotPage>> {
    return this.#call('snapshot', signal, () => this.#server.snapshot(dataset, request));
  }

  resolveConflict(_dataset: string, _conflictId: string, _resolution: ConflictResolution, signal: AbortSignal): Promise<Reply<unknown>> {
    return this.#call('resolveConflict', signal, () => ({
      ok: false,
      problem: { code: 'not-found', status: 404, detail: 'No conflict is kept here.' },
    }));
  }

  async #call<T>(name: string, signal: AbortSignal, work: () => Reply<T> | Promise<Reply<T>>): Promise<Reply<T>> {
    this.calls.push(name);
    const before = this.offline ? NETWORK_PROBLEM : await this.interference.before?.(name);
    if (before) return { ok: false, problem: before };
    const reply = await work();
    const after = this.offline ? NETWORK_PROBLEM : await this.interference.after?.(name);
    if (signal.aborted) return { ok: false, problem: { code: 'aborted', status: 0, detail: 'The call was given up.' } };
    // Through text, as over a network: nothing is shared with the server.
    return after ? { ok: false, problem: after } : (JSON.parse(JSON.stringify(reply)) as Reply<T>);
  }
}
