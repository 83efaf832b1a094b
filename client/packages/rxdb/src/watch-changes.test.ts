import { getEventListeners } from 'node:events';
import type { RxCollection } from 'rxdb/plugins/core';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Service } from './service.js';
import { type Watch, watchChanges } from './watch-changes.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A watch of streams that a test makes. */
function watched(answer: (signal: AbortSignal) => Promise<Response>) {
  const ends = new AbortController();
  const service = new Service('', 'token', (_, init) => answer(init!.signal!));
  const emit = vi.fn();
  const watch: Watch<object> = {
    collection: { schema: { primaryPath: 'id' } } as unknown as RxCollection<object>,
    service,
    changes: service,
    store: 'notes',
    cursor: () => undefined,
    emit,
    fail: vi.fn(),
    signal: ends.signal,
    retryTime: 1000,
  };
  return { ends, emit, watch };
}

it('a stream that falls silent is opened anew, and what came meanwhile is pulled', async () => {
  let opened = 0;
  const { ends, emit, watch } = watched(async signal => {
    opened++;
    // The network is gone after the first event, and nobody says so.
    const body = new ReadableStream<Uint8Array>({
      start: controller => {
        controller.enqueue(new TextEncoder().encode(': lives\n\n'));
        signal.addEventListener('abort', () => controller.error(signal.reason));
      },
    });
    return new Response(body);
  });
  const watching = watchChanges(watch, false);

  await vi.advanceTimersByTimeAsync(40_000);
  expect(opened).toBe(1);
  await vi.advanceTimersByTimeAsync(10_000);

  expect(opened).toBe(2);
  expect(emit.mock.calls).toEqual([['RESYNC'], ['RESYNC']]);
  expect(watch.fail).not.toHaveBeenCalled();
  ends.abort();
  await watching;
});

it('a service that is away for long leaves nothing behind', async () => {
  const { ends, watch } = watched(async () => {
    throw new TypeError('The network is gone.');
  });
  const watching = watchChanges(watch, false);

  await vi.advanceTimersByTimeAsync(100_000);

  expect(watch.fail).toHaveBeenCalledTimes(101);
  expect(getEventListeners(ends.signal, 'abort').length).toBeLessThan(5);
  ends.abort();
  await watching;
});
