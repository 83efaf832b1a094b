import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { Device, launch } from './device.js';
import { type PageServer, startPageServer } from './page-server.js';
import { type OwnStack, sharedStack, type Stack, startStack } from './stack.js';

/** What the tests of a spec work with: a browser, a stack, a page; and for each test a dataset and devices of its own. */
export class Suite<S extends Stack = Stack> {
  browser!: Browser;
  stack!: S;
  server!: PageServer;
  /** The test's own. */
  dataset = '';
  readonly #devices: Device[] = [];

  /** A device of a user, in the browser; or with a profile in a folder. */
  async device(sub: string, folder?: string): Promise<Device> {
    const world = { stack: this.stack, server: this.server, dataset: this.dataset };
    const device = folder === undefined ? await Device.in(this.browser, world, sub) : await Device.at(folder, world, sub);
    this.#devices.push(device);
    return device;
  }

  /** Ends the devices of a test. */
  async closeDevices(): Promise<void> {
    await Promise.all(this.#devices.splice(0).map(device => device.close()));
  }
}

/** A suite on the stack that all specs share. */
export const onSharedStack = (): Suite => prepare(new Suite(), async () => sharedStack(), false);

/** A suite on a stack whose app is a process that can be killed. */
export function onOwnStack(): Suite<OwnStack> {
  const suite = prepare(new Suite<OwnStack>(), () => startStack({ ownProcess: true }), true);
  afterAll(() => suite.stack?.dispose());
  return suite;
}

function prepare<S extends Stack>(suite: Suite<S>, start: () => Promise<S>, sameOrigin: boolean): Suite<S> {
  beforeAll(async () => {
    suite.stack = await start();
    suite.server = await startPageServer(suite.stack.url, { sameOrigin });
    suite.browser = await launch();
  });
  beforeEach(() => {
    suite.dataset = `e2e-${crypto.randomUUID()}`;
  });
  afterEach(() => suite.closeDevices());
  afterAll(async () => {
    await suite.browser?.close();
    await suite.server?.stop();
  });
  return suite;
}
