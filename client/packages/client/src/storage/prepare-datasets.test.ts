import { describe, expect, it } from 'vitest';
import { STORES, sync, type Todos } from '../../tests/device.fixture.js';
import { openSyncDatabase } from '../index.js';
import { MemoryServer, MemoryTransport } from '../testing/index.js';

describe('a newer version of the app', () => {
  it('sends what was made in the old one as such, and loads the new shape', async () => {
    const server = new MemoryServer();
    const transport = new MemoryTransport(server);
    const versions: number[] = [];
    const push = transport.push.bind(transport);
    transport.push = (dataset, batch, signal) => {
      versions.push(batch.schemaVersion);
      return push(dataset, batch, signal);
    };
    const open = (schemaVersion: number, autoStart: boolean) =>
      openSyncDatabase<Todos>({
        name: 'upgraded',
        dataset: 'team',
        stores: STORES,
        server: transport,
        persist: false,
        schemaVersion,
        autoStart,
        migrate: record => ({ ...(record as object), done: 0 }),
      });
    const old = await open(1, false);
    await old.put('todos', { id: 'a', title: 'x' });
    await old.close();

    const db = await open(2, false);
    expect(await db.get('todos', 'a')).toEqual({ id: 'a', title: 'x', done: 0 });
    await db.put('todos', { id: 'b', title: 'y', done: 1 });
    await sync(db);

    expect(versions).toEqual([1, 2]);
    expect(transport.calls).toContain('snapshot');
    await db.close();
    await expect(open(1, false)).rejects.toMatchObject({ code: 'newer-version' });
  });
});
