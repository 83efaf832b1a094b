import { expect, test } from 'vitest';
import { converged, eventually, stateOf } from '../support/app.js';
import { onOwnStack } from '../support/suite.js';

const KILLS = 3;

/** Longest that all of it may take, in milliseconds: a busy machine starts the server slowly, and edits are made all the while. */
const LIMIT_MS = 300_000;

const suite = onOwnStack();

test(
  'a server that is killed under load and started again has every edit once',
  async () => {
    const devices = await Promise.all(['ada', 'bob'].map(sub => suite.device(sub)));
    const pages = await Promise.all(devices.map(device => device.openTab()));
    await pages[0]!.evaluate(() => window.db.put('todos', { id: 'counter', title: 'counter', votes: 0, tags: [] }));
    await eventually(() => pages[1]!.evaluate(() => window.db.count('todos'))).toBe(1);

    // Edits all the time, and none that waits for the server.
    for (const [index, page] of pages.entries()) {
      await page.evaluate(async device => {
        window.made = 0;
        window.load = (async () => {
          while (!window.enough) {
            await window.db.increment('todos', 'counter', 'votes');
            await window.db.addToSet('todos', 'counter', 'tags', `${device}-${window.made % 20}`);
            await window.db.put('todos', { id: `${device}-${window.made}`, title: 'one of many', votes: window.made });
            window.made += 1;
            await new Promise(resolve => setTimeout(resolve, 20));
          }
        })();
      }, index);
    }
    for (let kill = 0; kill < KILLS; kill++) {
      const before = await pages[0]!.evaluate(() => window.made);
      await eventually(() => pages[0]!.evaluate(() => window.made)).toBeGreaterThan(before + 50);
      await suite.stack.kill();
      await eventually(() => stateOf(pages[0]!)).toBe('offline');
      await suite.stack.start();
      await eventually(() => stateOf(pages[0]!)).not.toBe('offline');
    }
    const made = await Promise.all(
      pages.map(page =>
        page.evaluate(async () => {
          window.enough = true;
          await window.load;
          return window.made;
        }),
      ),
    );

    const { counter, ...rest } = await converged(...pages);
    expect(counter!.votes).toBe(made[0]! + made[1]!);
    expect(counter!.tags).toHaveLength(40);
    expect(Object.keys(rest)).toHaveLength(made[0]! + made[1]!);
    for (const page of pages) expect(await page.evaluate(() => window.db.conflicts())).toEqual([]);
  },
  LIMIT_MS,
);

declare global {
  interface Window {
    /** Rounds of edits that were made. */
    made: number;
    /** Ends the edits. */
    enough?: boolean;
    /** Settles when they have ended. */
    load: Promise<void>;
  }
}
