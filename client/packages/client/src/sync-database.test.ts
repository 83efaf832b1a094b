import { describe, expect, it } from 'vitest';
import { openDevice, sync } from '../tests/device.fixture.js';
import { MemoryServer } from './testing/index.js';

describe('two devices', () => {
  it('see what the other has written', async () => {
    const server = new MemoryServer();
    const { db: ada } = await openDevice(server);
    const { db: bob } = await openDevice(server);

    await ada.put('todos', { id: 'a1', title: 'milk', due: new Date(0) });
    await sync(ada);
    await sync(bob);

    expect(await bob.get('todos', 'a1')).toEqual({ id: 'a1', title: 'milk', due: new Date(0) });
    expect(await ada.isPending('todos', 'a1')).toBe(false);
  });

  it('keep both when they change different fields of a record offline', async () => {
    const server = new MemoryServer({ policies: { todos: 'field-merge' } });
    const { db: ada } = await openDevice(server);
    const { db: bob } = await openDevice(server);
    await ada.put('todos', { id: 'a1', title: 'milk', votes: 1 });
    await sync(ada);
    await sync(bob);

    await ada.put('todos', { id: 'a1', title: 'oat milk', votes: 1 });
    await bob.patch('todos', 'a1', { done: 1 });
    await bob.increment('todos', 'a1', 'votes', 2);
    await ada.increment('todos', 'a1', 'votes');
    for (const db of [ada, bob, ada]) await sync(db);

    const both = { id: 'a1', title: 'oat milk', votes: 4, done: 1 };
    expect(await ada.get('todos', 'a1')).toEqual(both);
    expect(await bob.get('todos', 'a1')).toEqual(both);
  });
});
