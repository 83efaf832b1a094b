import { expect, it } from 'vitest';
import { openDevice, sync } from '../tests/device.fixture.js';
import { MemoryServer } from './testing/index.js';
import type { ConflictResolution } from './transport/messages.js';
import type { Reply } from './transport/sync-transport.js';

/** A device with a conflict that the server keeps, about an edit of two changes. */
async function withKeptConflict(answer: Reply<unknown>) {
  const server = new MemoryServer();
  const { db, transport } = await openDevice(server);
  await db.put('todos', { id: 'a', title: 'old' });
  await sync(db);
  const push = transport.push.bind(transport);
  transport.push = async (dataset, batch, signal) => {
    const reply = await push(dataset, { ...batch, changes: batch.changes.map(change => ({ ...change, op: 'patch', set: {} })) }, signal);
    if (!reply.ok) return reply;
    const record = { outcome: 'conflict' as const, rev: 7, value: { id: 'a', title: 'theirs' }, conflictId: 'c1' };
    return { ok: true, value: { ...reply.value, results: reply.value.results.map(({ seq }) => ({ seq, ...record })) } };
  };
  const asked: ConflictResolution[] = [];
  const resolved: string[] = [];
  db.on('resolved', ({ id }) => resolved.push(id));
  transport.resolveConflict = async (_dataset, _id, resolution) => {
    asked.push(resolution);
    return answer;
  };
  await db.patch('todos', 'a', { title: 'ours' });
  await db.patch('todos', 'a', { done: 1 });
  await sync(db);
  return { db, asked, resolved };
}

it('settles a conflict that the server keeps there, and drops it here', async () => {
  const { db, asked, resolved } = await withKeptConflict({ ok: true, value: {} });
  expect(await db.conflicts()).toMatchObject([{ id: 'c1', ours: { title: 'ours', done: 1 }, theirs: { title: 'theirs' } }]);

  await db.resolve('c1', { value: { id: 'a', title: 'both' } });

  expect(asked).toEqual([{ take: 'value', value: { id: 'a', title: 'both' }, rev: 7 }]);
  expect(await db.conflicts()).toEqual([]);
  expect(resolved).toEqual(['c1']);
});

it('tells of a decision that changes no record', async () => {
  const { db } = await openDevice(new MemoryServer({ reject: () => 'schema' }));
  const resolved: string[] = [];
  db.on('resolved', ({ id }) => resolved.push(id));
  await db.put('todos', { id: 'a', title: 'x' });
  await sync(db);
  const { id } = (await db.conflicts())[0]!;

  await db.resolve(id, 'theirs');

  expect(await db.conflicts()).toEqual([]);
  expect(resolved).toEqual([id]);
});

it('shows the record as it is now when somebody has changed it', async () => {
  const body = { rev: 9, current: { rev: 9, value: { id: 'a', title: 'newer' } } };
  const { db, asked } = await withKeptConflict({ ok: false, problem: { code: 'conflict-outdated', status: 409, detail: '', body } });

  await expect(db.resolve('c1', 'ours')).rejects.toMatchObject({ code: 'conflict-outdated' });
  expect(await db.conflicts()).toMatchObject([{ theirs: { title: 'newer' } }]);
  await db.resolve('c1', 'ours').catch(() => undefined);

  expect(asked).toEqual([
    { take: 'ours', rev: 7 },
    { take: 'ours', rev: 9 },
  ]);
});

it.each([
  ['conflict-settled', 409, 'conflict-settled', 0],
  ['conflict-expired', 410, 'conflict-settled', 0],
  ['resolution-refused', 422, 'refused', 1],
  ['network', 0, 'offline', 1],
])('after %s', async (code, status, expected, left) => {
  const { db, resolved } = await withKeptConflict({ ok: false, problem: { code, status, detail: '' } });

  await expect(db.resolve('c1', 'theirs')).rejects.toMatchObject({ code: expected, reason: code });

  expect(await db.conflicts()).toHaveLength(left);
  expect(resolved).toHaveLength(1 - left);
});
