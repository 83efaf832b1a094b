import 'fake-indexeddb/auto';
import { MemoryServer, NETWORK_PROBLEM } from '@myriadsync/client/testing';
import { describe, expect, it, vi } from 'vitest';
import { declareApp, device, once, outbox, TABLES, type Todo } from './device.fixture.js';

describe('a table that cannot be synced is refused with the remedy', () => {
  it.each([
    [
      'keys that count up',
      { friends: '++id, name' },
      {},
      /Table friends counts up its keys \("\+\+id"\).*crypto\.randomUUID\(\).*declares "id"/,
    ],
    ['a unique index', { users: 'id, &email' }, {}, /Index "&email" of table users cannot be unique.*Declare "email"/],
    ['a name that is none of a store', { _users: 'id' }, {}, /"_users" is no name of a store/],
    ['a table that is not there', { todos: 'id' }, { tables: ['users'] }, /no table users/],
    ['no table', {}, {}, /There is no table to sync/],
  ])('%s', (_, tables, options, message) => {
    const db = declareApp(undefined, db => db.version(1).stores(tables));

    expect(() => device(new MemoryServer(), options, db)).toThrow(
      expect.objectContaining({ code: 'invalid-schema', message: expect.stringMatching(message) }),
    );
  });

  it('unless it is left out, and then it is left alone', async () => {
    const db = declareApp(undefined, db => db.version(1).stores({ ...TABLES, friends: '++id, &name' }));
    device(new MemoryServer(), { tables: { todos: { remote: 'tasks' } } }, db);

    await db.table('friends').add({ name: 'x' });
    await db.todos.add({ id: 'a', title: 'x' });

    expect((await outbox(db)).map(item => item.key)).toEqual(['a']);
  });

  it('and a database that is open already', async () => {
    const db = declareApp();
    await db.open();

    expect(() => device(new MemoryServer(), {}, db)).toThrow(/open already/);
  });
});

describe('a database that is there', () => {
  it('goes up with its rows, and two devices that have some of the same show the same', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const server = new MemoryServer();
    const devices = [];
    for (const owner of ['ada', 'bob']) {
      const before = declareApp(`there-${owner}`);
      await before.todos.bulkAdd([
        { id: 'both', title: `of ${owner}` },
        { id: `only-${owner}`, title: 'x' },
      ]);
      await before.notes.put({ by: owner }, [owner]);
      before.close();
      devices.push(device(server, {}, declareApp(`there-${owner}`)));
    }

    for (const { sync } of [...devices, ...devices]) await once(sync);

    const [ada, bob] = await Promise.all(devices.map(({ db }) => Promise.all([db.todos.toArray(), db.notes.toArray()])));
    expect(ada).toEqual(bob);
    expect(ada![0].map(todo => todo.id)).toEqual(['both', 'only-ada', 'only-bob']);
    expect(ada![1]).toEqual([{ by: 'ada' }, { by: 'bob' }]);
    for (const { sync } of devices) expect((await sync.status()).pending).toBe(0);
  });

  it('is synced on after it was closed, and what is edited before it syncs again goes up', async () => {
    const server = new MemoryServer();
    const { db, sync } = device(server);
    await db.todos.add({ id: 'a', title: 'x' });
    await once(sync);
    db.close();
    await expect(sync.status()).rejects.toMatchObject({ code: 'closed' });

    await db.open();
    await db.todos.update('a', { done: 1 });
    await once(sync);

    expect(server.records('team', 'todos')).toEqual({ '"a"': { id: 'a', title: 'x', done: 1 } });
  });
});

describe('an upgrade of the schema', () => {
  const second = (upgrade?: (todo: Todo) => void) =>
    declareApp('upgraded', db => {
      db.version(1).stores(TABLES);
      const version = db.version(2).stores({ todos: 'id, title', notes: null, extra: 'id' });
      if (upgrade) version.upgrade(tx => tx.table('todos').toCollection().modify(upgrade));
    });

  it('keeps the outbox, and sends it', async () => {
    const server = new MemoryServer();
    const old = device(server, {}, declareApp('upgraded'));
    await old.db.todos.add({ id: 'a', title: 'x' });
    await once(old.sync);
    await old.db.todos.update('a', { done: 1 });
    await old.db.notes.put('gone', 'n');
    old.db.close();

    const { db, sync } = device(server, {}, second());
    await db.table('extra').put({ id: 'e' });
    expect(await outbox(db)).toHaveLength(3);
    await once(sync);

    expect(server.records('team', 'todos')).toEqual({ '"a"': { id: 'a', title: 'x', done: 1 } });
    expect(server.records('team', 'notes')).toEqual({ '"n"': 'gone' });
    expect(server.records('team', 'extra')).toEqual({ '"e"': { id: 'e' } });
    expect(await db.todos.where('title').equals('x').count()).toBe(1);
  });

  it('that writes rows makes no edits: the server has the last word on them', async () => {
    const server = new MemoryServer({ policies: { todos: 'field-merge' } });
    const old = device(server, {}, declareApp('upgraded'));
    await old.db.todos.bulkAdd([
      { id: 'a', title: 'x' },
      { id: 'b', title: 'y' },
    ]);
    await once(old.sync);
    await old.db.todos.update('a', { done: 1 });
    old.db.close();

    const { db, sync, transport } = device(
      server,
      {},
      second(todo => {
        todo.title += '!';
      }),
    );
    expect(await db.todos.get('b')).toEqual({ id: 'b', title: 'y!' });
    expect(await outbox(db)).toHaveLength(1);
    server.write('team', 'todos', 'a', { id: 'a', title: 'X' });
    await once(sync);

    expect(transport.calls).toContain('snapshot');
    expect(await db.todos.toArray()).toEqual([
      { id: 'a', title: 'X', done: 1 },
      { id: 'b', title: 'y' },
    ]);
  });

  it('in the middle of a load of a table that is gone begins the load anew', async () => {
    const server = new MemoryServer();
    for (let i = 0; i < 1200; i++) server.write('team', 'notes', i, i);
    const old = device(server, {}, declareApp('upgraded'));
    await once(old.sync);
    let pages = 0;
    old.transport.interference.before = call => (call === 'snapshot' && ++pages === 2 ? NETWORK_PROBLEM : undefined);
    await old.sync.reload();
    await expect(once(old.sync)).rejects.toMatchObject({ code: 'offline' });
    old.db.close();
    for (let i = 0; i < 1200; i++) server.write('team', 'notes', i);
    server.write('team', 'todos', 'a', { id: 'a', title: 'x' });

    const { db, sync } = device(server, {}, second());
    await once(sync);

    expect(await db.todos.count()).toBe(1);
  });
});

it('a newer app has used the database: opening it fails', async () => {
  const server = new MemoryServer();
  const newer = device(server, { schemaVersion: 2 }, declareApp('newer'));
  await newer.db.open();
  newer.db.close();

  const { db } = device(server, {}, declareApp('newer'));

  await expect(db.open()).rejects.toThrow(/newer version of the app/);
});

it('several datasets in one database each have their own outbox and position', async () => {
  const server = new MemoryServer();
  const { db, sync } = device(server, { tables: { todos: { dataset: 'mine' }, notes: {} } });
  await db.transaction('rw', db.todos, db.notes, async () => {
    await db.todos.add({ id: 'a', title: 'x' });
    await db.notes.put('y', 'n');
  });

  await once(sync);

  expect(server.records('mine', 'todos')).toEqual({ '"a"': { id: 'a', title: 'x' } });
  expect(server.records('team', 'notes')).toEqual({ '"n"': 'y' });
  expect((await sync.status()).datasets.map(one => one.dataset)).toEqual(['mine', 'team']);
});

it('what an app writes while its database opens, before sync has ever prepared it, goes up as well', async () => {
  const server = new MemoryServer();
  const db = declareApp();
  db.on('ready', async opening => {
    await opening.table('todos').put({ id: 'a', title: 'of the opening' });
  });
  const { sync } = device(server, {}, db);

  await once(sync);

  expect(server.records('team', 'todos')).toEqual({ '"a"': { id: 'a', title: 'of the opening' } });
});
