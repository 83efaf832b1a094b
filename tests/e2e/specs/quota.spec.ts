import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { allPushed, eventually, readTodos, stateOf, syncNow, told } from '../support/app.js';
import type { Device } from '../support/device.js';
import { onSharedStack } from '../support/suite.js';

const KIB = 1024;

const suite = onSharedStack();

/** Opens a tab whose origin may use so much storage and no more. */
async function openTightTab(device: Device, bytes: number): Promise<{ tab: Page; makeRoom(): Promise<unknown> }> {
  const tab = await device.context.newPage();
  await tab.goto(suite.server.url);
  const cdp = await device.context.newCDPSession(tab);
  const { origin } = new URL(tab.url());
  // Before anything is written: for half a minute, the browser remembers how much room there was.
  await cdp.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: bytes });
  await device.load(tab);
  return { tab, makeRoom: () => cdp.send('Storage.overrideQuotaForOrigin', { origin }) };
}

/** Writes notes of a size until one is refused, and tells how many were taken and how the last one was refused. */
const fill = (page: Page, bytes: number) =>
  page.evaluate(async bytes => {
    // Random, for storage is compressed.
    const content = () => Array.from(crypto.getRandomValues(new Uint32Array(bytes / 8)), n => n.toString(16).padStart(8, '0')).join('');
    for (let taken = 0; ; taken++) {
      try {
        await window.db.put('notes', { content: content() }, `n${taken}`);
      } catch (error) {
        return { taken, code: (error as { code?: string }).code };
      }
    }
  }, bytes);

test('an edit that the storage has no room for is refused and told, and nothing that was acknowledged is lost', async () => {
  const [ada, bob] = [await suite.device('ada'), await suite.device('bob')];
  const { tab, makeRoom } = await openTightTab(ada, 2000 * KIB);
  await syncNow(tab);
  await tab.evaluate(() => window.db.pause());

  const { taken, code } = await fill(tab, 100 * KIB);

  expect(code).toBe('storage-full');
  expect(taken).toBeGreaterThan(0);
  expect(await told(tab, 'storage-full')).toBe(1);
  expect(await tab.evaluate(() => window.db.count('notes'))).toBe(taken);
  await makeRoom();
  await tab.evaluate(() => window.db.resume());
  await allPushed(tab);
  const other = await bob.openTab();
  await eventually(() => other.evaluate(() => window.db.count('notes'))).toBe(taken);
});

test('what comes from the server and finds no room is told, edits still go up, and it is taken in when there is room again', async () => {
  const [ada, bob] = [await suite.device('ada'), await suite.device('bob')];
  const { tab: adas, makeRoom } = await openTightTab(ada, 1000 * KIB);
  const bobs = await bob.openTab();
  await Promise.all([syncNow(adas), syncNow(bobs)]);

  await bobs.evaluate(async () => {
    const content = () => Array.from(crypto.getRandomValues(new Uint32Array(12_800)), n => n.toString(16).padStart(8, '0')).join('');
    for (let i = 0; i < 30; i++) await window.db.put('notes', { content: content() }, `n${i}`);
  });
  await eventually(() => told(adas, 'storage-full')).toBeGreaterThan(0);
  await eventually(() => stateOf(adas)).toBe('error');
  await makeRoom();
  await adas.evaluate(() => window.db.put('todos', { id: 'a', title: 'meanwhile' }));
  await syncNow(adas);

  await eventually(() => adas.evaluate(() => window.db.count('notes'))).toBe(30);
  await eventually(() => readTodos(bobs)).toEqual({ a: { id: 'a', title: 'meanwhile' } });
});
