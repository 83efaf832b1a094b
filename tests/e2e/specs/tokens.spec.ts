import { expect, test } from 'vitest';
import { allPushed, eventually, pending, readTodos, stateOf, syncNow } from '../support/app.js';
import { onSharedStack } from '../support/suite.js';

/** Seconds after which a token is refused even by a server whose clock is behind. */
const LONG_OVER = -3600;

const suite = onSharedStack();

test('a token that has expired is renewed once, and what was edited goes up', async () => {
  const [ada, bob] = [await suite.device('ada'), await suite.device('bob')];
  const tab = await ada.openTab();
  await syncNow(tab);
  const expired = await suite.stack.token('ada', { expiresIn: LONG_OVER });
  const statuses: number[] = [];
  tab.on('response', response => statuses.push(response.status()));

  await tab.evaluate(async expired => {
    window.token = expired;
    await window.db.put('todos', { id: 'a', title: 'with an old token' });
  }, expired);
  await allPushed(tab);

  expect(ada.refreshes).toBe(1);
  expect(statuses.filter(status => status === 401)).toHaveLength(1);
  const other = await bob.openTab();
  await eventually(() => readTodos(other)).toEqual({ a: { id: 'a', title: 'with an old token' } });
});

test('a session that is over stops nothing on the device, and what was edited goes up when the user has signed in again', async () => {
  const ada = await suite.device('ada');
  const tab = await ada.openTab();
  await syncNow(tab);
  ada.tokensExpireIn = LONG_OVER;

  await tab.evaluate(
    async expired => {
      window.token = expired;
      await window.db.put('todos', { id: 'a', title: 'signed out' });
    },
    await suite.stack.token('ada', { expiresIn: LONG_OVER }),
  );
  await eventually(() => stateOf(tab)).toBe('error');
  await tab.evaluate(() => window.db.put('todos', { id: 'b', title: 'signed out' }));
  expect(await pending(tab)).toBe(2);

  ada.tokensExpireIn = 3600;
  await syncNow(tab);

  expect(await pending(tab)).toBe(0);
  expect(Object.keys(await readTodos(tab))).toEqual(['a', 'b']);
});
