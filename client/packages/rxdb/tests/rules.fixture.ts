import type { RxStorage } from 'rxdb/plugins/core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RealStack } from '../../client/tests/real-stack.fixture.js';
import { eventually, read, through, World, type Note } from './device.fixture.js';

/** What the service has to keep to, so that RxDB loses nothing, on one of RxDB's storages. */
export function holdRules(name: string, storage: () => RxStorage<any, any>): void {
  describe(`the rules of the wire, on ${name}`, () => rules(storage));
}

function rules(storage: () => RxStorage<any, any>): void {
  let stack: RealStack;
  let world: World;

  beforeAll(async () => {
    stack = await World.start();
  });
  afterAll(() => stack.stop());
  beforeEach(() => {
    world = new World(stack, storage);
  });
  afterEach(() => world.stop());

  const notes = (count: number): Note[] => Array.from({ length: count }, (_, i) => ({ id: `n${String(i).padStart(5, '0')}`, title: 'x' }));
  const puts = (count: number, store: string) =>
    Array.from({ length: count }, (_, i) => ({ store, key: `k${i}`, op: 'put', value: { n: i } }));

  test('1: pages are full while more exists, so that nothing is left behind', async () => {
    const source = await world.device();
    await source.bulkInsert(notes(95));
    await world.replicate(source, { live: false }).awaitInitialReplication();
    const target = await world.device();

    await world.replicate(target, { live: false, pull: { batchSize: 10 } }).awaitInitialReplication();

    expect(Object.keys(await read(target))).toHaveLength(95);
  });

  test('1: more than the most is refused, not cut', async () => {
    const target = await world.device();
    const replication = world.replicate(target, { pull: { batchSize: 1001 } });
    const errors: string[] = [];
    replication.error$.subscribe(error => errors.push(JSON.stringify(error.parameters)));

    await eventually(() => expect(errors.length).toBeGreaterThan(0));

    expect(errors[0]).toContain('invalid-parameter');
  });

  test('2: what is of no interest does not end a pull', async () => {
    const source = await world.device();
    const replication = world.replicate(source);
    await replication.awaitInitialReplication();
    await world.push('other', 1, ...puts(300, 'noise'));
    await world.push('mine', 1, { key: 'late', op: 'put', value: { id: 'late', title: 'after much else' } });
    await world.push('other', 301, ...puts(300, 'noise'));
    await world.push('mine', 2, { key: 'later', op: 'put', value: { id: 'later', title: 'after still more' } });

    await eventually(async () => expect(Object.keys(await read(source)).sort()).toEqual(['late', 'later']));
  });

  test('3: checkpoints are flat, with every member always there', async () => {
    const checkpoints: object[] = [];
    const fetch = through(async (send, request) => {
      const response = await send();
      if (request.url.includes('/pull?')) checkpoints.push(((await response.clone().json()) as { checkpoint: object }).checkpoint);
      return response;
    });
    const source = await world.device();
    await source.bulkInsert(notes(30));
    await world.replicate(source, { live: false, fetch, pull: { batchSize: 10 } }).awaitInitialReplication();
    await world.replicate(await world.device(), { live: false, fetch, pull: { batchSize: 10 } }).awaitInitialReplication();

    expect(checkpoints.length).toBeGreaterThan(3);
    for (const checkpoint of checkpoints) {
      expect(Object.entries(checkpoint).map(([name, value]) => `${name}:${typeof value}`)).toEqual([
        'id:string',
        'lwt:number',
        'updatedAt:number',
      ]);
    }
  });

  test('4: errors cannot be taken for pages or conflicts', async () => {
    const replies: [number, string | null, string][] = [];
    for (const [path, init] of [
      ['/rxdb/notes/1/pull?limit=0', {}],
      ['/rxdb/notes/1/pull?id=nonsense', {}],
      ['/rxdb/notes/0/pull', {}],
      ['/rxdb/notes/1/push', { method: 'POST', body: '{' }],
      ['/rxdb/notes/1/push', { method: 'POST', body: JSON.stringify(Array.from({ length: 1001 }, () => 1)) }],
    ] as const) {
      const response = await world.request(path, init);
      replies.push([response.status, response.headers.get('Content-Type'), await response.text()]);
    }

    for (const [status, type, text] of replies) {
      expect(status).toBeGreaterThanOrEqual(400);
      expect(type).toContain('text/plain');
      expect(() => JSON.parse(text)).toThrow();
    }
  });

  test('5: what the service makes of an edit comes back once, and is taken', async () => {
    const [one, two] = [await world.device(), await world.device()];
    await one.insert({ id: 'a', title: 'milk', place: { city: 'Bern', zip: '3000' } });
    await world.replicate(one, { live: false }).awaitInitialReplication();
    await world.replicate(two, { live: false }).awaitInitialReplication();
    await (await one.findOne('a').exec(true)).patch({ title: 'oats' });
    await world.replicate(one, { live: false }).awaitInitialReplication();
    let pushes = 0;
    const fetch = through((send, request) => {
      if (request.url.includes('/push')) pushes++;
      return send();
    });

    await (await two.findOne('a').exec(true)).patch({ place: { city: 'Bern', zip: '3001' } });
    const replication = world.replicate(two, { fetch });
    await replication.awaitInSync();

    await eventually(async () => expect((await read(two))['a']).toEqual({ id: 'a', title: 'oats', place: { city: 'Bern', zip: '3001' } }));
    expect((await world.log()).at(-1)?.value).toEqual({ id: 'a', title: 'oats', place: { city: 'Bern', zip: '3001' } });
    expect(pushes).toBeLessThanOrEqual(2);
  });

  test('6: rows that come again because their answer was lost are carried out once', async () => {
    let lost = 0;
    const fetch = through(async (send, request) => {
      const response = await send();
      if (!request.url.includes('/push') || lost++ >= 2) return response;
      throw new TypeError('The network is gone.');
    });
    const source = await world.device();
    await source.bulkInsert(notes(5));

    await world.replicate(source, { live: false, fetch }).awaitInitialReplication();

    expect(lost).toBe(3);
    expect(await world.log()).toHaveLength(5);
    expect(Object.keys(await read(source))).toHaveLength(5);
  });

  test('7: nothing that is committed while somebody pulls is skipped', async () => {
    const writers = await Promise.all(Array.from({ length: 4 }, () => world.device()));
    const reader = await world.device();
    world.replicate(reader, { pull: { batchSize: 7 } });
    await Promise.all(writers.map(writer => world.replicate(writer, { push: { batchSize: 5 } }).awaitInitialReplication()));

    await Promise.all(writers.map((writer, w) => Promise.all(notes(40).map(note => writer.insert({ ...note, id: `w${w}-${note.id}` })))));

    await eventually(async () => expect(Object.keys(await read(reader))).toHaveLength(160));
    await eventually(async () => expect(Object.keys(await read(writers[0]!))).toHaveLength(160));
  });

  test('8: a row that can never be taken holds nobody up, and the device is told', async () => {
    const source = await world.device();
    await source.bulkInsert([
      { id: 'a', title: 'milk' },
      { id: 'b', title: 'x'.repeat(300_000) },
      { id: 'c', title: 'bread' },
    ]);
    const replication = world.replicate(source);

    await eventually(async () => expect(Object.keys(await read(source))).toEqual(['a', 'c']));
    await source.insert({ id: 'd', title: 'still here' });

    await eventually(async () => expect((await world.log()).map(entry => entry.key)).toEqual(['a', 'c', 'd']));
    expect(replication.isStopped()).toBe(false);
  });

  test('9: rows count as pushed only when they are committed', async () => {
    const statuses: number[] = [];
    const fetch = through(async (send, request) => {
      if (request.url.includes('/push') && statuses.length < 3) request.headers.set('Prefer', 'wait=0');
      const response = await send();
      if (request.url.includes('/push')) statuses.push(response.status);
      return response;
    });
    const source = await world.device();
    await source.bulkInsert(notes(20));

    await world.replicate(source, { live: false, fetch }).awaitInitialReplication();

    expect(statuses.at(-1)).toBe(200);
    expect(statuses.slice(0, -1).every(status => status === 503)).toBe(true);
    expect(await world.log()).toHaveLength(20);
  });

  test('10: a token that is refused is renewed, and the push is not lost', async () => {
    const asked: boolean[] = [];
    const source = await world.device();
    await source.insert({ id: 'a', title: 'milk' });

    const token = async (expired: boolean) => (asked.push(expired), expired ? stack.token('ada') : 'worn out');
    await world.replicate(source, { live: false, token }).awaitInitialReplication();

    expect(asked[0]).toBe(false);
    expect(asked).toContain(true);
    expect(await world.log()).toHaveLength(1);
  });

  test.each([
    [{ dataset: '-' }, 400, false],
    [{ schemaVersion: 0 }, 426, true],
    [{ schemaVersion: 99 }, 503, false],
  ])('10: with %j the answer is %i, which ends the replication: %s', async (options, status, ends) => {
    const replication = world.replicate(await world.device(), options);
    const errors: string[] = [];
    replication.error$.subscribe(error => errors.push(JSON.stringify(error.parameters)));

    await eventually(() => expect(errors.some(error => error.includes(String(status)))).toBe(true));
    if (ends) await eventually(() => expect(replication.isStopped()).toBe(true));

    expect(replication.isStopped()).toBe(ends);
  });

  test('10: missing rights end the replication, and nothing is lost on the device', async () => {
    const source = await world.device();
    await source.insert({ id: 'a', title: 'milk' });
    const replication = world.replicate(source, { token: () => stack.token('eve', ['read']) });

    await eventually(() => expect(replication.isStopped()).toBe(true));

    expect(Object.keys(await read(source))).toEqual(['a']);
    expect(await world.log()).toEqual([]);
  });

  test('11: each document is once in a page', async () => {
    for (let seq = 1; seq <= 5; seq++) await world.push('c', seq, { key: 'a', op: 'put', value: { id: 'a', title: `v${seq}` } });
    const start = await (await world.request('/rxdb/notes/1/pull')).json();
    for (let seq = 6; seq <= 9; seq++) await world.push('c', seq, { key: 'a', op: 'put', value: { id: 'a', title: `v${seq}` } });

    const page = (await (
      await world.request(`/rxdb/notes/1/pull?id=${(start as { checkpoint: { id: string } }).checkpoint.id}`)
    ).json()) as {
      documents: Note[];
    };

    expect(page.documents.map(document => document.title)).toEqual(['v9']);
  });

  test('12: no answer is ever cached', async () => {
    for (const path of ['pull', 'pull?limit=0']) {
      expect((await world.request(`/rxdb/notes/1/${path}`)).headers.get('Cache-Control')).toBe('no-store');
    }
  });
}
