import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { allPushed, converged, eventually, leads, readTodos, syncNow } from '../support/app.js';
import { onSharedStack } from '../support/suite.js';

const suite = onSharedStack();

/** Ends a tab without a last word, as the system does when memory runs out. */
async function crash(page: Page): Promise<void> {
  const crashed = page.waitForEvent('crash');
  page.goto('chrome://crash').catch(() => undefined);
  await crashed;
}

test('of two tabs one syncs, both see everything, and the other one takes over when it dies', async () => {
  const [ada, bob] = [await suite.device('ada'), await suite.device('bob')];
  const first = await ada.openTab();
  await eventually(() => leads(first)).toBe(true);
  const second = await ada.openTab();
  const elsewhere = await bob.openTab();
  const requests: string[] = [];
  second.on('request', request => requests.push(request.url()));

  await second.evaluate(() => window.db.put('todos', { id: 'a', title: 'of the tab that does not sync' }));
  await eventually(() => readTodos(elsewhere)).toHaveProperty('a');
  await elsewhere.evaluate(() => window.db.put('todos', { id: 'b', title: 'of another device' }));
  await eventually(() => readTodos(second)).toHaveProperty('b');
  expect(requests).toEqual([]);
  expect([await leads(first), await leads(second)]).toEqual([true, false]);

  await crash(first);
  await second.evaluate(() => window.db.put('todos', { id: 'c', title: 'after the other one died' }));
  await elsewhere.evaluate(() => window.db.put('todos', { id: 'd', title: 'of another device' }));

  expect(Object.keys(await converged(second, elsewhere))).toEqual(['a', 'b', 'c', 'd']);
  expect(await leads(second)).toBe(true);
});

test('a tab that is killed mid-push has pushed exactly once when the app is open again', async () => {
  const [ada, bob] = [await suite.device('ada'), await suite.device('bob')];
  const tab = await ada.openTab();
  await tab.evaluate(() => window.db.put('todos', { id: 'a', title: 'counter', votes: 0 }));
  await syncNow(tab);
  // The server has taken the batch, and its answer never arrives.
  const taken = new Promise<void>(resolve => {
    void tab.route('**/batches', async route => {
      await route.fetch();
      resolve();
    });
  });

  await tab.evaluate(async () => {
    for (let i = 0; i < 5; i++) await window.db.increment('todos', 'a', 'votes');
    await window.db.put('todos', { id: 'b', title: 'with it' });
  });
  await taken;
  await crash(tab);
  const again = await ada.openTab();
  await allPushed(again);

  const other = await bob.openTab();
  expect(await converged(again, other)).toEqual({ a: { id: 'a', title: 'counter', votes: 5 }, b: { id: 'b', title: 'with it' } });
  expect(await again.evaluate(() => window.db.conflicts())).toEqual([]);
});
