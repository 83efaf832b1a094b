import 'fake-indexeddb/auto';
import { MemoryServer } from '@myriadsync/client/testing';
import { add, remove } from 'dexie';
import { describe, expect, it } from 'vitest';
import { declareApp, device, once, outbox } from './device.fixture.js';

const MILK = { id: 'a', title: 'milk' };

async function withMilk() {
  const server = new MemoryServer({ policies: { todos: 'field-merge' } });
  const { db, sync, transport } = device(server);
  await db.todos.add({ ...MILK, votes: 1, tags: ['x'], place: { city: 'Ulm', zip: '1' } });
  await once(sync);
  return { server, db, sync, transport };
}

describe('what Dexie writes to a synced table', () => {
  it('goes up, and comes down on another device', async () => {
    const server = new MemoryServer();
    const [ada, bob] = [device(server), device(server)];

    await ada.db.todos.add(MILK);
    await ada.db.notes.put(new Map([['x', 1n]]), ['b', 2]);
    await once(ada.sync);
    await once(bob.sync);

    expect(await bob.db.todos.toArray()).toEqual([MILK]);
    expect(await bob.db.notes.get(['b', 2])).toEqual(new Map([['x', 1n]]));
    expect((await ada.sync.status()).pending).toBe(0);
  });

  it.each([
    ['update', (db: ReturnType<typeof declareApp>) => db.todos.update('a', { 'place.city': 'Bonn', done: 1 })],
    [
      'put',
      (db: ReturnType<typeof declareApp>) => db.todos.put({ ...MILK, votes: 1, tags: ['x'], done: 1, place: { city: 'Bonn', zip: '1' } }),
    ],
    [
      'modify',
      (db: ReturnType<typeof declareApp>) =>
        db.todos
          .where('tags')
          .equals('x')
          .modify(todo => {
            todo.place!.city = 'Bonn';
            todo.done = 1;
          }),
    ],
    [
      'bulkUpdate',
      (db: ReturnType<typeof declareApp>) =>
        db.todos.bulkUpdate([
          { key: 'none', changes: { done: 2 } },
          { key: 'a', changes: { 'place.city': 'Bonn', done: 1 } },
        ]),
    ],
    ['upsert', (db: ReturnType<typeof declareApp>) => db.todos.upsert('a', { 'place.city': 'Bonn', done: 1 })],
  ])('by %s of a known record sends the difference', async (_, edit) => {
    const { db } = await withMilk();

    await edit(db);

    expect(await outbox(db)).toEqual([{ key: 'a', base: 1, edit: { op: 'patch', set: { '/place/city': 'Bonn', '/done': 1 } } }]);
    expect(await db.todos.get('a')).toMatchObject({ done: 1, place: { city: 'Bonn', zip: '1' } });
  });

  it('by add and remove adds up with what others do', async () => {
    const { db } = await withMilk();

    await db.todos.update('a', { votes: add(2), tags: add(['y']), title: 'oats' });
    await db.todos.update('a', { votes: remove(1), tags: remove(['x']) });
    await db.todos.bulkUpdate([{ key: 'a', changes: { votes: add(3) } }]);

    expect((await outbox(db)).map(item => item.edit)).toEqual([
      { op: 'patch', inc: { '/votes': 2 }, add: { '/tags': ['y'] } },
      { op: 'patch', set: { '/title': 'oats' } },
      { op: 'patch', inc: { '/votes': -1 }, remove: { '/tags': ['x'] } },
      { op: 'patch', inc: { '/votes': 3 } },
    ]);
    expect(await db.todos.get('a')).toMatchObject({ title: 'oats', votes: 5, tags: ['y'] });
  });

  it('by add to what is no number writes what Dexie makes of it', async () => {
    const { db } = await withMilk();

    await db.todos.update('a', { title: add(1) as never });
    await db.todos.upsert('new', { title: 'x', votes: add(1) });

    expect((await outbox(db)).map(item => item.edit)).toEqual([
      { op: 'patch', set: { '/title': 1 } },
      { op: 'put', value: { id: 'new', title: 'x', votes: 1 } },
    ]);
  });

  it('in bulk is an edit for each row, and what is refused does not hold up the others', async () => {
    const { db } = await withMilk();

    const added = db.todos.bulkAdd([{ id: 'b', title: 'x' }, MILK, { id: 'c', title: (() => 1) as never }, { id: 'd', title: 'y' }]);

    await expect(added).rejects.toMatchObject({
      name: 'BulkError',
      failuresByPos: { 1: { name: 'ConstraintError' }, 2: { code: 'invalid-value' } },
    });
    expect(await db.todos.toCollection().primaryKeys()).toEqual(['a', 'b', 'd']);
    expect((await outbox(db)).map(item => item.key)).toEqual(['b', 'd']);
  });

  it('in bulk may have a record twice: the second edit builds on the first', async () => {
    const { db } = await withMilk();

    await db.todos.bulkPut([{ id: 'b', title: 'x' }, { id: 'b', title: 'y' }, { id: 'a', title: 'oats' }, MILK]);

    expect((await outbox(db)).map(item => item.edit)).toEqual([
      { op: 'put', value: { id: 'b', title: 'x' } },
      { op: 'patch', set: { '/title': 'y' } },
      { op: 'patch', set: { '/title': 'oats' }, unset: ['/votes', '/tags', '/place'] },
      { op: 'patch', set: { '/title': 'milk' } },
    ]);
    expect(await db.todos.toArray()).toEqual([MILK, { id: 'b', title: 'y' }]);
  });

  it.each([
    ['delete', (db: ReturnType<typeof declareApp>) => db.todos.delete('a')],
    ['bulkDelete', (db: ReturnType<typeof declareApp>) => db.todos.bulkDelete(['none', 'a'])],
    ['clear', (db: ReturnType<typeof declareApp>) => db.todos.clear()],
    ['a range', (db: ReturnType<typeof declareApp>) => db.todos.where('id').between('a', 'b').delete()],
    ['a query', (db: ReturnType<typeof declareApp>) => db.todos.where('tags').equals('x').delete()],
  ])('by %s deletes the records that are there', async (_, edit) => {
    const { server, db, sync } = await withMilk();

    await edit(db);
    expect(await outbox(db)).toEqual([{ key: 'a', base: 1, edit: { op: 'delete' } }]);
    await once(sync);

    expect(server.records('team', 'todos')).toEqual({});
  });

  it('is what the hooks of a table have made of it', async () => {
    const server = new MemoryServer();
    const { db } = device(server);
    db.todos.hook('creating', (_, todo) => {
      todo.done = 0;
    });
    db.todos.hook('updating', () => ({ votes: 7 }));

    await db.todos.add(MILK);
    await db.todos.update('a', { title: 'oats' });

    expect((await outbox(db)).map(item => item.edit)).toEqual([
      { op: 'put', value: { ...MILK, done: 0 } },
      { op: 'patch', set: { '/title': 'oats', '/votes': 7 } },
    ]);
  });
});

describe("the app's own transaction", () => {
  it('keeps rows and outbox together, or neither', async () => {
    const { db } = await withMilk();

    const failing = db.transaction('rw', db.todos, db.notes, async () => {
      await db.todos.update('a', { title: 'oats' });
      await db.notes.put('bread', 'n');
      await Promise.all([db.todos.add({ id: 'b', title: 'x' }), db.todos.add({ id: 'c', title: 'y' })]);
      throw new Error('no');
    });

    await expect(failing).rejects.toThrow('no');
    expect(await outbox(db)).toEqual([]);
    expect(await db.todos.toArray()).toHaveLength(1);
  });

  it('reads what it has written, and goes on after a row that was refused', async () => {
    const { db } = await withMilk();

    const seen = await db.transaction('rw', db.todos, async () => {
      await db.todos.update('a', { votes: 2 });
      await db.todos.update('a', { votes: 3 });
      const refused = await db.todos.add(MILK).catch((error: Error) => error.name);
      await db.transaction('rw', db.todos, () => db.todos.add({ id: 'b', title: 'nested' }));
      return [await db.todos.get('a'), await db.todos.count(), refused];
    });

    expect(seen).toMatchObject([{ votes: 3 }, 2, 'ConstraintError']);
    expect((await outbox(db)).map(item => item.edit)).toEqual([
      { op: 'patch', set: { '/votes': 2 } },
      { op: 'patch', set: { '/votes': 3 } },
      { op: 'put', value: { id: 'b', title: 'nested' } },
    ]);
  });
});
