import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allPushed, eventually, readTodos, uniqueName } from '../support/app.js';
import { Device, launch, type World } from '../support/device.js';
import { startPageServer } from '../support/page-server.js';
import { sharedStack } from '../support/stack.js';

let browser: Browser;
let world: World;

beforeAll(async () => {
  const stack = sharedStack();
  world = { stack, server: await startPageServer(stack.url), dataset: uniqueName('offline') };
  browser = await launch();
});

afterAll(async () => {
  await browser?.close();
  await world?.server.stop();
});

test('two devices edit offline and come back: they agree, and no edit of either is lost', async () => {
  const [ada, bob] = [await Device.in(browser, world, 'ada'), await Device.in(browser, world, 'bob')];
  const [adas, bobs] = [await ada.openTab(), await bob.openTab()];
  await adas.evaluate(() =>
    window.db.putAll('todos', [
      { id: 'a', title: 'milk', votes: 1, tags: ['x'] },
      { id: 'gone', title: 'old' },
    ]),
  );
  await eventually(() => readTodos(bobs)).toHaveProperty('a');

  await ada.context.setOffline(true);
  await bob.context.setOffline(true);
  await adas.evaluate(async () => {
    await window.db.increment('todos', 'a', 'votes', 2);
    await window.db.patch('todos', 'a', { title: 'oat milk' });
    await window.db.put('todos', { id: 'ada', title: 'of ada' });
    await window.db.delete('todos', 'gone');
  });
  await bobs.evaluate(async () => {
    await window.db.increment('todos', 'a', 'votes', 3);
    await window.db.addToSet('todos', 'a', 'tags', 'y');
    await window.db.patch('todos', 'a', { done: true });
    await window.db.put('todos', { id: 'bob', title: 'of bob' });
  });
  await eventually(() => adas.evaluate(async () => (await window.db.status()).state)).toBe('offline');
  await bob.context.setOffline(false);
  await ada.context.setOffline(false);
  await Promise.all([allPushed(adas), allPushed(bobs)]);

  const both = {
    a: { id: 'a', title: 'oat milk', done: true, votes: 6, tags: ['x', 'y'] },
    ada: { id: 'ada', title: 'of ada' },
    bob: { id: 'bob', title: 'of bob' },
  };
  await eventually(() => readTodos(adas)).toEqual(both);
  await eventually(() => readTodos(bobs)).toEqual(both);
  expect(await adas.evaluate(() => window.db.conflicts())).toEqual([]);
});
