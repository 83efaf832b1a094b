import { describe, expect, it } from 'vitest';
import { openDevice, STORES, sync, type Todos } from '../../tests/device.fixture.js';
import { openSyncDatabase } from '../index.js';
import { MemoryServer, MemoryTransport, NETWORK_PROBLEM } from '../testing/index.js';

describe('a store that the app has dropped', () => {
  it('a first load goes on', async () => {
    const server = new MemoryServer();
    server.write('team', 'todos', 'a', { id: 'a', title: 'x' });
    const { db, transport } = await openDevice(server, { name: 'r4' });
    transport.interference.before = call => (call === 'snapshot' ? NETWORK_PROBLEM : undefined);
    await sync(db).catch(() => undefined);
    await db.close();
    const { db: again } = await openDevice(server, { name: 'r4', stores: { todos: STORES.todos } as never });
    await sync(again);
    expect(await again.count('todos')).toBe(1);
  });

  it('a later load goes on', async () => {
    const server = new MemoryServer();
    server.write('team', 'todos', 'a', { id: 'a', title: 'x' });
    const { db, transport } = await openDevice(server, { name: 'r4b' });
    await sync(db);
    await db.reload();
    transport.interference.before = call => (call === 'snapshot' ? NETWORK_PROBLEM : undefined);
    await sync(db).catch(() => undefined);
    await db.close();
    const { db: again } = await openDevice(server, { name: 'r4b', stores: { todos: STORES.todos } as never });
    await sync(again);
    expect(await again.count('todos')).toBe(1);
  });

  it('what others did meanwhile is shown when it comes back', async () => {
    const server = new MemoryServer();
    const open = (stores: object) =>
      openSyncDatabase<Todos>({
        name: 'r5',
        dataset: 'team',
        stores: stores as never,
        server: new MemoryTransport(server),
        persist: false,
      });
    server.write('team', 'notes', 'n', 'old');
    for (const stores of [STORES, { todos: STORES.todos }]) {
      const db = await open(stores);
      await db.syncNow();
      await db.close();
      server.write('team', 'notes', 'n', 'new');
      const other = await open({ todos: STORES.todos });
      await other.syncNow();
      await other.close();
    }
    const db = await open(STORES);
    await db.syncNow();
    expect(await db.get('notes', 'n')).toBe('new');
    await db.destroy();
  });
});
