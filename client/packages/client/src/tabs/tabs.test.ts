import { describe, expect, it } from 'vitest';
import { openDevice } from '../../tests/device.fixture.js';
import { FakeBrowser } from '../../tests/tabs.fixture.js';
import { MemoryServer } from '../testing/index.js';

async function twoTabs(name: string) {
  const server = new MemoryServer();
  const browser = new FakeBrowser();
  const open = () =>
    openDevice(server, { name, autoStart: true, environment: { locks: browser.locks, openChannel: () => browser.openChannel() } });
  const first = await open();
  await first.db.syncNow();
  const second = await open();
  return { server, first, second };
}

describe('two tabs', () => {
  it('have one that syncs, and both see everything', async () => {
    const { server, first, second } = await twoTabs('tabs-1');
    const seen: unknown[] = [];
    first.db.subscribe({ store: 'todos', index: 'byDone', range: 1 }, todos => seen.push(todos.map(todo => todo.id)));

    await second.db.put('todos', { id: 'a', title: 'x', done: 1 });
    await expect.poll(() => server.records('team', 'todos')).toEqual({ '"a"': { id: 'a', title: 'x', done: 1 } });
    server.write('team', 'todos', 'b', { id: 'b', title: 'x', done: 1 });

    await expect.poll(() => seen.at(-1)).toEqual(['a', 'b']);
    expect(second.transport.calls).toEqual([]);
    expect([(await first.db.status()).leader, (await second.db.status()).leader]).toEqual([true, false]);
    expect((await second.db.status()).state).toMatch(/idle|syncing/);
  });

  it('that come later know how things stand', async () => {
    const { first, second } = await twoTabs('tabs-5');
    await expect.poll(async () => (await second.db.status()).state).toBe('idle');

    first.db.pause();
    await expect.poll(async () => (await second.db.status()).state).toBe('paused');
    await first.db.close();
    await second.db.put('todos', { id: 'a', title: 'x' });

    await expect.poll(async () => (await second.db.status()).leader).toBe(true);
    expect(second.transport.calls).toEqual([]);
  });

  it('that are closed leave nobody waiting', async () => {
    const { first, second } = await twoTabs('tabs-6');
    second.db.pause();
    const waiting = [first, second].map(({ db }) => expect(db.syncNow()).rejects.toMatchObject({ code: 'refused' }));

    await first.db.close();
    await second.db.close();

    await Promise.all(waiting);
  });

  it('go on when the one that syncs is closed', async () => {
    const { server, first, second } = await twoTabs('tabs-2');

    await first.db.close();
    await second.db.put('todos', { id: 'a', title: 'x' });
    await second.db.syncNow();

    expect(Object.keys(server.records('team', 'todos'))).toEqual(['"a"']);
    expect((await second.db.status()).leader).toBe(true);
  });

  it('let the other one sync on demand', async () => {
    const { server, first, second } = await twoTabs('tabs-3');
    first.db.pause();
    await second.db.put('todos', { id: 'a', title: 'x' });
    first.db.resume();

    await second.db.syncNow();

    expect(Object.keys(server.records('team', 'todos'))).toEqual(['"a"']);
    expect(second.transport.calls).toEqual([]);
  });

  it('close when another deletes the database', async () => {
    const { first, second } = await twoTabs('tabs-4');
    const told = new Promise(resolve => second.db.on('outdated', resolve));

    await first.db.destroy();

    expect(await told).toEqual({ version: null });
    await expect(second.db.put('todos', { id: 'a', title: 'x' })).rejects.toMatchObject({ code: 'closed' });
  });
});
