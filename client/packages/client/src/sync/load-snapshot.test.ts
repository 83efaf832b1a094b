import { expect, it, vi } from 'vitest';
import { openDevice, serverWith, sync } from '../../tests/device.fixture.js';
import { NETWORK_PROBLEM } from '../testing/index.js';

it('what is edited while it loads is not overwritten by the page that brings the record', async () => {
  const { db, transport } = await openDevice(serverWith(600));
  let pages = 0;
  transport.interference.before = async call => {
    if (call === 'snapshot' && pages++ === 0) await db.put('todos', { id: 't0007', title: 'of the device' });
    return call === 'push' ? NETWORK_PROBLEM : undefined;
  };

  await expect(sync(db)).rejects.toMatchObject({ code: 'offline' });

  expect(await db.count('todos')).toBe(600);
  expect(await db.get('todos', 't0007')).toEqual({ id: 't0007', title: 'of the device' });
});

it('a page is shown whole, or not at all', async () => {
  const { db } = await openDevice(serverWith(600));
  const { put } = IDBObjectStore.prototype;
  const spy = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, ...key) {
    const request = put.call(this, value, ...key);
    // This one is there already, which is known once its turn comes.
    return this.name === 'todos' && (value as { id: string }).id === 't0007' ? this.add(value, ...key) : request;
  });

  await expect(sync(db)).rejects.toMatchObject({ code: 'refused', reason: 'ConstraintError' });
  spy.mockRestore();
  expect(await db.count('todos')).toBe(0);
  await sync(db);

  expect(await db.count('todos')).toBe(600);
});

it('goes on where it was interrupted', async () => {
  const server = serverWith(2300);
  const { db, transport } = await openDevice(server);
  let snapshots = 0;
  transport.interference.before = call => (call === 'snapshot' && ++snapshots === 2 ? NETWORK_PROBLEM : undefined);
  await sync(db).catch(() => undefined);
  expect(await db.count('todos')).toBe(1000);

  await sync(db);

  expect(await db.count('todos')).toBe(2300);
  expect(snapshots).toBe(4);
});

it('does not look through what has come already before it goes on', async () => {
  const server = serverWith(1400);
  const first = await openDevice(server, { name: 'interrupted' });
  let snapshots = 0;
  first.transport.interference.before = call => (call === 'snapshot' && ++snapshots === 2 ? NETWORK_PROBLEM : undefined);
  await sync(first.db).catch(() => undefined);
  await first.db.close();

  const read = vi.spyOn(IDBObjectStore.prototype, 'getAll');
  const second = await openDevice(server, { name: 'interrupted' });
  await sync(second.db);

  expect(await second.db.count('todos')).toBe(1400);
  expect(read.mock.contexts.filter(store => (store as IDBObjectStore).name === 'todos')).toEqual([]);
});
