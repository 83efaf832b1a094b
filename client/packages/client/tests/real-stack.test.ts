import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSyncDatabase, type SyncDatabase } from '../src/index.js';
import { copyProfile, STORES, sync, type Todos } from './device.fixture.js';
import { type RealStack, STACK_VARIABLE, startStack } from './real-stack.fixture.js';

describe.skipIf(process.env[STACK_VARIABLE] === 'skip')('the real local stack', () => {
  let stack: RealStack;
  let count = 0;
  const open: SyncDatabase<Todos>[] = [];

  beforeAll(async () => {
    stack = await startStack();
  });

  afterAll(async () => {
    for (const db of open) await db.close();
    await stack?.stop();
  });

  async function device(sub: string, dataset: string, autoStart = true): Promise<SyncDatabase<Todos>> {
    let token: string | undefined;
    const db = await openSyncDatabase<Todos>({
      name: `real-${count++}`,
      dataset,
      stores: STORES,
      autoStart,
      server: {
        url: stack.url,
        token: async ({ refresh }) => {
          if (!token || refresh) token = await stack.token(sub);
          return token;
        },
      },
    });
    open.push(db);
    return db;
  }

  it('keeps two devices in step, live and after having been offline', async () => {
    const ada = await device('ada', 'client-pair');
    const bob = await device('bob', 'client-pair');
    const milk = { id: 'a1', title: 'milk', votes: 1, tags: ['x'], due: new Date(86_400_000) };
    await ada.put('todos', milk);
    await ada.put(
      'notes',
      new Map<unknown, unknown>([
        ['a', 1n],
        [undefined, new Set([Number.NaN])],
      ]),
      ['b', 2],
    );
    await ada.syncNow();

    const seen = new Promise<void>(resolve => {
      bob.live(
        ['todos', 'notes'],
        async () => [await bob.get('todos', 'a1'), await bob.get('notes', ['b', 2])],
        ([todo, note]) => {
          if (todo && note) resolve();
        },
      );
    });
    await seen;
    expect(await bob.get('todos', 'a1')).toEqual(milk);
    expect(await bob.get('notes', ['b', 2])).toEqual(
      new Map<unknown, unknown>([
        ['a', 1n],
        [undefined, new Set([Number.NaN])],
      ]),
    );

    ada.pause();
    bob.pause();
    await ada.increment('todos', 'a1', 'votes', 2);
    await ada.patch('todos', 'a1', { title: 'oat milk' });
    await bob.addToSet('todos', 'a1', 'tags', 'y');
    await bob.transaction(['todos', 'notes'], async tx => {
      await tx.put('todos', { id: 'a2', title: 'bread' });
      await tx.put('notes', 'with it', 1);
    });
    bob.resume();
    await bob.syncNow();
    ada.resume();
    await ada.syncNow();
    await bob.syncNow();
    await ada.syncNow();

    expect(await bob.getAll('todos')).toEqual(await ada.getAll('todos'));
    expect(await ada.get('todos', 'a2')).toEqual({ id: 'a2', title: 'bread' });
    expect((await ada.status()).pending + (await bob.status()).pending).toBe(0);
  });

  it('takes in a batch once when its answer is lost', async () => {
    let lose = 0;
    const db = await openSyncDatabase<Todos>({
      name: `real-${count++}`,
      dataset: 'client-lost',
      stores: STORES,
      server: {
        url: stack.url,
        token: () => stack.token('eve'),
        fetch: async (...call) => {
          const reply = await fetch(...call);
          if (call[1]?.method !== 'POST' || lose === 0) return reply;
          lose -= 1;
          throw new TypeError('The answer was lost.');
        },
      },
      environment: { random: () => 0 },
    });
    open.push(db);
    await db.put('todos', { id: 'c', title: 'counter', votes: 0 });
    await db.syncNow();

    lose = 2;
    await db.increment('todos', 'c', 'votes', 5);
    await expect.poll(async () => (await db.status()).pending, { timeout: 60_000 }).toBe(0);

    const other = await device('eve', 'client-lost');
    await other.syncNow();
    expect(await other.get('todos', 'c')).toEqual({ id: 'c', title: 'counter', votes: 5 });
    expect(await db.conflicts()).toEqual([]);
  });

  it('takes what a profile was copied with once, and what both make of it afterwards', async () => {
    const [original, copy] = [await device('ada', 'client-copied', false), await device('ada', 'client-copied', false)];
    await original.put('todos', { id: 'c', title: 'counter', votes: 0 });
    await sync(original);
    for (let i = 0; i < 3; i++) await original.increment('todos', 'c', 'votes');
    await copyProfile(original, copy);
    await original.increment('todos', 'c', 'votes', 10);
    await copy.increment('todos', 'c', 'votes', 100);

    for (const db of [original, copy, original]) await sync(db);

    expect(await copy.get('todos', 'c')).toEqual({ id: 'c', title: 'counter', votes: 113 });
    expect(await original.get('todos', 'c')).toEqual(await copy.get('todos', 'c'));
    expect([...(await original.conflicts()), ...(await copy.conflicts())]).toEqual([]);
  });

  it('moves thousands of edits and loads them on a new device', async () => {
    const first = await device('ada', 'client-many');
    await first.putAll(
      'todos',
      Array.from({ length: 2500 }, (_, i) => ({ id: `t${i}`, title: `todo ${i}`, votes: i })),
    );
    await first.syncNow();
    expect((await first.status()).pending).toBe(0);

    const second = await device('ada', 'client-many');
    await second.syncNow();

    expect(await second.count('todos')).toBe(2500);
    expect(await second.getAll('todos')).toEqual(await first.getAll('todos'));
  });
});
