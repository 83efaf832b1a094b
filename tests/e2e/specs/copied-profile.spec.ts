import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { allPushed, converged, stateOf, syncNow } from '../support/app.js';
import { onSharedStack } from '../support/suite.js';

const suite = onSharedStack();
const folder = mkdtempSync(join(tmpdir(), 'myriadsync-profile-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a copied profile is told apart from the one that it was copied from, and the edits of both stay', async () => {
  const [original, copy] = [join(folder, 'original'), join(folder, 'copy')];
  const before = await suite.device('ada', original);
  const tab = await before.openTab();
  await tab.evaluate(() => window.db.put('todos', { id: 'a', title: 'of before', votes: 1, tags: ['x'] }));
  await syncNow(tab);
  const clientId = async (page: typeof tab) => (await page.evaluate(() => window.db.diagnose())).datasets[0]!.position.clientId;
  const sharedId = await clientId(tab);
  await suite.closeDevices();
  cpSync(original, copy, { recursive: true });

  const [one, two] = [await suite.device('ada', original), await suite.device('ada', copy)];
  const [ones, twos] = [await one.openTab({ autoStart: false }), await two.openTab({ autoStart: false })];
  for (const [page, name] of [
    [ones, 'one'],
    [twos, 'two'],
  ] as const) {
    await page.evaluate(async name => {
      await window.db.increment('todos', 'a', 'votes');
      await window.db.addToSet('todos', 'a', 'tags', name);
      await window.db.put('todos', { id: name, title: `of ${name}` });
    }, name);
  }
  expect([await clientId(ones), await clientId(twos)]).toEqual([sharedId, sharedId]);
  const statuses: number[] = [];
  twos.on('response', response => statuses.push(response.status()));
  await ones.evaluate(() => window.db.resume());
  await allPushed(ones);
  await twos.evaluate(() => window.db.resume());

  expect(await converged(ones, twos)).toEqual({
    a: { id: 'a', title: 'of before', votes: 3, tags: expect.toSatisfy(tags => isDeepStrictEqual([...tags].sort(), ['one', 'two', 'x'])) },
    one: { id: 'one', title: 'of one' },
    two: { id: 'two', title: 'of two' },
  });
  expect(statuses).toContain(409);
  expect(await clientId(ones)).toBe(sharedId);
  expect(await clientId(twos)).not.toBe(sharedId);
  expect(await stateOf(twos)).not.toBe('error');
  expect(await twos.evaluate(() => window.db.conflicts())).toEqual([]);
});
