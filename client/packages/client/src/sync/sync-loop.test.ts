import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDevice } from '../../tests/device.fixture.js';
import { MemoryServer, NETWORK_PROBLEM } from '../testing/index.js';

/** fake-indexeddb runs on setImmediate, which stays real. */
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Lets everything happen that can without time passing. */
async function settle(): Promise<void> {
  for (let i = 0; i < 400; i++) await new Promise(resolve => setImmediate(resolve));
}

async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  await settle();
}

async function started(random = 0.5) {
  const server = new MemoryServer();
  const world = { online: true, wake: () => undefined as void };
  const log: string[] = [];
  const { db, transport } = await openDevice(server, {
    debug: line => log.push(line.replace('[myriadsync team] ', '')),
    environment: {
      random: () => random,
      online: () => world.online,
      onWake: callback => {
        world.wake = callback;
        return () => undefined;
      },
    },
  });
  db.on('status', ({ state }) => log.push(`-> ${state}`));
  db.resume();
  await settle();
  return { server, db, transport, log, world, taken: () => log.splice(0) };
}

describe('the loop', () => {
  it('connects, pushes, loads, pulls, and watches', async () => {
    const { taken } = await started();

    expect(taken()).toEqual([
      'connect: done',
      '-> syncing',
      'push: done',
      'load: done',
      'pull: done',
      'push: done',
      'load: done',
      '-> idle',
    ]);
  });

  it('takes in what comes while it watches, and watches on', async () => {
    const { server, db, taken } = await started();
    taken();

    server.write('team', 'todos', 'a', { id: 'a', title: 'x' });
    await settle();
    expect(await db.count('todos')).toBe(1);
    await pass(30_000);

    expect(taken()).toEqual([
      'watch: done',
      '-> syncing',
      'push: done',
      'load: done',
      '-> idle',
      'watch: done',
      '-> syncing',
      'push: done',
      'load: done',
      '-> idle',
    ]);
  });

  it('ends the watch for an edit', async () => {
    const { db, taken, transport } = await started();
    taken();

    await db.put('todos', { id: 'a', title: 'x' });
    await settle();

    expect(taken()).toEqual([
      'watch: aborted',
      '-> syncing',
      'push: more',
      'push: done',
      'load: done',
      '-> idle',
      'watch: done',
      '-> syncing',
      'push: done',
      'load: done',
      '-> idle',
    ]);
    expect(transport.calls.filter(call => call === 'push')).toHaveLength(1);
  });

  it('backs off with full jitter while there is no answer, whatever is edited, and comes back', async () => {
    const { db, transport, taken } = await started();
    taken();
    transport.interference.before = () => NETWORK_PROBLEM;

    await db.put('todos', { id: 'a', title: 'x' });
    await settle();
    await db.put('todos', { id: 'b', title: 'x' });
    await pass(500);
    await pass(1000);
    transport.interference = {};
    await pass(2000);

    expect(taken()).toEqual([
      'watch: aborted',
      '-> syncing',
      'push: network',
      '-> offline',
      'wait: 500 ms after network',
      '-> syncing',
      'push: network',
      '-> offline',
      'wait: 1000 ms after network',
      '-> syncing',
      'push: network',
      '-> offline',
      'wait: 2000 ms after network',
      '-> syncing',
      'push: more',
      'push: more',
      'push: done',
      'load: done',
      'pull: done',
      '-> idle',
    ]);
  });

  it('waits at least as long as the server asks for', async () => {
    const { db, transport, taken } = await started(0);
    taken();
    let busy = true;
    transport.interference.before = call =>
      call === 'push' && busy ? { code: 'storage-unavailable', status: 503, detail: '', retryAfterMs: 5000 } : undefined;

    await db.put('todos', { id: 'a', title: 'x' });
    await settle();
    busy = false;
    await pass(4999);
    expect(taken().slice(-2)).toEqual(['-> error', 'wait: 5000 ms after storage-unavailable']);
    await pass(1);

    expect(taken().slice(0, 3)).toEqual(['-> syncing', 'push: more', 'push: done']);
  });

  it('does nothing while there is no network, and goes on when it is back', async () => {
    const { db, world, transport, taken } = await started();
    world.online = false;
    world.wake();
    await settle();
    taken();
    transport.calls.length = 0;

    await db.put('todos', { id: 'a', title: 'x' });
    await pass(600_000);
    expect(transport.calls).toEqual([]);
    expect(taken()).toEqual([]);
    world.online = true;
    world.wake();
    await settle();

    expect(taken()).toEqual(['-> syncing', 'push: more', 'push: done', 'load: done', 'pull: done', '-> idle']);
  });

  it('asks how a batch stands that the server keeps, and pulls meanwhile', async () => {
    const { server, db, transport, taken } = await started();
    taken();
    let kept: Parameters<typeof transport.push> | undefined;
    const push = transport.push.bind(transport);
    transport.push = async (...call) => {
      kept = call;
      return { ok: true, retryAfterMs: 2000, value: { batchId: call[1].batchId, status: 'accepted', serverTime: Date.now(), results: [] } };
    };
    let up = false;
    transport.batchStatus = async () =>
      up
        ? push(...kept!)
        : { ok: true, retryAfterMs: 2000, value: { batchId: kept![1].batchId, status: 'accepted', serverTime: Date.now(), results: [] } };

    await db.put('todos', { id: 'a', title: 'x' });
    await settle();
    server.write('team', 'todos', 'b', { id: 'b', title: 'x' });
    await settle();
    expect(await db.count('todos')).toBe(2);
    expect((await db.status()).datasets[0]).toMatchObject({ waiting: true, pending: 1 });
    up = true;
    await pass(2000);

    expect((await db.status()).datasets[0]).toMatchObject({ waiting: false, pending: 0 });
    expect(taken().filter(line => line.startsWith('push'))).toEqual([
      'push: waiting',
      'push: waiting',
      'push: more',
      'push: done',
      'push: done',
    ]);
  });

  it('stops for a pause, and for good when closed', async () => {
    const { db, transport, taken } = await started();
    taken();

    db.pause();
    await settle();
    await db.put('todos', { id: 'a', title: 'x' });
    await pass(60_000);
    expect(taken()).toEqual(['watch: aborted', '-> paused']);
    await db.close();
    transport.calls.length = 0;
    await pass(60_000);

    expect(transport.calls).toEqual([]);
  });
});
