import { existsSync, writeFileSync } from 'node:fs';
import type { CDPSession, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Device } from '../support/device.js';
import { onSharedStack } from '../support/suite.js';

const RUNS = 3;
const QUEUED = 10_000;
const HEAP_SAMPLE_MS = 250;

const expected = Number(process.env.MYRIADSYNC_MEASURE_CITIES);
const remote = process.env.MYRIADSYNC_MEASURE_STORE!;
const dataset = process.env.MYRIADSYNC_MEASURE_DATASET!;
const results = process.env.MYRIADSYNC_MEASURE_RESULTS!;

/** Linux: how much of the processor a session's processes get beside other sessions', as sched(7) has it. */
const AUTOGROUP = '/proc/self/autogroup';
const LOWEST = 19;

const suite = onSharedStack();

/** Lets the server and its storage, which are of this session, yield to the browser, which is not: as on a device that no server runs on. */
async function onOwnDevice<T>(work: () => Promise<T>): Promise<T> {
  if (!existsSync(AUTOGROUP)) return work();
  writeFileSync(AUTOGROUP, `${LOWEST}`);
  try {
    return await work();
  } finally {
    writeFileSync(AUTOGROUP, '0');
  }
}

/** Tasks of the page's main thread that took longer than 50 ms, in milliseconds; they are what people feel as a page that hangs. */
const longTasks = (page: Page): Promise<number[]> => page.evaluate(() => window.longTasks);

async function watchedTab(device: Device, options: Parameters<Device['openTab']>[0]): Promise<{ page: Page; cdp: CDPSession }> {
  await device.context.addInitScript(() => {
    window.longTasks = [];
    new PerformanceObserver(list => window.longTasks.push(...list.getEntries().map(entry => Math.round(entry.duration)))).observe({
      type: 'longtask',
    });
  });
  const page = await device.openTab(options);
  return { page, cdp: await device.context.newCDPSession(page) };
}

const heapMiB = async (cdp: CDPSession): Promise<number> => (await cdp.send('Runtime.getHeapUsage')).usedSize / 2 ** 20;

async function firstSnapshot() {
  suite.dataset = dataset;
  const device = await suite.device('ada');
  const { page, cdp } = await watchedTab(device, { stores: { todos: { keyPath: 'id' }, notes: {}, cities: { remote } }, autoStart: false });
  let [peak, done] = [0, false];
  const sampling = (async () => {
    while (!done) {
      peak = Math.max(peak, await heapMiB(cdp));
      await new Promise(resolve => setTimeout(resolve, HEAP_SAMPLE_MS));
    }
  })();
  await page.evaluate(() => window.longTasks.splice(0));

  const seconds = await page.evaluate(async () => {
    const start = performance.now();
    const loaded = new Promise<void>(resolve => window.db.on('progress', progress => progress.done && resolve()));
    window.db.resume();
    await loaded;
    return (performance.now() - start) / 1000;
  });
  done = true;
  await sampling;
  expect(await page.evaluate(() => window.db.count('cities'))).toBe(expected);
  await cdp.send('HeapProfiler.collectGarbage');
  const result = { seconds, perSecond: expected / seconds, peakMiB: peak, keptMiB: await heapMiB(cdp), longTasksMs: await longTasks(page) };
  await suite.closeDevices();
  return result;
}

async function dayOffline() {
  suite.dataset = `e2e-${crypto.randomUUID()}`;
  const device = await suite.device('ada');
  const { page } = await watchedTab(device, {});
  await page.evaluate(() => window.db.syncNow());
  await device.context.setOffline(true);
  await page.evaluate(async count => {
    for (let i = 0; i < count; i++) await window.db.put('todos', { id: `t${i}`, title: `edit ${i} of a day offline`, votes: i });
  }, QUEUED);
  await page.evaluate(() => window.longTasks.splice(0));
  await device.context.setOffline(false);

  const seconds = await page.evaluate(async () => {
    const start = performance.now();
    await window.db.syncNow();
    return (performance.now() - start) / 1000;
  });
  expect(await page.evaluate(async () => (await window.db.status()).pending)).toBe(0);
  const result = { seconds, longTasksMs: await longTasks(page) };
  await suite.closeDevices();
  return result;
}

async function times<T>(work: () => Promise<T>): Promise<T[]> {
  const all: T[] = [];
  for (let run = 0; run < RUNS; run++) all.push(await work());
  return all;
}

test('measure', async () => {
  const snapshots = await onOwnDevice(() => times(firstSnapshot));
  writeFileSync(results, JSON.stringify({ snapshots, pushes: await times(dayOffline) }));
});

declare global {
  interface Window {
    longTasks: number[];
  }
}
