import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { FetchTransport } from './fetch-transport.js';
import type { WireBatch } from './messages.js';

const never = new AbortController().signal;

function answering(...replies: Response[]) {
  const calls: { url: string; init: RequestInit & { headers: Record<string, string> } }[] = [];
  const fetch = (async (url: string, init: RequestInit) => {
    calls.push({ url, init: init as never });
    return replies.shift()!;
  }) as typeof globalThis.fetch;
  return { calls, fetch };
}

const problem = (status: number, type: string, headers: Record<string, string> = {}, body: object = {}) =>
  new Response(JSON.stringify({ type: `/api/v1/problems/${type}`, title: 'T', detail: 'D', traceId: 't1', ...body }), { status, headers });

describe('a token', () => {
  it('that is refused is refreshed once', async () => {
    const { calls, fetch } = answering(problem(401, 'unauthorized'), Response.json({ head: 1 }));
    const transport = new FetchTransport({ url: 'https://sync.example/', token: ({ refresh }) => (refresh ? 'new' : 'old'), fetch });

    const reply = await transport.describe('team', never);

    expect(reply).toMatchObject({ ok: true, value: { head: 1 } });
    expect(calls.map(call => call.init.headers['Authorization'])).toEqual(['Bearer old', 'Bearer new']);
    expect(calls[0]!.url).toBe('https://sync.example/api/v1/datasets/team');
    expect(calls[0]!.init.headers['traceparent']).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  });

  it('that is refused again is a problem', async () => {
    const { fetch } = answering(problem(401, 'unauthorized'), problem(401, 'unauthorized'));

    const reply = await new FetchTransport({ url: 'https://sync.example', fetch }).describe('team', never);

    expect(reply).toMatchObject({ ok: false, problem: { code: 'unauthorized', status: 401, traceId: 't1' } });
  });
});

describe('an answer', () => {
  it.each([
    [
      'a problem',
      problem(503, 'cluster-unavailable', { 'Retry-After': '7' }),
      { code: 'cluster-unavailable', status: 503, detail: 'D', retryAfterMs: 7000 },
    ],
    ['one with members', problem(410, 'cursor-gone', {}, { reason: 'epoch' }), { code: 'cursor-gone', body: { reason: 'epoch' } }],
    [
      'no problem document',
      new Response('<html>', { status: 502, statusText: 'Bad Gateway' }),
      { code: 'http-502', detail: 'Bad Gateway' },
    ],
    ['no JSON', new Response('<html>', { status: 200 }), { code: 'network', status: 0 }],
  ])('that is %s becomes a value', async (_, response, expected) => {
    const { fetch } = answering(response);

    const reply = await new FetchTransport({ url: 'https://sync.example', fetch }).describe('team', never);

    expect(reply).toMatchObject({ ok: false, problem: expected });
  });

  it('that never comes ends with the time-out or with the caller', async () => {
    const fetch = ((_: string, { signal }: RequestInit) =>
      new Promise((_, reject) => {
        const abort = () => reject(new DOMException('Aborted.', 'AbortError'));
        if (signal!.aborted) abort();
        else signal!.addEventListener('abort', abort);
      })) as typeof globalThis.fetch;
    const transport = new FetchTransport({ url: 'https://sync.example', fetch, timeoutMs: 1 });

    expect(await transport.describe('team', never)).toMatchObject({ ok: false, problem: { code: 'network' } });
    expect(await transport.describe('team', AbortSignal.abort())).toMatchObject({ ok: false, problem: { code: 'aborted' } });
  });
});

describe('a batch', () => {
  it('travels as gzip', async () => {
    const { calls, fetch } = answering(Response.json({}));
    const batch = { batchId: 'b', changes: [{ value: 'x'.repeat(5000) }] } as unknown as WireBatch;

    await new FetchTransport({ url: 'https://sync.example', fetch }).push('team', batch, never);

    expect(calls[0]!.init.headers).toMatchObject({ 'Content-Encoding': 'gzip', 'Content-Type': 'application/json' });
    expect(JSON.parse(gunzipSync(calls[0]!.init.body as ArrayBuffer).toString())).toEqual(batch);
  });
});
