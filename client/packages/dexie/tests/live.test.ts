import 'fake-indexeddb/auto';
import { MemoryServer } from '@myriadsync/client/testing';
import { add, liveQuery } from 'dexie';
import { describe, expect, it } from 'vitest';
import { declareApp, device, once, outbox } from './device.fixture.js';

/** What a live query has shown, the last result last. */
function watch<T>(query: () => Promise<T>): { shown: T[]; end(): void } {
  const shown: T[] = [];
  const subscription = liveQuery(query).subscribe(result => shown.push(result));
  return { shown, end: () => subscription.unsubscribe() };
}

const within = { timeout: 60_000 };

describe('live queries', () => {
  it.each(['cloned', 'immutable', 'disabled'] as const)('see what others change, with results kept as %s', async cache => {
    const server = new MemoryServer();
    const db = declareApp(undefined, db => {
      (db as unknown as { _options: { cache: string } })._options.cache = cache;
      db.version(1).stores({ todos: 'id, done, *tags, [done+title]', notes: '' });
    });
    const { sync } = device(server, {}, db);
    await db.todos.bulkAdd([
      { id: 'a', title: 'x', done: 1 },
      { id: 'b', title: 'y', done: 0 },
    ]);
    await once(sync);
    const queries = [
      watch(() => db.todos.toArray().then(todos => todos.map(todo => todo.title).join())),
      watch(() => db.todos.where('done').equals(1).count()),
      watch(() => db.todos.where({ done: 1, title: 'z' }).primaryKeys()),
      watch(() => db.todos.get('b').then(todo => todo?.done)),
      watch(() => db.notes.get('n')),
    ];
    await expect.poll(() => queries.map(query => query.shown.at(-1)), within).toEqual(['x,y', 1, [], 0, undefined]);

    server.write('team', 'todos', 'b', { id: 'b', title: 'z', done: 1 });
    server.write('team', 'todos', 'a');
    server.write('team', 'notes', 'n', 'new');
    await once(sync);

    await expect.poll(() => queries.map(query => query.shown.at(-1)), within).toEqual(['z', 1, ['b'], 1, 'new']);
    for (const query of queries) query.end();
  });

  it('show a set as it is kept, in the order of the record and each element once', async () => {
    const { db, sync } = device(new MemoryServer());
    await db.todos.add({ id: 'a', title: 'x', tags: ['z', 'y'] });
    await once(sync);
    const query = watch(() => db.todos.toArray());
    await expect.poll(() => query.shown.length, within).toBe(1);

    await db.todos.update('a', { tags: add(['x', 'y']) });

    await expect.poll(() => query.shown.at(-1)?.[0]?.tags, within).toEqual(['z', 'y', 'x']);
    query.end();
  });

  it('see the edits of the app, and what a conflict was decided for', async () => {
    const server = new MemoryServer({ policies: { todos: 'reject' } });
    const { db, sync } = device(server);
    await db.todos.add({ id: 'a', title: 'old', tags: ['y'] });
    await once(sync);
    const query = watch(() => db.todos.get('a'));
    const all = watch(() => db.todos.toArray());
    server.write('team', 'todos', 'a', { id: 'a', title: 'theirs', tags: ['y'] });

    await db.todos.update('a', { title: 'ours', tags: add(['x']) });
    await expect
      .poll(() => [query.shown.at(-1)?.title, all.shown.at(-1)], within)
      .toEqual(['ours', [{ id: 'a', title: 'ours', tags: ['y', 'x'] }]]);
    await once(sync);
    await expect.poll(() => query.shown.at(-1)?.title, within).toBe('theirs');
    const conflicts = await sync.conflicts();
    await sync.resolve(conflicts.at(-1)!.id, { value: { id: 'a', title: 'both' } });

    await expect
      .poll(() => [query.shown.at(-1), all.shown.at(-1)], within)
      .toEqual([{ id: 'a', title: 'both' }, [{ id: 'a', title: 'both' }]]);
    query.end();
    all.end();
  });
});

describe('what an app is told and decides', () => {
  it('is as with the client: events, pending edits, status, diagnosis', async () => {
    const server = new MemoryServer();
    const { db, sync } = device(server);
    const events: string[] = [];
    sync.on('change', ({ changes, origin }) => events.push(...changes.map(change => `${origin} ${change.store} ${String(change.key)}`)));
    await db.todos.add({ id: 'a', title: 'x' });
    expect(await sync.isPending('todos', 'a')).toBe(true);
    server.write('team', 'todos', 'b', { id: 'b', title: 'y' });

    await once(sync);

    expect(events).toEqual(['local todos a', 'remote todos b']);
    expect(await sync.isPending('todos', 'a')).toBe(false);
    expect(await sync.status()).toMatchObject({ pending: 0, leader: true, datasets: [{ dataset: 'team' }] });
    expect(await sync.diagnose()).toMatchObject({ name: db.name, datasets: [{ outbox: [], position: { acked: 1 } }] });
  });

  it('can sign out, which keeps the edits that were not sent unless forced', async () => {
    const { db, sync } = device(new MemoryServer());
    await db.todos.add({ id: 'a', title: 'x' });

    await expect(sync.signOut({ wipe: true })).rejects.toMatchObject({ code: 'unsent-edits' });
    expect(await outbox(db)).toHaveLength(1);
    await sync.signOut({ wipe: false });
    await db.open();
    expect(await db.todos.count()).toBe(1);
    await sync.signOut({ wipe: true, force: true });

    await db.open();
    expect(await db.todos.count()).toBe(0);
  });

  it('asks for the data to be kept', async () => {
    let asked = 0;
    const storage = { estimate: async () => ({ usage: 1, quota: 2 }), persist: async () => Boolean(++asked), persisted: async () => true };
    const { db, sync } = device(new MemoryServer(), { persist: true, environment: { storage } });

    await db.open();

    expect(asked).toBe(1);
    expect((await sync.status()).storage).toEqual({ usage: 1, quota: 2, persisted: true });
  });
});
