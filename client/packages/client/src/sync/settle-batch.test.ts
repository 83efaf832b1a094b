import { describe, expect, it } from 'vitest';
import { openDevice, sync } from '../../tests/device.fixture.js';
import { MemoryServer, NETWORK_PROBLEM } from '../testing/index.js';

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

describe('edits of one record, the first of which is settled', () => {
  it('stay pending, and build on the outcome', async () => {
    const server = new MemoryServer();
    const { db, transport } = await openDevice(server);
    const bases: unknown[] = [];
    transport.interference.after = async call => {
      if (call === 'push' && bases.length === 0) await db.patch('todos', 'a', { done: 1 });
      return undefined;
    };
    transport.interference.before = call => (call === 'push' && bases.length > 0 ? NETWORK_PROBLEM : undefined);
    const push = transport.push.bind(transport);
    transport.push = async (dataset, batch, signal) => {
      const reply = await push(dataset, batch, signal);
      bases.push(batch.changes.map(({ base }) => base));
      return reply;
    };
    await db.put('todos', { id: 'a', title: 'first' });
    await sync(db).catch(() => undefined);
    expect(await db.idb.getAll('$records')).toMatchObject([{ rev: 1, pending: 1, view: { value: { id: 'a', title: 'first' } } }]);

    delete transport.interference.before;
    await sync(db);

    expect(bases).toEqual([[undefined], [1], [1]]);
    expect(await db.get('todos', 'a')).toEqual({ id: 'a', title: 'first', done: 1 });
    expect(await db.idb.getAll('$records')).toMatchObject([{ rev: 2 }]);
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

describe('an edit of which the server no longer knows what became', () => {
  it('is shown as a conflict when its answer was lost', async () => {
    const server = new MemoryServer();
    server.write('team', 'todos', 'a', { id: 'a', votes: 1 });
    const { db, transport } = await openDevice(server);
    await sync(db);
    transport.interference.after = call => (call === 'push' ? NETWORK_PROBLEM : undefined);
    await db.increment('todos', 'a', 'votes', 2);
    await sync(db).catch(() => undefined);
    server.forgetOutcomes('team');

    transport.interference = {};
    await sync(db);

    expect(await db.conflicts()).toMatchObject([{ kind: 'unconfirmed', key: 'a', ours: { id: 'a', votes: 3 } }]);
    expect(await db.get('todos', 'a')).toEqual({ id: 'a', votes: 3 });
    expect((await db.status()).pending).toBe(0);
  });

  it('is not lost in silence when it was another edit, of a copy of this client', async () => {
    const server = new MemoryServer();
    const { db, transport } = await openDevice(server);
    await db.put('todos', { id: 'a', title: 'x' });
    await sync(db);
    const clientId = [...server.dataset('team').clients.keys()][0]!;
    const edit = {
      seq: 2,
      store: 'todos',
      key: 'b',
      op: 'put' as const,
      value: { id: 'b', title: 'of the copy' },
      at: '0199c0ffee020000c',
    };
    await transport.push(
      'team',
      { schemaVersion: 1, clientId, batchId: 'copy', atomic: false, changes: [edit] },
      new AbortController().signal,
    );
    server.forgetOutcomes('team');
    await db.put('todos', { id: 'c', title: 'of this one' });

    await sync(db);

    expect(await db.conflicts()).toMatchObject([{ kind: 'unconfirmed', key: 'c', ours: { id: 'c', title: 'of this one' } }]);
    expect((await db.getAll('todos')).map(todo => todo.id)).toEqual(['a', 'b']);
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

describe('an edit whose answer was lost before everything was loaded anew', () => {
  it('is not counted on top of a record that has it already', async () => {
    const server = new MemoryServer();
    server.write('team', 'todos', 'a', { id: 'a', title: 'x', votes: 0 });
    const { db, transport } = await openDevice(server);
    await sync(db);
    await db.increment('todos', 'a', 'votes');
    transport.interference.after = call => (call === 'push' ? NETWORK_PROBLEM : undefined);
    await expect(sync(db)).rejects.toMatchObject({ code: 'offline' });
    delete transport.interference.after;
    server.newHistory('team');

    await sync(db);

    expect(await db.getAll('todos')).toEqual([{ id: 'a', title: 'x', votes: 1 }]);
    expect(server.records('team', 'todos')).toEqual({ '"a"': { id: 'a', title: 'x', votes: 1 } });
  });
});
