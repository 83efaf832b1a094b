import { describe, expect, it } from 'vitest';
import { copyProfile, openDevice, sync, type Todos } from '../../tests/device.fixture.js';
import type { SyncDatabase } from '../index.js';
import { MemoryServer } from '../testing/index.js';

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
});
