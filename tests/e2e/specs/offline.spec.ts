import { expect, test } from 'vitest';
import { converged, eventually, readTodos, stateOf } from '../support/app.js';
import { onSharedStack } from '../support/suite.js';

const suite = onSharedStack();

test('two devices edit offline and come back: they agree, and no edit of either is lost', async () => {
  const [ada, bob] = [await suite.device('ada'), await suite.device('bob')];
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
  await eventually(() => stateOf(adas)).toBe('offline');
  await bob.context.setOffline(false);
  await ada.context.setOffline(false);

  expect(await converged(adas, bobs)).toEqual({
    a: { id: 'a', title: 'oat milk', done: true, votes: 6, tags: ['x', 'y'] },
    ada: { id: 'ada', title: 'of ada' },
    bob: { id: 'bob', title: 'of bob' },
  });
  expect(await adas.evaluate(() => window.db.conflicts())).toEqual([]);
});
