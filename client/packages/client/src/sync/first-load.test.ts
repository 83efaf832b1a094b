import { describe, expect, it, vi } from 'vitest';
import { openDevice, serverWith, sync, type Todos } from '../../tests/device.fixture.js';
import type { SyncDatabase } from '../index.js';
import { MemoryServer, NETWORK_PROBLEM } from '../testing/index.js';

/** Something to wait for. */
function gate() {
  let open!: () => void;
  const opened = new Promise<void>(resolve => (open = resolve));
  return { open, opened };
}

describe('a record of the first load', () => {
  const states = (db: SyncDatabase<Todos>) => db.idb.getAll('$records');

  it('has no state until somebody changes it', async () => {
    const server = serverWith(600);
    const { db } = await openDevice(server);
    await sync(db);
    expect(await states(db)).toEqual([]);

    await db.patch('todos', 't0007', { done: 1 });
    server.write('team', 'todos', 't0008', { id: 't0008', title: 'of a job' });
    await sync(db);

    expect((await states(db)).map(({ rev }) => rev)).toEqual([602, 601]);
    expect(await db.get('todos', 't0008')).toEqual({ id: 't0008', title: 'of a job' });
  });

  it('is edited against what came with it', async () => {
    const server = new MemoryServer({ policies: { todos: 'reject' } });
    for (const id of ['a', 'b']) server.write('team', 'todos', id, { id, title: 'of the server' });
    const { db, transport } = await openDevice(server);
    const pushed = vi.spyOn(transport, 'push');
    await sync(db);
    const conflicts: unknown[] = [];
    db.on('conflict', conflict => conflicts.push(conflict.key));

    await db.patch('todos', 'a', { done: 1 });
    await db.patch('todos', 'b', { done: 1 });
    server.write('team', 'todos', 'b', { id: 'b', title: 'of a job' });
    await sync(db);

    expect(pushed.mock.calls[0]![1].changes.map(({ op, base }) => ({ op, base }))).toEqual(Array(2).fill({ op: 'patch', base: 2 }));
    expect(conflicts).toEqual(['b']);
    expect(server.records('team', 'todos')['"a"']).toEqual({ id: 'a', title: 'of the server', done: 1 });
  });

  it('has one when it was changed after the load began', async () => {
    const server = serverWith(1400);
    const { db, transport } = await openDevice(server);
    let pages = 0;
    transport.interference.after = call => {
      if (call === 'snapshot' && pages++ === 0) server.write('team', 'todos', 't1399', { id: 't1399', title: 'newer' });
      return call === 'pull' ? NETWORK_PROBLEM : undefined;
    };

    await expect(sync(db)).rejects.toMatchObject({ code: 'offline' });

    expect(await states(db)).toEqual([{ rev: 1401, seen: 1 }]);
    expect(await db.count('todos')).toBe(1400);
  });

  it('is the newest that any tab was shown, when two tabs load at once', async () => {
    const server = serverWith(1400);
    const [early, late] = [await openDevice(server, { name: 'two-tabs' }), await openDevice(server, { name: 'two-tabs' })];
    const [asked, shown] = [gate(), gate()];
    // The first page of one tab is under way until the other has shown its own, of later.
    let pages = 0;
    early.transport.interference.after = async call => {
      if (call !== 'snapshot') return undefined;
      if (pages++ > 0) return NETWORK_PROBLEM;
      asked.open();
      await shown.opened;
      return undefined;
    };
    const ended = sync(early.db).catch(() => undefined);
    await asked.opened;
    server.write('team', 'todos', 't0000', { id: 't0000', title: 'newer' });
    late.db.on('progress', () => shown.open());
    let asks = 0;
    late.transport.interference.before = async call => {
      if (call === 'snapshot' && asks++ > 0) await ended;
      return undefined;
    };

    await sync(late.db);

    expect(await late.db.get('todos', 't0000')).toEqual({ id: 't0000', title: 'newer' });
  });

  it('is the newest that any tab was shown, also of the last page', async () => {
    const server = serverWith(1400);
    const [early, late] = [await openDevice(server, { name: 'r1b' }), await openDevice(server, { name: 'r1b' })];
    const [asked, shown, first] = [gate(), gate(), gate()];
    let pages = 0;
    early.transport.interference.after = async call => {
      if (call === 'snapshot' && ++pages === 2) {
        asked.open();
        await shown.opened;
      }
      return undefined;
    };
    let n = 0;
    early.db.on('progress', () => {
      if (n++ === 0) first.open();
    });
    const ended = sync(early.db).catch(() => undefined);
    await asked.opened;
    await first.opened;
    server.write('team', 'todos', 't1399', { id: 't1399', title: 'newer' });
    late.db.on('progress', ({ done }) => {
      if (!done) shown.open();
    });
    await sync(late.db);
    await ended;
    for (let i = 0; i < 3; i++) await sync(late.db);
    expect(await late.db.get('todos', 't1399')).toEqual({ id: 't1399', title: 'newer' });
  });

  it('goes when a later load does not show it, unless somebody edited it here', async () => {
    const server = serverWith(600);
    const { db } = await openDevice(server);
    await sync(db);
    await db.patch('todos', 't0008', { done: 1 });
    for (const id of ['t0007', 't0008']) server.write('team', 'todos', id);
    server.dropLog('team');
    const told: unknown[] = [];
    db.on('change', ({ changes, origin }) => origin === 'remote' && told.push(...changes));

    await sync(db);

    expect(told).toEqual(
      expect.arrayContaining([
        { store: 'todos', key: 't0007', deleted: true },
        { store: 'todos', key: 't0008', deleted: true },
      ]),
    );
    expect(told).toHaveLength(2);
    expect(await db.count('todos')).toBe(598);
  });
});
