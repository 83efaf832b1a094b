import { expect, test } from 'vitest';
import { converged, eventually, readTodos, stateOf, syncNow, told } from '../support/app.js';
import { onSharedStack } from '../support/suite.js';

const suite = onSharedStack();

test('a device that was away for longer than the log goes back loads anew, and keeps what it has not pushed', async () => {
  const [ada, bob] = [await suite.device('ada'), await suite.device('bob')];
  const [adas, bobs] = [await ada.openTab(), await bob.openTab()];
  await bobs.evaluate(() =>
    window.db.putAll(
      'todos',
      ['a', 'b', 'c'].map(id => ({ id, title: 'old', votes: 1 })),
    ),
  );
  await eventually(async () => Object.keys(await readTodos(adas))).toEqual(['a', 'b', 'c']);

  await ada.context.setOffline(true);
  await eventually(() => stateOf(adas)).toBe('offline');
  await adas.evaluate(async () => {
    await window.db.patch('todos', 'c', { title: 'edited while away' });
    await window.db.increment('todos', 'b', 'votes', 10);
    await window.db.put('todos', { id: 'e', title: 'made while away' });
  });
  await bobs.evaluate(async () => {
    await window.db.delete('todos', 'a');
    await window.db.increment('todos', 'b', 'votes', 100);
    await window.db.put('todos', { id: 'd', title: 'new' });
  });
  await syncNow(bobs);
  await suite.stack.forget(suite.dataset);
  const statuses: number[] = [];
  adas.on('response', response => statuses.push(response.status()));
  await ada.context.setOffline(false);

  expect(await converged(adas, bobs)).toEqual({
    b: { id: 'b', title: 'old', votes: 111 },
    c: { id: 'c', title: 'edited while away', votes: 1 },
    d: { id: 'd', title: 'new' },
    e: { id: 'e', title: 'made while away' },
  });
  expect(statuses).toContain(410);
  expect(await told(adas, 'progress')).toBeGreaterThan(0);
});
