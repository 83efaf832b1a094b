import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { inSlices } from './write.js';

const items = Array.from({ length: 230 }, (_, i) => i);

it('begins the items in their order, and only so many before the first are done', async () => {
  const begun: number[] = [];
  let [open, most] = [0, 0];
  await inSlices(items, async item => {
    begun.push(item);
    most = Math.max(most, ++open);
    await wait(1);
    open--;
  });
  expect(begun).toEqual(items);
  expect([open, most]).toEqual([0, 99]);
});

it.each([[0], [60], [229]])('fails with item %i', async bad => {
  const failing = inSlices(items, async item => {
    await wait(item < 50 ? 5 : 1);
    if (item === bad) throw new Error(`item ${item}`);
  });
  await expect(failing).rejects.toThrow(`item ${bad}`);
});
