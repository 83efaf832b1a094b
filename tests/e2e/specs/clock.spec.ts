import { expect, test } from 'vitest';
import { converged, eventually, readTodos, syncNow } from '../support/app.js';
import type { Device } from '../support/device.js';
import { onSharedStack } from '../support/suite.js';

const HOUR_MS = 3_600_000;
/** More than what a slow answer of the server may leave a corrected clock off by, and less than the server allows a clock to be ahead. */
const LATER_MS = 20_000;

declare global {
  interface Window {
    clockOffMs: number;
  }
}

const suite = onSharedStack();

/** Sets the clock of a device's pages off: `Date` is all that the browser tells them of the time of day. */
async function setClock(device: Device, offMs: number): Promise<void> {
  await device.context.addInitScript(offMs => {
    const RealDate = Date;
    window.clockOffMs = offMs;
    class ShiftedDate extends RealDate {
      constructor(...parts: []) {
        super(...((parts.length > 0 ? parts : [ShiftedDate.now()]) as []));
      }
      static override now = () => RealDate.now() + window.clockOffMs;
    }
    window.Date = ShiftedDate as DateConstructor;
  }, offMs);
}

test.each([
  ['ahead', HOUR_MS],
  ['behind', -HOUR_MS],
])('a clock an hour %s decides nothing: of two edits the later one stays', async (_, offMs) => {
  const [wrong, right] = [await suite.device('ada'), await suite.device('bob')];
  await setClock(wrong, offMs);
  await setClock(right, 0);
  const [wrongs, rights] = [await wrong.openTab(), await right.openTab()];
  await wrongs.evaluate(() =>
    window.db.putAll(
      'todos',
      ['a', 'b'].map(id => ({ id, title: 'first' })),
    ),
  );
  await eventually(() => readTodos(rights)).toHaveProperty('b');

  await wrongs.evaluate(() => window.db.pause());
  await rights.evaluate(() => window.db.pause());
  await wrongs.evaluate(() => window.db.patch('todos', 'a', { title: 'wrong clock, earlier' }));
  await rights.evaluate(() => window.db.patch('todos', 'b', { title: 'right clock, earlier' }));
  for (const page of [rights, wrongs]) await page.evaluate(laterMs => void (window.clockOffMs += laterMs), LATER_MS);
  await rights.evaluate(() => window.db.patch('todos', 'a', { title: 'right clock, later' }));
  await wrongs.evaluate(() => window.db.patch('todos', 'b', { title: 'wrong clock, later' }));
  for (const page of [rights, wrongs, rights]) {
    await page.evaluate(() => window.db.resume());
    await syncNow(page);
  }

  expect(await converged(wrongs, rights)).toEqual({
    a: { id: 'a', title: 'right clock, later' },
    b: { id: 'b', title: 'wrong clock, later' },
  });
});
