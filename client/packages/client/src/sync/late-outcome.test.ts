import { expect, it } from 'vitest';
import { openDevice, sync, type Todos } from '../../tests/device.fixture.js';
import type { SyncDatabase } from '../index.js';
import { MemoryServer, NETWORK_PROBLEM, type MemoryTransport } from '../testing/index.js';
import type { BatchAnswer } from '../transport/messages.js';
import type { Reply } from '../transport/sync-transport.js';

it('An outcome of before a load does not bring back a record that the load finds gone', async () => {
  const { server, db, transport } = await deviceWithRecord();
  await db.patch('todos', 'a', { done: 1 });
  await db.reload();
  await pushWithoutAnswer(db, transport);
  server.write('team', 'todos', 'a', undefined);

  await sync(db);

  expect(await db.getAll('todos')).toEqual([]);
});

it('An outcome that comes after a load does not bring back a record that the load found gone', async () => {
  const { server, db, transport } = await deviceWithRecord();
  const settle = acceptOnly(transport);
  await db.patch('todos', 'a', { done: 1 });
  await sync(db);
  server.write('team', 'todos', 'a', undefined);
  await db.reload();
  await sync(db);
  expect(await db.getAll('todos')).toEqual([{ id: 'a', title: 'old', done: 1 }]);

  settle();
  await sync(db);

  expect(await db.getAll('todos')).toEqual([]);
});

it('An outcome of another history does not bring back a record that is not in this one', async () => {
  const { server, db, transport } = await deviceWithRecord();
  await db.put('todos', { id: 'b', title: 'new' });
  await pushWithoutAnswer(db, transport);
  server.newHistory('team');
  server.write('team', 'todos', 'b', undefined);

  await sync(db);

  expect(await db.getAll('todos')).toEqual([{ id: 'a', title: 'old' }]);
});

it('An outcome that comes after a load leaves what was created since the load began', async () => {
  const { server, db, transport } = await deviceWithRecord();
  await db.reload();
  const settle = acceptOnly(transport);
  await db.put('todos', { id: 'b', title: 'new' });
  await sync(db);

  settle();
  await sync(db);

  expect(await db.get('todos', 'b')).toEqual({ id: 'b', title: 'new' });
  expect(Object.keys(server.records('team', 'todos'))).toEqual(['"a"', '"b"']);
});

it("An edit that was made before somebody else's came in is not taken for one that knows of it", async () => {
  const { server, db, transport } = await deviceWithRecord();
  const settle = acceptOnly(transport);
  await db.patch('todos', 'a', { done: 1 });
  await sync(db);
  await db.put('todos', { id: 'a', title: 'ours' });
  await new Promise(resolve => setTimeout(resolve, 5));
  server.write('team', 'todos', 'a', { id: 'a', title: 'of a job' });
  await sync(db);

  settle();
  await sync(db);

  expect(server.records('team', 'todos')).toEqual({ '"a"': { id: 'a', title: 'of a job' } });
  expect(await db.getAll('todos')).toEqual([{ id: 'a', title: 'of a job' }]);
});

async function deviceWithRecord() {
  const server = new MemoryServer();
  const { db, transport } = await openDevice(server);
  await db.put('todos', { id: 'a', title: 'old' });
  await sync(db);
  return { server, db, transport };
}

/** The server takes what is pending, and this device does not hear of it. */
async function pushWithoutAnswer(db: SyncDatabase<Todos>, transport: MemoryTransport) {
  transport.interference.after = call => (call === 'push' ? NETWORK_PROBLEM : undefined);
  await expect(sync(db)).rejects.toThrow('No network.');
  transport.interference = {};
}

/** The next batch is carried out, and its outcomes are told when the test says so. */
function acceptOnly(transport: MemoryTransport): () => void {
  let answer: Reply<BatchAnswer> | undefined;
  let settled = false;
  const push = transport.push.bind(transport);
  transport.push = async (dataset, batch, signal) => {
    if (answer) return push(dataset, batch, signal);
    answer = await push(dataset, batch, signal);
    return { ok: true, value: { batchId: batch.batchId, status: 'accepted', serverTime: Date.now(), results: [] } };
  };
  const accepted = (id: string): Reply<BatchAnswer> => ({
    ok: true,
    value: { batchId: id, status: 'accepted', serverTime: Date.now(), results: [] },
  });
  transport.batchStatus = (_dataset, _client, id) => Promise.resolve(settled ? answer! : accepted(id));
  return () => {
    settled = true;
  };
}
