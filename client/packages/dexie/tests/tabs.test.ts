import 'fake-indexeddb/auto';
import { MemoryServer } from '@myriadsync/client/testing';
import { liveQuery } from 'dexie';
import { expect, it } from 'vitest';
import { FakeBrowser } from '../../client/tests/tabs.fixture.js';
import { declareApp, device } from './device.fixture.js';

const within = { timeout: 60_000 };

it('two tabs have one that syncs, and both see everything', async () => {
  const server = new MemoryServer();
  const browser = new FakeBrowser();
  const tab = () =>
    device(
      server,
      { autoStart: true, environment: { locks: browser.locks, openChannel: () => browser.openChannel() } },
      declareApp('tabs'),
    );
  const [first, second] = [tab(), tab()];
  await first.sync.syncNow();
  await second.db.open();
  const told: string[] = [];
  first.sync.on('change', ({ changes, origin }) => told.push(...changes.map(change => `${origin} ${String(change.key)}`)));
  const shown: string[] = [];
  const query = liveQuery(() => second.db.todos.toArray()).subscribe(todos => shown.push(todos.map(todo => todo.title).join()));

  await second.db.todos.add({ id: 'a', title: 'of the second tab' });
  await expect.poll(() => Object.keys(server.records('team', 'todos')), within).toEqual(['"a"']);
  server.write('team', 'todos', 'b', { id: 'b', title: 'of a job' });

  await expect.poll(() => shown.at(-1), within).toBe('of the second tab,of a job');
  expect(told).toEqual(['local a', 'remote b']);
  expect(second.transport.calls).toEqual([]);
  expect([(await first.sync.status()).leader, (await second.sync.status()).leader]).toEqual([true, false]);
  first.db.close();
  await second.db.todos.update('b', { done: 1 });
  await expect.poll(() => server.records('team', 'todos')['"b"'], within).toEqual({ id: 'b', title: 'of a job', done: 1 });
  query.unsubscribe();
});
