import { describe, expect, it } from 'vitest';
import { openDevice, STORES, sync, type Todos } from '../../tests/device.fixture.js';
import { openSyncDatabase } from '../index.js';
import { MemoryServer, MemoryTransport } from '../testing/index.js';

describe('a cursor that is gone', () => {
  it('has everything loaded anew, without what was deleted meanwhile, and keeps the outbox', async () => {
    const server = new MemoryServer();
    const { db } = await openDevice(server);
    await db.put('todos', { id: 'a', title: 'x' });
    await db.put('todos', { id: 'b', title: 'x' });
    await sync(db);
    await db.put('todos', { id: 'mine', title: 'x' });
    server.write('team', 'todos', 'b');
    server.write('team', 'todos', 'c', { id: 'c', title: 'x' });
    server.dropLog('team');
    const progress: unknown[] = [];
    db.on('progress', told => progress.push(told));

    await sync(db);

    expect((await db.getAll('todos')).map(todo => todo.id)).toEqual(['a', 'c', 'mine']);
    expect(progress.at(-1)).toEqual({ dataset: 'team', loaded: 3, done: true });
  });
});

describe('another epoch', () => {
  it('has everything loaded anew and the outbox rebased on it', async () => {
    const server = new MemoryServer();
    const { db } = await openDevice(server);
    await db.put('todos', { id: 'a', title: 'old' });
    await db.put('todos', { id: 'gone', title: 'x' });
    await sync(db);
    await db.patch('todos', 'a', { done: 1 });
    server.newHistory('team');
    server.write('team', 'todos', 'a', { id: 'a', title: 'restored' });
    server.write('team', 'todos', 'gone');

    await sync(db);

    expect(await db.getAll('todos')).toEqual([{ id: 'a', title: 'restored', done: 1 }]);
    expect(server.records('team', 'todos')).toEqual({ '"a"': { id: 'a', title: 'restored', done: 1 } });
  });
});

describe('a history that lacks a record which was edited here', () => {
  it('has the edit know nothing of what others make of that record afterwards', async () => {
    const server = new MemoryServer({ policies: { todos: 'reject' } });
    for (const title of ['1', '2', '3']) server.write('team', 'todos', 'a', { id: 'a', title });
    const { db, transport } = await openDevice(server);
    await sync(db);
    await db.patch('todos', 'a', { done: 1 });
    server.newHistory('team');
    const log = server.dataset('team');
    log.records.clear();
    log.seq = log.oldestSeq = 0;
    let loads = 0;
    transport.interference.before = call => {
      if (call === 'snapshot') loads += 1;
      if (call !== 'push' || loads !== 1) return undefined;
      loads += 1;
      server.write('team', 'todos', 'b', { id: 'b', title: 'first of this history' });
      server.write('team', 'todos', 'a', { id: 'a', title: 'anew' });
      return undefined;
    };

    await sync(db);

    expect(await db.conflicts()).toHaveLength(1);
    expect(server.records('team', 'todos')).toMatchObject({ '"a"': { id: 'a', title: 'anew' } });
  });
});

describe('a record that is loaded again', () => {
  it('is told when it is another one, also with the same rev', async () => {
    const server = new MemoryServer();
    server.write('team', 'todos', 'a', { id: 'a', title: 'old' });
    server.write('team', 'todos', 'b', { id: 'b', title: 'same' });
    const { db } = await openDevice(server);
    await sync(db);
    const told: unknown[] = [];
    db.on('change', ({ changes }) => told.push(...changes));
    const { record } = [...server.dataset('team').records.values()][0]!;
    record.value = { id: 'a', title: 'restored' };
    server.newHistory('team');

    await sync(db);

    expect(told).toEqual([{ store: 'todos', key: 'a' }]);
    expect(await db.getAll('todos')).toEqual([
      { id: 'a', title: 'restored' },
      { id: 'b', title: 'same' },
    ]);
  });

  it('goes where it has become one that its store cannot keep', async () => {
    const server = new MemoryServer();
    server.write('team', 'todos', 'a', { id: 'a', title: 'x' });
    const { db } = await openDevice(server);
    await sync(db);
    const told: unknown[] = [];
    db.on('change', ({ changes }) => told.push(...changes));
    server.write('team', 'todos', 'a', 'a text, in which there is no place for a key');
    server.dropLog('team');

    await sync(db);

    expect(told).toEqual([{ store: 'todos', key: 'a', deleted: true }]);
    expect(await db.getAll('todos')).toEqual([]);
  });
});

describe('a row that cannot travel', () => {
  it('stays, whatever is loaded, and goes up once it can', async () => {
    const server = new MemoryServer();
    server.write('team', 'notes', 'theirs', 'x');
    const request = indexedDB.open('local-row', 1);
    await new Promise<void>(resolve => {
      request.onupgradeneeded = () => request.result.createObjectStore('notes').put(/of no JSON/, 'ours');
      request.onsuccess = () => {
        request.result.close();
        resolve();
      };
    });
    const { db } = await openDevice(server, { name: 'local-row' });
    await sync(db);
    server.write('team', 'notes', 'theirs', 'y');
    server.dropLog('team');
    await sync(db);
    expect(await db.getAll('notes')).toEqual([/of no JSON/, 'y']);

    await db.put('notes', 'a text', 'ours');
    await sync(db);

    expect(server.records('team', 'notes')).toEqual({ '"theirs"': 'y', '"ours"': 'a text' });
  });
});

describe('a store that is added later', () => {
  it('is loaded by itself, and the others go on', async () => {
    const server = new MemoryServer();
    server.write('team', 'notes', 'n', 'old');
    const open = (stores: object) =>
      openSyncDatabase<Todos>({
        name: 'grows',
        dataset: 'team',
        stores: stores as never,
        server: new MemoryTransport(server),
        persist: false,
      });
    const first = await open({ todos: STORES.todos });
    await first.put('todos', { id: 'a', title: 'x' });
    await first.syncNow();
    await first.close();

    const second = await open(STORES);
    await second.syncNow();

    expect(await second.get('notes', 'n')).toBe('old');
    expect(await second.count('todos')).toBe(1);
    await second.destroy();
  });
});
