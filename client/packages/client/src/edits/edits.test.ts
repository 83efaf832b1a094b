import { describe, expect, it } from 'vitest';
import { openDevice, sync } from '../../tests/device.fixture.js';
import { OUTBOX, type OutboxItem } from '../storage/layout.js';
import { MemoryServer } from '../testing/index.js';

const outbox = async (db: { idb: { getAll(store: string): Promise<unknown[]> } }) => (await db.idb.getAll(OUTBOX)) as OutboxItem[];

describe('put', () => {
  it('of a new record sends all of it, of a known one the difference', async () => {
    const { db } = await openDevice(new MemoryServer());
    await db.put('todos', { id: 'a', title: 'milk', place: { city: 'Ulm', street: 'x' } });
    await sync(db);

    await db.put('todos', { id: 'a', title: 'milk', done: 1, place: { city: 'Bonn' } });

    const [item] = await outbox(db);
    expect(item!.edit).toEqual({ op: 'patch', set: { '/done': 1, '/place/city': 'Bonn' }, unset: ['/place/street'] });
    expect(item!.base).toBe(1);
  });

  it('of what is there already sends nothing', async () => {
    const { db } = await openDevice(new MemoryServer());
    await db.put('todos', { id: 'a', title: 'milk' });
    await sync(db);

    await db.put('todos', { id: 'a', title: 'milk' });

    expect(await outbox(db)).toEqual([]);
  });

  it.each([
    ['a function', { id: 'a', title: () => 1 }, 'invalid-value', 'unsupported-value', '/title'],
    ['a key that is none', { id: null, title: 'x' }, 'invalid-key', 'not-a-key', ''],
    ['no key', { title: 'x' }, 'invalid-key', undefined, undefined],
    ['a key that is too long', { id: 'x'.repeat(1025), title: 'x' }, 'invalid-key', 'key-too-long', ''],
    ['too much', { id: 'a', title: 'x'.repeat(262_145) }, 'too-large', 'too-large', ''],
  ])('refuses %s at once, and keeps nothing', async (_, value, code, reason, pointer) => {
    const { db } = await openDevice(new MemoryServer());

    await expect(db.put('todos', value as never)).rejects.toMatchObject({ name: 'SyncError', code, reason, pointer });

    expect(await db.count('todos')).toBe(0);
    expect(await outbox(db)).toEqual([]);
  });
});

describe('verbs of a patch', () => {
  it('travel as what they are, and show at once', async () => {
    const { db } = await openDevice(new MemoryServer());
    await db.put('todos', { id: 'a', title: 'milk', votes: 1, tags: ['x'] });

    await db.increment('todos', 'a', 'votes', 2);
    await db.addToSet('todos', 'a', 'tags', 'y', 'x');
    await db.removeFromSet('todos', 'a', 'tags', 'x');
    await db.patch('todos', 'a', { done: 1, votes: undefined });
    await db.update('todos', 'a', todo => {
      todo.title = 'oats';
    });

    expect(await db.get('todos', 'a')).toEqual({ id: 'a', title: 'oats', done: 1, tags: ['y'] });
    expect((await outbox(db)).slice(1).map(item => item.edit)).toEqual([
      { op: 'patch', inc: { '/votes': 2 } },
      { op: 'patch', add: { '/tags': ['y', 'x'] } },
      { op: 'patch', remove: { '/tags': ['x'] } },
      { op: 'patch', set: { '/done': 1 }, unset: ['/votes'] },
      { op: 'patch', set: { '/title': 'oats' } },
    ]);
  });

  it('cannot change the key of a record', async () => {
    const { db } = await openDevice(new MemoryServer());
    await db.put('todos', { id: 'a', title: 'milk' });

    await expect(db.patch('todos', 'a', { id: 'b' })).rejects.toMatchObject({
      code: 'invalid-key',
      message: expect.stringContaining('cannot be changed'),
    });

    expect(await db.getAll('todos')).toEqual([{ id: 'a', title: 'milk' }]);
    expect(await outbox(db)).toHaveLength(1);
  });

  it('need a record', async () => {
    const { db } = await openDevice(new MemoryServer());

    await expect(db.increment('todos', 'none', 'votes')).rejects.toMatchObject({ code: 'not-found' });
    await expect(db.patch('todos', 'none', { done: 1 })).rejects.toMatchObject({ code: 'not-found' });
    await db.delete('todos', 'none');

    expect(await outbox(db)).toEqual([]);
  });
});

describe('transaction', () => {
  it('is one atomic batch, and apart from its neighbours', async () => {
    const server = new MemoryServer();
    const { db, transport } = await openDevice(server);
    await db.put('todos', { id: 'before', title: 'x' });
    await db.transaction(['todos', 'notes'], async tx => {
      await tx.put('todos', { id: 'a', title: 'milk' });
      await tx.put('notes', 'bread', 'b');
    });
    await db.put('todos', { id: 'after', title: 'x' });

    await sync(db);

    expect(transport.calls.filter(call => call === 'push')).toHaveLength(3);
    expect(server.records('team', 'notes')).toEqual({ '"b"': 'bread' });
  });

  it('that throws leaves nothing', async () => {
    const { db } = await openDevice(new MemoryServer());

    const failing = db.transaction(['todos'], async tx => {
      await tx.put('todos', { id: 'a', title: 'milk' });
      throw new Error('no');
    });

    await expect(failing).rejects.toThrow('no');
    expect(await db.count('todos')).toBe(0);
    expect(await outbox(db)).toEqual([]);
  });

  it('that the server refuses is taken back whole, and told', async () => {
    const server = new MemoryServer({ reject: change => (change.store === 'notes' ? 'access' : undefined) });
    const { db } = await openDevice(server);
    const rejected: string[] = [];
    db.on('rejected', problem => rejected.push(`${problem.store} ${problem.reason}`));
    await db.transaction(['todos', 'notes'], async tx => {
      await tx.put('todos', { id: 'a', title: 'milk' });
      await tx.put('notes', 1, 'b');
    });

    await sync(db);

    expect(await db.count('todos')).toBe(0);
    expect(await db.count('notes')).toBe(0);
    expect(rejected.sort()).toEqual(['notes access', 'todos atomic-failed']);
    expect((await db.conflicts()).map(problem => problem.ours).sort()).toEqual([1, { id: 'a', title: 'milk' }]);
  });

  it('larger than a batch is refused before it is kept', async () => {
    const { db } = await openDevice(new MemoryServer());

    const large = db.transaction(['todos'], async tx => {
      for (let i = 0; i <= 1000; i++) await tx.put('todos', { id: `t${i}`, title: 'x' });
    });

    await expect(large).rejects.toMatchObject({ code: 'too-large', reason: 'atomic-too-large' });
    expect(await outbox(db)).toEqual([]);
  });
});

describe('the hybrid clock', () => {
  it('follows the server and never goes back', async () => {
    let ours = 1_000_000;
    const server = new MemoryServer({ now: () => ours - 3_600_000 + 10_000_000 });
    const { db } = await openDevice(server, { environment: { now: () => ours } });
    await db.put('todos', { id: 'a', title: 'x' });
    const first = (await outbox(db))[0]!.reading;
    await sync(db);

    await db.put('todos', { id: 'b', title: 'x' });
    ours -= 500_000;
    await db.put('todos', { id: 'c', title: 'x' });

    const [b, c] = (await outbox(db)).map(item => item.reading);
    expect(Number.parseInt(b!.slice(0, 12), 16)).toBe(1_000_000 - 3_600_000 + 10_000_000);
    expect(c! > b! && b! > first).toBe(true);
  });
});

describe('several edits of a day offline', () => {
  it('are pushed in batches of the size that the server takes', async () => {
    const server = new MemoryServer({ limits: { batchChanges: 10 } });
    const { db, transport } = await openDevice(server);
    await db.putAll(
      'todos',
      Array.from({ length: 35 }, (_, i) => ({ id: `t${i}`, title: 'x' })),
    );

    await sync(db);

    expect(transport.calls.filter(call => call === 'push')).toHaveLength(4);
    expect((await db.status()).pending).toBe(0);
  });
});
