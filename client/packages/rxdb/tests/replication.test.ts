import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RealStack } from '../../client/tests/real-stack.fixture.js';
import { eventually, read, through, World, type Note } from './device.fixture.js';

let stack: RealStack;
let world: World;

beforeAll(async () => {
  stack = await World.start();
});
afterAll(() => stack.stop());
beforeEach(() => {
  world = new World(stack);
});
afterEach(() => world.stop());

test('ten thousand documents go up and come down', async () => {
  const [source, target] = [await world.device(), await world.device()];
  const notes = Array.from({ length: 10_000 }, (_, i): Note => ({ id: `n${i}`, title: `note ${i}` }));
  await source.bulkInsert(notes);

  await world.replicate(source, { live: false, push: { batchSize: 1000 }, pull: { batchSize: 1000 } }).awaitInitialReplication();
  await world.replicate(target, { live: false, pull: { batchSize: 1000 } }).awaitInitialReplication();

  expect(await read(target)).toEqual(await read(source));
  expect(await target.count().exec()).toBe(10_000);
}, 240_000);

test.each([true, 'poll'] as const)('a live device sees what others do (%s)', async live => {
  const device = await world.device();
  await world.replicate(device, { live }).awaitInitialReplication();

  await world.push('c', 1, { key: 'a', op: 'put', value: { title: 'milk' } });
  await eventually(async () => expect(await read(device)).toEqual({ a: { id: 'a', title: 'milk' } }));
  await world.push('c', 2, { key: 'a', op: 'delete', base: 1 });

  await eventually(async () => expect(await read(device)).toEqual({}));
});

test('RxDB and a client of ours edit the same records, and come out the same', async () => {
  const device = await world.device();
  await world.replicate(device).awaitInitialReplication();
  const keys = Array.from({ length: 10 }, (_, i) => `k${i}`);
  await device.bulkInsert(keys.map(id => ({ id, title: 'new', votes: 0 })));
  await eventually(async () => expect(await world.log()).toHaveLength(keys.length));

  let seq = 1;
  const done: Record<string, boolean> = {};
  for (let round = 0; round < 5; round++) {
    const [{ results }] = await Promise.all([
      world.push(
        'ours',
        seq,
        ...keys.map((key, i) => ({
          key,
          op: 'patch',
          set: { '/done': round % 2 === 0, ...(i % 2 ? { '/title': `ours ${round}` } : {}) },
          base: 1,
        })),
      ),
      ...keys.map(async id => (await device.findOne(id).exec(true)).incrementalPatch({ title: `rx ${round}` })),
    ]);
    // The last write wins: an edit of RxDB's that was made a moment later and is there already keeps ours out.
    keys.forEach((key, i) => results[i]!.outcome !== 'superseded' && (done[key] = round % 2 === 0));
    seq += keys.length;
  }

  const stands = async () =>
    Object.fromEntries((await world.log()).filter(entry => entry.op === 'put').map(entry => [entry.key, entry.value]));
  // The last push may have been answered before it was committed.
  await eventually(async () => {
    const held = await read(device);
    expect(held).toEqual(await stands());
    expect(Object.fromEntries(keys.map(key => [key, held[key]?.done]))).toEqual(done);
  });
});

test('a device that was away too long loads anew, loses what is gone and keeps what it has not pushed', async () => {
  const device = await world.device();
  await device.bulkInsert(['a', 'b', 'c'].map(id => ({ id, title: 'old' })));
  await world.replicate(device, { live: false }).awaitInitialReplication();
  await world.push('c', 1, { key: 'a', op: 'delete', base: 1 }, { key: 'b', op: 'patch', set: { '/title': 'new' }, base: 2 });
  await (await device.findOne('c').exec(true)).patch({ title: 'edited while away' });
  await device.insert({ id: 'd', title: 'made while away' });
  let gone = 0;
  const fetch = through(async (send, request) => {
    if (!new URL(request.url).searchParams.get('id') || gone++ > 0) return send();
    return new Response('cursor-gone: What came after the cursor is no longer kept.', { status: 410 });
  });

  await world.replicate(device, { live: false, fetch, pull: { batchSize: 2 } }).awaitInitialReplication();
  await eventually(async () => expect(await world.log()).toHaveLength(7));

  expect(gone).toBeGreaterThan(0);
  expect(await read(device)).toEqual({
    b: { id: 'b', title: 'new' },
    c: { id: 'c', title: 'edited while away' },
    d: { id: 'd', title: 'made while away' },
  });
});
