import { expect, it } from 'vitest';
import { openDevice, serverWith, sync } from '../../tests/device.fixture.js';
import { MemoryServer, NETWORK_PROBLEM } from '../testing/index.js';

it('an edit that was refused before the load does not hide the record that the load brings', async () => {
  const server = new MemoryServer({ limits: { batchBytes: 5000 } });
  server.write('team', 'todos', 'a', { id: 'a', title: 'of the server' });
  const { db, transport } = await openDevice(server);
  const push = transport.push.bind(transport);
  transport.push = async (...args) =>
    args[1].changes.some(c => c.key === 'a')
      ? { ok: false, problem: { code: 'invalid-request', status: 400, detail: 'x' } }
      : push(...args);
  await db.put('todos', { id: 'a', title: 'ours' });
  await sync(db);
  expect(await db.conflicts()).toHaveLength(1);
  await sync(db);
  expect(await db.getAll('todos')).toEqual([{ id: 'a', title: 'of the server' }]);
});

it('a record that was settled before an identity was lost is shown by the first load', async () => {
  const server = new MemoryServer({ limits: { batchChanges: 1 } });
  const { db, transport } = await openDevice(server);
  await db.put('todos', { id: 'a', title: 'settled' });
  await db.delete('todos', 'a');
  await db.put('todos', { id: 'b', title: 'lost' });
  let pushes = 0;
  transport.interference.after = call => (call === 'push' && ++pushes === 3 ? NETWORK_PROBLEM : undefined);
  await sync(db).catch(() => undefined);
  transport.interference = {};
  server.write('team', 'todos', 'a', { id: 'a', title: 'of a job' });
  server.dataset('team').clients.clear();
  await sync(db);
  await sync(db);
  expect(await db.getAll('todos')).toEqual(Object.values(server.records('team', 'todos')));
});

it('an edit that was refused between two pages does not hide the record of the second', async () => {
  const server = serverWith(1400);
  const { db, transport } = await openDevice(server);
  const push = transport.push.bind(transport);
  transport.push = async () => ({ ok: false, problem: { code: 'invalid-request', status: 400, detail: 'x' } });
  let pages = 0;
  transport.interference.before = call => (call === 'snapshot' && ++pages === 2 ? NETWORK_PROBLEM : undefined);
  await sync(db).catch(() => undefined);
  await db.put('todos', { id: 't1399', title: 'ours' });
  await sync(db);
  transport.push = push;
  expect(await db.count('todos')).toBe(1400);
});
