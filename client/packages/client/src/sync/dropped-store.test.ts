import { describe, expect, it } from 'vitest';
import { openDevice, STORES, sync } from '../../tests/device.fixture.js';
import { MemoryServer, NETWORK_PROBLEM } from '../testing/index.js';

const WITHOUT_NOTES = { todos: STORES.todos } as never;

describe('an app that drops one of its stores', () => {
  it.each([false, true])('while a load is under way still gets the others (loaded before: %s)', async loadedBefore => {
    const server = new MemoryServer();
    server.write('team', 'todos', 'a', { id: 'a', title: 'x' });
    const { db, transport } = await openDevice(server, { name: `drops-${loadedBefore}` });
    if (loadedBefore) {
      await sync(db);
      await db.reload();
    }
    transport.interference.before = call => (call === 'snapshot' ? NETWORK_PROBLEM : undefined);
    await expect(sync(db)).rejects.toMatchObject({ code: 'offline' });
    await db.close();

    const { db: without } = await openDevice(server, { name: db.name, stores: WITHOUT_NOTES });
    await sync(without);

    expect(await without.count('todos')).toBe(1);
  });

  it('gets what others did meanwhile when it has it again', async () => {
    const server = new MemoryServer();
    server.write('team', 'notes', 'n', 'old');
    const { db } = await openDevice(server, { name: 'drops' });
    await sync(db);
    await db.close();
    const { db: without } = await openDevice(server, { name: 'drops', stores: WITHOUT_NOTES });
    server.write('team', 'notes', 'n', 'new');
    await sync(without);
    await without.close();

    const { db: again } = await openDevice(server, { name: 'drops' });
    await sync(again);

    expect(await again.get('notes', 'n')).toBe('new');
  });

  it('has the edits settled that were pending, and shows what became of them when it has it again', async () => {
    const server = new MemoryServer();
    server.write('team', 'notes', 'n', 'old');
    const { db } = await openDevice(server, { name: 'drops-pending' });
    await sync(db);
    await db.put('notes', 'mine', 'n');
    await db.close();
    const { db: without } = await openDevice(server, { name: 'drops-pending', stores: WITHOUT_NOTES });
    await sync(without);
    expect(server.records('team', 'notes')).toEqual({ '"n"': 'mine' });
    server.write('team', 'notes', 'n', 'theirs');
    await without.close();

    const { db: again } = await openDevice(server, { name: 'drops-pending' });
    await sync(again);

    expect(await again.get('notes', 'n')).toBe('theirs');
    expect((await again.status()).pending).toBe(0);
  });
});
