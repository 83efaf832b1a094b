import 'fake-indexeddb/auto';
import { openSyncDatabase, type SyncDatabase } from '@myriadsync/client';
import { MemoryServer, MemoryTransport } from '@myriadsync/client/testing';
import { expect, it, vi } from 'vitest';
import { declareApp, device, once, type Todo } from './device.fixture.js';

type Stores = { todos: { key: string; value: Todo; indexes: { byTitle: string } } };

const openClient = (name: string, server: MemoryServer): Promise<SyncDatabase<Stores>> =>
  openSyncDatabase<Stores>({
    name,
    dataset: 'team',
    stores: { todos: { keyPath: 'id', indexes: { byTitle: 'title' } } },
    server: new MemoryTransport(server),
    persist: false,
  });

it('rows under keys that count up move to a table of another name, and go up', async () => {
  const server = new MemoryServer();
  const old = declareApp('counting', db => db.version(1).stores({ friends: '++id, &name' }));
  await old.table('friends').bulkAdd([{ name: 'x' }, { name: 'y' }]);
  old.close();

  const db = declareApp('counting', db => {
    db.version(1).stores({ friends: '++id, &name' });
    db.version(2)
      .stores({ friends: null, people: 'id, name' })
      .upgrade(async tx => {
        const friends = (await tx.table('friends').toArray()) as { id: number; name: string }[];
        await tx.table('people').bulkAdd(friends.map(friend => ({ ...friend, id: `device-${friend.id}` })));
      });
  });
  const { sync } = device(server, {}, db);
  await once(sync);

  expect(server.records('team', 'people')).toEqual({
    '"device-1"': { id: 'device-1', name: 'x' },
    '"device-2"': { id: 'device-2', name: 'y' },
  });
  expect(db.tables.map(table => table.name).filter(name => !name.startsWith('$'))).toEqual(['people']);
});

it('the client goes on with the database that Dexie had, its outbox included, and Dexie with the one of the client', async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const server = new MemoryServer();
  const { db, sync } = device(server, { tables: ['todos'] }, declareApp('moved'));
  await db.todos.add({ id: 'a', title: 'sent' });
  await once(sync);
  await db.todos.bulkPut([
    { id: 'a', title: 'sent', done: 1 },
    { id: 'b', title: 'not sent' },
  ]);
  db.close();

  const client = await openClient('moved', server);
  await client.syncNow();
  expect((await client.getAll('todos', { index: 'byTitle' })).map(todo => todo.id)).toEqual(['b', 'a']);
  expect(server.records('team', 'todos')).toEqual({ '"a"': { id: 'a', title: 'sent', done: 1 }, '"b"': { id: 'b', title: 'not sent' } });
  client.pause();
  await client.patch('todos', 'b', { done: 1 });
  await client.close();

  const again = device(server, { tables: ['todos'] }, declareApp('moved'));
  await once(again.sync);
  expect(server.records('team', 'todos')['"b"']).toEqual({ id: 'b', title: 'not sent', done: 1 });
  expect(await again.db.todos.count()).toBe(2);
});
