import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RealStack } from '../../client/tests/real-stack.fixture.js';
import { eventually, read, World } from './device.fixture.js';
import { startReplication } from './recipe-package.js';
import { startPlainReplication } from './recipe-plain.js';

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

test.each(['recipe-package.ts', 'recipe-plain.ts'])('the documentation shows %s as it is tested', name => {
  const recipe = readFileSync(new URL(name, import.meta.url), 'utf8');

  expect(readFileSync(new URL('../../../../docs/recipes/rxdb.md', import.meta.url), 'utf8')).toContain('```ts\n' + recipe + '```');
});

test('handlers written after the documentation of RxDB replicate with a device of ours, and outlive a token that is refused', async () => {
  const [plain, ours] = [await world.device(), await world.device()];
  let refused = 0;
  const token = async () => (refused++ < 2 ? 'worn out' : stack.token('ada'));
  await plain.insert({ id: 'a', title: 'from a plain device' });

  const replication = startPlainReplication(plain, stack.url, world.dataset, token);
  replication.retryTime = 100;
  startReplication(ours, stack.url, world.dataset, () => stack.token('bob'));
  await ours.insert({ id: 'b', title: 'from one of ours' });

  const both = { a: { id: 'a', title: 'from a plain device' }, b: { id: 'b', title: 'from one of ours' } };
  await eventually(async () => expect(await read(ours)).toEqual(both));
  await eventually(async () => {
    replication.reSync();
    expect(await read(plain)).toEqual(both);
  });

  await (await plain.findOne('b').exec(true)).patch({ done: true });
  await (await ours.findOne('a').exec(true)).remove();

  const after = { b: { id: 'b', title: 'from one of ours', done: true } };
  await eventually(async () => expect(await read(ours)).toEqual(after));
  await eventually(async () => {
    replication.reSync();
    expect(await read(plain)).toEqual(after);
  });
  expect(refused).toBeGreaterThan(2);
});
