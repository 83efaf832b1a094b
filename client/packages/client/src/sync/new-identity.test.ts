import { describe, expect, it } from 'vitest';
import { copyProfile, openDevice, sync, type Todos } from '../../tests/device.fixture.js';
import type { SyncDatabase } from '../index.js';
import { DATASETS, type DatasetState } from '../storage/layout.js';
import { MemoryServer, NETWORK_PROBLEM } from '../testing/index.js';

const clientIdOf = async (db: SyncDatabase<Todos>): Promise<string> => (await db.diagnose()).datasets[0]!.position.clientId;

describe('a copied profile', () => {
  it('makes the edits that it was copied with once, and its own under a new id', async () => {
    const server = new MemoryServer({ policies: { todos: 'field-merge' } });
    const { db: original } = await openDevice(server);
    await original.put('todos', { id: 'a', title: 'x', votes: 1 });
    await sync(original);
    for (let i = 0; i < 5; i++) await original.increment('todos', 'a', 'votes');
    const { db: copy } = await openDevice(server);
    await copyProfile(original, copy);
    await original.increment('todos', 'a', 'votes', 10);
    await copy.increment('todos', 'a', 'votes', 100);
    await copy.put('todos', { id: 'of the copy', title: 'x' });

    await sync(original);
    await sync(copy);

    expect(server.records('team', 'todos')).toEqual({
      '"a"': { id: 'a', title: 'x', votes: 116 },
      '"of the copy"': { id: 'of the copy', title: 'x' },
    });
    expect(await copy.getAll('todos')).toEqual(Object.values(server.records('team', 'todos')));
    expect(await copy.conflicts()).toEqual([]);
    expect(await clientIdOf(copy)).not.toBe(await clientIdOf(original));
  });

  it('that is copied itself makes what both copies have once, though the original has gone another way', async () => {
    const server = new MemoryServer();
    const { db: original } = await openDevice(server);
    await original.put('todos', { id: 'a', title: 'x', votes: 1 });
    await sync(original);
    const [{ db: one }, { db: two }] = [await openDevice(server), await openDevice(server)];
    await copyProfile(original, one);
    await one.increment('todos', 'a', 'votes', 10);
    await copyProfile(one, two);
    await two.increment('todos', 'a', 'votes', 100);
    await original.increment('todos', 'a', 'votes', 1000);

    for (const db of [original, one, two]) await sync(db);

    expect(server.records('team', 'todos')).toEqual({ '"a"': { id: 'a', title: 'x', votes: 1111 } });
  });
});

describe('a server that no longer knows the client', () => {
  it('gets under a new id what it certainly has not, and the user decides about the rest', async () => {
    const server = new MemoryServer();
    const { db, transport } = await openDevice(server);
    await db.put('todos', { id: 'sure', title: 'x' });
    await sync(db);
    const before = await clientIdOf(db);
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

    expect(await clientIdOf(db)).not.toBe(before);
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
