import { describe, expect, it, vi } from 'vitest';
import { openDevice, STORES, sync, type Todos } from '../../tests/device.fixture.js';
import { openSyncDatabase, type SyncDatabase } from '../index.js';
import { MemoryServer, MemoryTransport, NETWORK_PROBLEM } from '../testing/index.js';

const RECORDS = 600;

/** A server that has many records. */
function filled(): MemoryServer {
  const server = new MemoryServer();
  for (let i = 0; i < RECORDS; i++) server.write('team', 'todos', `t${i}`, { id: `t${i}`, title: 'of the server' });
  return server;
}

/** Something to wait for. */
function gate() {
  let open!: () => void;
  const opened = new Promise<void>(resolve => (open = resolve));
  return { open, opened };
}

it('what is edited while it loads is not overwritten by the page that brings the record', async () => {
  const { db, transport } = await openDevice(filled());
  let pages = 0;
  transport.interference.before = async call => {
    if (call === 'snapshot' && pages++ === 0) await db.put('todos', { id: 't7', title: 'of the device' });
    return call === 'push' ? NETWORK_PROBLEM : undefined;
  };

  await expect(sync(db)).rejects.toMatchObject({ code: 'offline' });

  expect(await db.count('todos')).toBe(RECORDS);
  expect(await db.get('todos', 't7')).toEqual({ id: 't7', title: 'of the device' });
});

it('a page is shown whole, or not at all', async () => {
  const { db } = await openDevice(filled());
  const { put } = IDBObjectStore.prototype;
  const spy = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, ...key) {
    const request = put.call(this, value, ...key);
    // This one is there already, which is known once its turn comes.
    return this.name === 'todos' && (value as { id: string }).id === 't7' ? this.add(value, ...key) : request;
  });

  await expect(sync(db)).rejects.toMatchObject({ code: 'refused', reason: 'ConstraintError' });
  spy.mockRestore();
  expect(await db.count('todos')).toBe(0);
  await sync(db);

  expect(await db.count('todos')).toBe(RECORDS);
});

describe('a record of the first load', () => {
  const states = (db: SyncDatabase<Todos>) => db.idb.getAll('$records');

  it('has no state until somebody changes it', async () => {
    const server = filled();
    const { db } = await openDevice(server);
    await sync(db);
    expect(await states(db)).toEqual([]);

    await db.patch('todos', 't7', { done: 1 });
    server.write('team', 'todos', 't8', { id: 't8', title: 'of a job' });
    await sync(db);

    expect((await states(db)).map(({ rev }) => rev)).toEqual([RECORDS + 2, RECORDS + 1]);
    expect(await db.get('todos', 't8')).toEqual({ id: 't8', title: 'of a job' });
  });

  it('is edited against what came with it', async () => {
    const server = new MemoryServer({ policies: { todos: 'reject' } });
    for (const id of ['a', 'b']) server.write('team', 'todos', id, { id, title: 'of the server' });
    const { db, transport } = await openDevice(server);
    const pushed = vi.spyOn(transport, 'push');
    await sync(db);
    const conflicts: unknown[] = [];
    db.on('conflict', conflict => conflicts.push(conflict.key));

    await db.patch('todos', 'a', { done: 1 });
    await db.patch('todos', 'b', { done: 1 });
    server.write('team', 'todos', 'b', { id: 'b', title: 'of a job' });
    await sync(db);

    expect(pushed.mock.calls[0]![1].changes.map(({ op, base }) => ({ op, base }))).toEqual(Array(2).fill({ op: 'patch', base: 2 }));
    expect(conflicts).toEqual(['b']);
    expect(server.records('team', 'todos')['"a"']).toEqual({ id: 'a', title: 'of the server', done: 1 });
  });

  it('has one when it was changed after the load began', async () => {
    const server = new MemoryServer();
    for (let i = 0; i < 1400; i++) server.write('team', 'todos', `t${String(i).padStart(4, '0')}`, { id: `t${i}`, title: 'x' });
    const { db, transport } = await openDevice(server);
    let pages = 0;
    transport.interference.after = call => {
      if (call === 'snapshot' && pages++ === 0) server.write('team', 'todos', 't1399', { id: 't1399', title: 'newer' });
      return call === 'pull' ? NETWORK_PROBLEM : undefined;
    };

    await expect(sync(db)).rejects.toMatchObject({ code: 'offline' });

    expect(await states(db)).toEqual([{ rev: 1401, seen: 1 }]);
    expect(await db.count('todos')).toBe(1400);
  });

  it('is the newest that any tab was shown, when two tabs load at once', async () => {
    const server = new MemoryServer();
    for (let i = 0; i < 1400; i++) server.write('team', 'todos', `t${String(i).padStart(4, '0')}`, { id: `t${i}`, title: 'x' });
    const [early, late] = [await openDevice(server, { name: 'two-tabs' }), await openDevice(server, { name: 'two-tabs' })];
    const [asked, shown] = [gate(), gate()];
    // The first page of one tab is under way until the other has shown its own, of later.
    let pages = 0;
    early.transport.interference.after = async call => {
      if (call !== 'snapshot') return undefined;
      if (pages++ > 0) return NETWORK_PROBLEM;
      asked.open();
      await shown.opened;
      return undefined;
    };
    const ended = sync(early.db).catch(() => undefined);
    await asked.opened;
    server.write('team', 'todos', 't0000', { id: 't0000', title: 'newer' });
    late.db.on('progress', () => shown.open());
    let asks = 0;
    late.transport.interference.before = async call => {
      if (call === 'snapshot' && asks++ > 0) await ended;
      return undefined;
    };

    await sync(late.db);

    expect(await late.db.get('todos', 't0000')).toEqual({ id: 't0000', title: 'newer' });
  });

  it('goes when a later load does not show it, unless somebody edited it here', async () => {
    const server = filled();
    const { db } = await openDevice(server);
    await sync(db);
    await db.patch('todos', 't8', { done: 1 });
    for (const id of ['t7', 't8']) server.write('team', 'todos', id);
    server.dropLog('team');
    const told: unknown[] = [];
    db.on('change', ({ changes, origin }) => origin === 'remote' && told.push(...changes));

    await sync(db);

    expect(told).toEqual(
      expect.arrayContaining([
        { store: 'todos', key: 't7', deleted: true },
        { store: 'todos', key: 't8', deleted: true },
      ]),
    );
    expect(told).toHaveLength(2);
    expect(await db.count('todos')).toBe(RECORDS - 2);
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

  it('goes on with the load where it was interrupted', async () => {
    const server = new MemoryServer();
    for (let i = 0; i < 2300; i++) server.write('team', 'todos', `t${String(i).padStart(4, '0')}`, { id: `t${i}`, title: 'x' });
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
    const server = new MemoryServer();
    for (let i = 0; i < 1400; i++) server.write('team', 'todos', `t${i}`, { id: `t${i}`, title: 'x' });
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
