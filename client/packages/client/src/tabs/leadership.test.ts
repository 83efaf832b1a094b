import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeBrowser } from '../../tests/tabs.fixture.js';
import { Leadership } from './leadership.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

it('passes from a tab that is silent for long to the next, and not sooner', async () => {
  const { locks } = new FakeBrowser();
  const ended: string[] = [];
  const until = (name: string) => (signal: AbortSignal) =>
    new Promise<void>(resolve =>
      signal.addEventListener('abort', () => {
        ended.push(name);
        resolve();
      }),
    );
  const frozen = new Leadership('db', locks, until('frozen'));
  const next = new Leadership('db', locks, until('next'));
  frozen.start();
  next.start();

  await vi.advanceTimersByTimeAsync(80_000);
  next.heard();
  await vi.advanceTimersByTimeAsync(80_000);
  expect(next.leads).toBe(false);
  await vi.advanceTimersByTimeAsync(20_000);

  expect(next.leads).toBe(true);
  expect(ended).toEqual(['frozen']);
  await next.stop();
  await frozen.stop();
});

it('leads where the browser refuses its locks', async () => {
  const refused = { request: () => Promise.reject(new DOMException('No origin.', 'SecurityError')) };
  const only = new Leadership('db', refused, signal => new Promise(resolve => signal.addEventListener('abort', () => resolve())));
  only.start();
  await vi.advanceTimersByTimeAsync(0);

  expect(only.leads).toBe(true);
  await only.stop();
});
