import { describe, expect, it, vi } from 'vitest';
import { openDevice, STORES, sync, type Todos } from '../../tests/device.fixture.js';
import { openSyncDatabase } from '../index.js';
import { DATASETS, type DatasetState } from '../storage/layout.js';
import { MemoryServer, MemoryTransport, NETWORK_PROBLEM } from '../testing/index.js';

describe('an edit made while a push is under way', () => {
  it('is not overwritten by the outcome, and goes in after it', async () => {
    const server = new MemoryServer();
    const { db, transport } = await openDevice(server);
    let edited = false;
    transport.interference.after = async call => {
      if (call === 'push' && !edited) {
        edited = true;
        await db.put('todos', { id: 'a', title: 'second' });
      }
      return undefined;
    };
    await db.put('todos', { id: 'a', title: 'first' });

    await sync(db);

    expect(await db.get('todos', 'a')).toEqual({ id: 'a', title: 'second' });
    expect(server.records('team', 'todos')).toEqual({ '"a"': { id: 'a', title: 'second' } });
  });
});

describe('what others did while an edit was pending', () => {
  it('shows once the edit was refused', async () => {
    const server = new MemoryServer({ reject: change => (change.op === 'patch' ? 'schema' : undefined) });
    const { db, transport } = await openDevice(server);
    await db.put('todos', { id: 'a', title: 'old' });
    await sync(db);
    transport.interference.before = call => (call === 'push' ? NETWORK_PROBLEM : undefined);
    await db.patch('todos', 'a', { done: 1 });
    server.write('team', 'todos', 'a', { id: 'a', title: 'of a job' });
    await sync(db).catch(() => undefined);
    expect(await db.get('todos', 'a')).toEqual({ id: 'a', title: 'old', done: 1 });

    transport.interference = {};
    await sync(db);

    expect(await db.get('todos', 'a')).toEqual({ id: 'a', title: 'of a job' });
    expect(await db.conflicts()).toMatchObject([{ kind: 'rejected', reason: 'schema', ours: { id: 'a', title: 'old', done: 1 } }]);
  });
});

describe('a conflict left to the client', () => {
  it('is kept, told, and settled by a decision', async () => {
    const server = new MemoryServer({ policies: { todos: 'reject' } });
    const { db } = await openDevice(server);
    const told: unknown[] = [];
    db.on('conflict', conflict => told.push(conflict.theirs));
    await db.put('todos', { id: 'a', title: 'old' });
    await sync(db);
    server.write('team', 'todos', 'a', { id: 'a', title: 'theirs' });
    await db.patch('todos', 'a', { title: 'ours' });
    await sync(db);
    expect(await db.get('todos', 'a')).toEqual({ id: 'a', title: 'theirs' });
    expect(told).toEqual([{ id: 'a', title: 'theirs' }]);

    await db.resolve((await db.conflicts())[0]!.id, 'ours');
    await sync(db);

    expect(server.records('team', 'todos')).toEqual({ '"a"': { id: 'a', title: 'ours' } });
    expect(await db.conflicts()).toEqual([]);
  });
});

describe('a batch that the server refuses as a whole', () => {
  it('is halved until the bad edit is alone, and its neighbours go in', async () => {
    const server = new MemoryServer();
    const { db, transport } = await openDevice(server);
    const push = transport.push.bind(transport);
    transport.push = (dataset, batch, signal) =>
      batch.changes.some(change => change.key === 't3')
        ? Promise.resolve({ ok: false, problem: { code: 'invalid-request', status: 400, detail: 'No.' } })
        : push(dataset, batch, signal);
    await db.putAll(
      'todos',
      Array.from({ length: 7 }, (_, i) => ({ id: `t${i}`, title: 'x' })),
    );

    await sync(db);

    expect(Object.keys(server.records('team', 'todos'))).toHaveLength(6);
    expect(await db.conflicts()).toMatchObject([{ kind: 'rejected', key: 't3', reason: 'invalid-request' }]);
    expect((await db.status()).pending).toBe(0);
  });
});

describe('a server that no longer knows the client', () => {
  it('gets under a new id what it certainly has not, and the user decides about the rest', async () => {
    const server = new MemoryServer();
    const { db, transport } = await openDevice(server);
    await db.put('todos', { id: 'sure', title: 'x' });
    await sync(db);
    const before = (await db.diagnose()).datasets[0]!.position.clientId;
    let lost = false;
    transport.interference.after = call => {
      if (call !== 'push' || lost) return undefined;
      lost = true;
      return NETWORK_PROBLEM;
    };
    await db.put('todos', { id: 'unsure', title: 'x', votes: 1 });
    await sync(db).catch(() => undefined);
    await db.put('todos', { id: 'later', title: 'x' });
    server.newHistory('team', true);
    server.write('team', 'todos', 'unsure');

    await sync(db);

    expect((await db.diagnose()).datasets[0]!.position.clientId).not.toBe(before);
    expect(Object.keys(server.records('team', 'todos')).sort()).toEqual(['"later"', '"sure"']);
    expect(await db.conflicts()).toMatchObject([{ kind: 'unconfirmed', key: 'unsure', ours: { id: 'unsure', title: 'x', votes: 1 } }]);
    expect(await db.get('todos', 'unsure')).toBeUndefined();
  });

  it('keeps the edit of a profile that has lost its last transactions', async () => {
    const server = new MemoryServer();
    const { db } = await openDevice(server);
    await db.put('todos', { id: 'a', title: 'x' });
    await sync(db);
    const state = (await db.idb.get(DATASETS, 'team')) as DatasetState;
    await db.put('todos', { id: 'b', title: 'x' });
    await sync(db);
    await db.idb.put(DATASETS, state, 'team');
    await db.put('todos', { id: 'c', title: 'after the power cut' });

    await sync(db);

    expect(Object.keys(server.records('team', 'todos')).sort()).toEqual(['"a"', '"b"', '"c"']);
    expect(await db.conflicts()).toEqual([]);
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
    for (let i = 0; i < 1200; i++) server.write('team', 'todos', `t${String(i).padStart(4, '0')}`, { id: `t${i}`, title: 'x' });
    const { db, transport } = await openDevice(server);
    let snapshots = 0;
    transport.interference.before = call => (call === 'snapshot' && ++snapshots === 2 ? NETWORK_PROBLEM : undefined);
    await sync(db).catch(() => undefined);
    expect(await db.count('todos')).toBe(500);

    await sync(db);

    expect(await db.count('todos')).toBe(1200);
    expect(snapshots).toBe(4);
  });

  it('does not look through what has come already before it goes on', async () => {
    const server = new MemoryServer();
    for (let i = 0; i < 700; i++) server.write('team', 'todos', `t${i}`, { id: `t${i}`, title: 'x' });
    const first = await openDevice(server, { name: 'interrupted' });
    let snapshots = 0;
    first.transport.interference.before = call => (call === 'snapshot' && ++snapshots === 2 ? NETWORK_PROBLEM : undefined);
    await sync(first.db).catch(() => undefined);
    await first.db.close();

    const read = vi.spyOn(IDBObjectStore.prototype, 'getAll');
    const second = await openDevice(server, { name: 'interrupted' });
    await sync(second.db);

    expect(await second.db.count('todos')).toBe(700);
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

describe('a newer version of the app', () => {
  it('sends what was made in the old one as such, and loads the new shape', async () => {
    const server = new MemoryServer();
    const transport = new MemoryTransport(server);
    const versions: number[] = [];
    const push = transport.push.bind(transport);
    transport.push = (dataset, batch, signal) => {
      versions.push(batch.schemaVersion);
      return push(dataset, batch, signal);
    };
    const open = (schemaVersion: number, autoStart: boolean) =>
      openSyncDatabase<Todos>({
        name: 'upgraded',
        dataset: 'team',
        stores: STORES,
        server: transport,
        persist: false,
        schemaVersion,
        autoStart,
        migrate: record => ({ ...(record as object), done: 0 }),
      });
    const old = await open(1, false);
    await old.put('todos', { id: 'a', title: 'x' });
    await old.close();

    const db = await open(2, false);
    expect(await db.get('todos', 'a')).toEqual({ id: 'a', title: 'x', done: 0 });
    await db.put('todos', { id: 'b', title: 'y', done: 1 });
    await sync(db);

    expect(versions).toEqual([1, 2]);
    expect(transport.calls).toContain('snapshot');
    await db.close();
    await expect(open(1, false)).rejects.toMatchObject({ code: 'newer-version' });
  });
});

describe('rows that were there before they were synced', () => {
  it('go up once, and two devices that have them show the same', async () => {
    const server = new MemoryServer();
    const titles = ['of ada', 'of bob'];
    const devices = [];
    for (const [i, title] of titles.entries()) {
      const request = indexedDB.open(`adopted-${i}`, 1);
      await new Promise<void>(resolve => {
        request.onupgradeneeded = () => {
          const store = request.result.createObjectStore('todos', { keyPath: 'id' });
          store.put({ id: 'both', title });
          store.put({ id: `only ${title}`, title });
        };
        request.onsuccess = () => {
          request.result.close();
          resolve();
        };
      });
      devices.push((await openDevice(server, { name: `adopted-${i}` })).db);
    }
    for (const db of [...devices, ...devices]) await sync(db);

    const [ada, bob] = await Promise.all(devices.map(db => db.getAll('todos')));
    expect(ada!.map(todo => todo.id)).toEqual(['both', 'only of ada', 'only of bob']);
    expect(bob).toEqual(ada);
  });
});

describe('a sync that is asked for while another is under way', () => {
  it('brings what came after the first had looked', async () => {
    const server = new MemoryServer();
    const { db, transport } = await openDevice(server);
    let second: Promise<void> | undefined;
    transport.interference.after = call => {
      if (call === 'pull' && !second) {
        server.write('team', 'todos', 'late', { id: 'late', title: 'x' });
        second = db.syncNow();
      }
      return undefined;
    };

    db.resume();
    await db.syncNow();
    await second;

    expect(await db.count('todos')).toBe(1);
  });
});
