import { expect, it, vi } from 'vitest';
import { openDevice, sync } from '../tests/device.fixture.js';
import { MemoryServer } from './testing/index.js';

const full = () => {
  throw new DOMException('Full.', 'QuotaExceededError');
};

it('an edit that does not fit is refused with a clear error and event, and leaves nothing', async () => {
  const { db } = await openDevice(new MemoryServer());
  const told: unknown[] = [];
  db.on('storage-full', event => told.push(event));
  const add = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(full);

  await expect(db.put('todos', { id: 'a', title: 'x' })).rejects.toMatchObject({ code: 'storage-full' });
  add.mockRestore();

  expect(told).toEqual([{ writing: 'edit' }]);
  expect(await db.count('todos')).toBe(0);
  expect((await db.status()).pending).toBe(0);
});

it('a pull that does not fit is told, and tried again; edits still go up', async () => {
  const server = new MemoryServer();
  const { db } = await openDevice(server);
  await db.put('todos', { id: 'a', title: 'x' });
  await sync(db);
  const told: unknown[] = [];
  db.on('storage-full', event => told.push(event));
  server.write('team', 'todos', 'large', { id: 'large', title: 'x' });
  await db.patch('todos', 'a', { done: 1 });
  const { put } = IDBObjectStore.prototype;
  const spy = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value: { id?: string }, ...key) {
    return value?.id === 'large' ? full() : put.call(this, value, ...key);
  });

  await expect(sync(db)).rejects.toMatchObject({ code: 'refused', reason: 'QuotaExceededError' });
  spy.mockRestore();
  expect(server.records('team', 'todos')['"a"']).toEqual({ id: 'a', title: 'x', done: 1 });
  await sync(db);

  expect(told).toEqual([{ writing: 'sync' }]);
  expect(await db.count('todos')).toBe(2);
});
