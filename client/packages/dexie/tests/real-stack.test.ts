import 'fake-indexeddb/auto';
import { Dexie, type EntityTable, liveQuery } from 'dexie';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type RealStack, STACK_VARIABLE, startStack } from '../../client/tests/real-stack.fixture.js';
import { type DexieSync, syncDexie } from '../src/index.js';
import type { Todo } from './device.fixture.js';

type App = Dexie & { todos: EntityTable<Todo, 'id'> };

const ROWS = 10_000;
const within = { timeout: 60_000, interval: 100 };

describe.skipIf(process.env[STACK_VARIABLE] === 'skip')('Dexie and the real local stack', () => {
  let stack: RealStack;
  const opened: Dexie[] = [];

  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(() => stack?.stop());
  afterEach(async () => {
    for (const db of opened.splice(0)) await db.delete();
  });

  function app(name: string): App {
    const db = new Dexie(name) as App;
    db.version(1).stores({ todos: 'id, done' });
    opened.push(db);
    return db;
  }

  /** Under a name of its own: the stack's store of todos has a schema. */
  const start = (db: Dexie, dataset: string): DexieSync =>
    syncDexie(db, {
      dataset,
      tables: { todos: { remote: 'dexie-todos' } },
      server: { url: stack.url, token: () => stack.token('ada') },
      persist: false,
    });

  it('moves 10,000 rows up, and all that is done to them down', { timeout: 300_000 }, async () => {
    const dataset = `dexie-${crypto.randomUUID()}`;
    const [ada, bob] = [app(`ada-${dataset}`), app(`bob-${dataset}`)];
    const [up, down] = [start(ada, dataset), start(bob, dataset)];
    await ada.todos.bulkAdd(Array.from({ length: ROWS }, (_, i) => ({ id: `t${i}`, title: `todo ${i}`, done: i % 2, votes: i })));

    await up.syncNow();
    await down.syncNow();
    expect(await bob.todos.count()).toBe(ROWS);
    expect(await bob.todos.toArray()).toEqual(await ada.todos.toArray());

    await bob.todos.where('done').equals(1).delete();
    await bob.todos.toCollection().modify({ done: 1, 'place.city': 'Ulm' });
    await down.syncNow();
    await up.syncNow();

    expect(await ada.todos.count()).toBe(ROWS / 2);
    expect(await ada.todos.get('t4998')).toEqual({ id: 't4998', title: 'todo 4998', done: 1, votes: 4998, place: { city: 'Ulm' } });
    expect(await ada.todos.toArray()).toEqual(await bob.todos.toArray());
    expect((await up.status()).pending + (await down.status()).pending).toBe(0);
    expect([...(await up.conflicts()), ...(await down.conflicts())]).toEqual([]);
  });

  it('takes the rows up that two devices had before, and shows live on one what the other does', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const dataset = `dexie-${crypto.randomUUID()}`;
    const names = ['ada', 'bob'].map(owner => `${owner}-${dataset}`);
    for (const name of names) {
      const before = app(name);
      await before.todos.bulkAdd([
        { id: 'both', title: `of ${name}` },
        { id: `only-${name}`, title: 'x' },
      ]);
      before.close();
    }
    const [ada, bob] = names.map(app) as [App, App];
    const syncs = [start(ada, dataset), start(bob, dataset)];
    for (const sync of [...syncs, ...syncs]) await sync.syncNow();
    expect(await bob.todos.toArray()).toEqual(await ada.todos.toArray());
    expect(await ada.todos.count()).toBe(3);

    const shown: (string | undefined)[] = [];
    const subscription = liveQuery(() => bob.todos.get('both')).subscribe(todo => shown.push(todo?.title));
    await ada.transaction('rw', ada.todos, async () => {
      await ada.todos.update('both', { title: 'seen live' });
    });

    await expect.poll(() => shown.at(-1), within).toBe('seen live');
    subscription.unsubscribe();
  });
});
