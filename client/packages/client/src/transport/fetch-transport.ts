import type { BatchAnswer, ChangesPage, ConflictResolution, DatasetInfo, SnapshotPage, WireBatch } from './messages.js';
import type { ChangesRequest, Problem, Reply, SnapshotRequest, SyncTransport } from './sync-transport.js';

/** How to reach the server. */
export interface FetchTransportOptions {
  /** Base address of the function app, without `/api/v1`. */
  url: string;
  /**
   * A token for the next request. Called before each, so keep what still holds; `refresh` is true when the server has just refused the last one.
   * Undefined: the user is not signed in.
   */
  token?: (options: { refresh: boolean }) => string | undefined | Promise<string | undefined>;
  /** In place of the global `fetch`. */
  fetch?: typeof fetch;
  /** How long a request may take beside what it was told to wait, in milliseconds; 30,000 if not given. */
  timeoutMs?: number;
}

/** Bodies below this are not worth compressing, in characters. */
const GZIP_FROM = 1024;
/** The longest that the server waits for a batch where it is not told, in seconds. */
const PUSH_WAIT_SECONDS = 10;

interface Call {
  method?: string;
  body?: unknown;
  waitSeconds?: number;
}

/** The transport over HTTP (docs/API.md). A token that is refused is refreshed once for each request. */
export class FetchTransport implements SyncTransport {
  readonly #options: FetchTransportOptions;

  constructor(options: FetchTransportOptions) {
    this.#options = options;
  }

  describe(dataset: string, signal: AbortSignal): Promise<Reply<DatasetInfo>> {
    return this.#call(dataset, '', {}, signal);
  }

  push(dataset: string, batch: WireBatch, signal: AbortSignal): Promise<Reply<BatchAnswer>> {
    return this.#call(dataset, '/batches', { method: 'POST', body: batch, waitSeconds: PUSH_WAIT_SECONDS }, signal);
  }

  batchStatus(dataset: string, clientId: string, batchId: string, signal: AbortSignal): Promise<Reply<BatchAnswer>> {
    return this.#call(dataset, `/batches/${clientId}/${batchId}`, {}, signal);
  }

  pull(dataset: string, request: ChangesRequest, signal: AbortSignal): Promise<Reply<ChangesPage>> {
    const { since, limit, stores, schemaVersion, waitSeconds } = request;
    return this.#call(
      dataset,
      `/changes?${query({ since, limit, stores: stores.join(), schemaVersion, wait: waitSeconds })}`,
      { waitSeconds },
      signal,
    );
  }

  snapshot(dataset: string, { page, limit, stores, schemaVersion }: SnapshotRequest, signal: AbortSignal): Promise<Reply<SnapshotPage>> {
    return this.#call(dataset, `/snapshot?${query({ page, limit, stores: stores.join(), schemaVersion })}`, {}, signal);
  }

  resolveConflict(dataset: string, conflictId: string, resolution: ConflictResolution, signal: AbortSignal): Promise<Reply<unknown>> {
    return this.#call(dataset, `/conflicts/${encodeURIComponent(conflictId)}/resolve`, { method: 'POST', body: resolution }, signal);
  }

  async #call<T>(dataset: string, path: string, call: Call, signal: AbortSignal): Promise<Reply<T>> {
    const request = new AbortController();
    const abort = () => request.abort();
    const timer = setTimeout(abort, (this.#options.timeoutMs ?? 30_000) + (call.waitSeconds ?? 0) * 1000);
    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
    try {
      const url = `${this.#options.url.replace(/\/+$/, '')}/api/v1/datasets/${dataset}${path}`;
      const body = call.body === undefined ? undefined : await encodeBody(JSON.stringify(call.body));
      const reply = await this.#send(url, call, body, request.signal, false);
      return await read<T>(reply.status === 401 ? await this.#send(url, call, body, request.signal, true) : reply);
    } catch (error) {
      return {
        ok: false,
        problem: { code: signal.aborted ? 'aborted' : 'network', status: 0, detail: String((error as Error | null)?.message ?? error) },
      };
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    }
  }

  async #send(url: string, call: Call, body: Body | undefined, signal: AbortSignal, refresh: boolean): Promise<Response> {
    const token = await this.#options.token?.({ refresh });
    return (this.#options.fetch ?? fetch)(url, {
      method: call.method ?? 'GET',
      signal,
      cache: 'no-store',
      headers: {
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        ...(body && { 'Content-Type': 'application/json' }),
        ...(body?.gzip && { 'Content-Encoding': 'gzip' }),
        traceparent: `00-${randomHex(16)}-${randomHex(8)}-01`,
      },
      ...(body && { body: body.content }),
    });
  }
}

interface Body {
  content: string | ArrayBuffer;
  gzip: boolean;
}

async function encodeBody(text: string): Promise<Body> {
  if (text.length < GZIP_FROM || typeof CompressionStream === 'undefined') return { content: text, gzip: false };
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return { content: await new Response(stream).arrayBuffer(), gzip: true };
}

async function read<T>(response: Response): Promise<Reply<T>> {
  const retryAfter = Number(response.headers.get('Retry-After') ?? Number.NaN);
  const retryAfterMs = Number.isFinite(retryAfter) ? retryAfter * 1000 : undefined;
  if (response.ok) return { ok: true, value: (await response.json()) as T, ...(retryAfterMs !== undefined && { retryAfterMs }) };

  const body = (await response.json().catch(() => undefined)) as { [member: string]: unknown } | undefined;
  const type = typeof body?.type === 'string' ? body.type.split('/').pop() : undefined;
  const problem: Problem = {
    code: type || `http-${response.status}`,
    status: response.status,
    detail: String(body?.detail ?? body?.title ?? response.statusText),
  };
  if (retryAfterMs !== undefined) problem.retryAfterMs = retryAfterMs;
  if (typeof body?.traceId === 'string') problem.traceId = body.traceId;
  if (body) problem.body = body;
  return { ok: false, problem };
}

const query = (parameters: { [name: string]: string | number | undefined }): string =>
  new URLSearchParams(
    Object.entries(parameters).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  ).toString();

const randomHex = (bytes: number): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(bytes)), byte => byte.toString(16).padStart(2, '0')).join('');
