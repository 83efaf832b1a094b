import { describe, expect, it } from 'vitest';
import { MemoryServer, NETWORK_PROBLEM } from '../src/testing/index.js';
import { openDevice, STORES, sync } from './device.fixture.js';

const TWO = { todos: { ...STORES.todos, dataset: 'mine' }, notes: { dataset: 'ours', remote: 'todos' } };

describe('several datasets in one database', () => {
  it('each have their own outbox, position and identity, also where their stores have one name on the server', async () => {
    const server = new MemoryServer();
    const { db } = await openDevice(server, { stores: TWO });
    await db.put('todos', { id: 'a', title: 'mine' });
    await db.put('notes', 'ours', 'a');
    server.write('ours', 'todos', 'b', 'of a job');

    await sync(db);

    expect(server.records('mine', 'todos')).toEqual({ '"a"': { id: 'a', title: 'mine' } });
    expect(server.records('ours', 'todos')).toEqual({ '"a"': 'ours', '"b"': 'of a job' });
    expect(await db.getAll('notes')).toEqual(['ours', 'of a job']);
    const { datasets } = await db.diagnose();
    expect(datasets.map(({ dataset, position }) => [dataset, position.acked])).toEqual([
      ['mine', 1],
      ['ours', 1],
    ]);
    expect(new Set(datasets.map(({ position }) => position.clientId)).size).toBe(2);
    expect(new Set(datasets.map(({ position }) => position.cursor)).size).toBe(2);
  });

  it('do not hold each other up', async () => {
    const server = new MemoryServer();
    const { db, transport } = await openDevice(server, { stores: TWO });
    const push = transport.push.bind(transport);
    transport.push = (dataset, batch, signal) =>
      dataset === 'mine' ? Promise.resolve({ ok: false, problem: NETWORK_PROBLEM }) : push(dataset, batch, signal);
    await db.put('notes', 'ours', 'a');
    await db.put('todos', { id: 'a', title: 'mine' });
    await db.put('notes', 'ours', 'b');

    await expect(sync(db)).rejects.toMatchObject({ code: 'offline' });

    expect(server.records('ours', 'todos')).toEqual({ '"a"': 'ours', '"b"': 'ours' });
    const { pending, datasets } = await db.status();
    expect([pending, datasets.map(one => one.pending)]).toEqual([1, [1, 0]]);
  });

  it('share no transaction: one batch goes to one dataset', async () => {
    const { db } = await openDevice(new MemoryServer(), { stores: TWO });

    expect(() => db.transaction(['todos', 'notes'], async () => undefined)).toThrow(
      expect.objectContaining({ code: 'invalid-transaction' }),
    );
  });
});
