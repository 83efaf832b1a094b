import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { PageOptions } from '../page/app.js';
import { launchOptions } from './chromium.js';
import type { PageServer } from './page-server.js';
import type { Stack } from './stack.js';

/** What all devices of a spec have in common. */
export interface World {
  stack: Stack;
  server: PageServer;
  dataset: string;
}

/** How the app in a tab is started. */
export type TabOptions = Partial<Pick<PageOptions, 'autoStart' | 'stores'>>;

/** Starts the browser. */
export const launch = (): Promise<Browser> => chromium.launch(launchOptions());

/** A browser of one user, with storage of its own: a context of the browser that the specs share, or one with a folder. */
export class Device {
  /** How often its pages asked for a token because the last one was refused. */
  refreshes = 0;
  /** Seconds that the next tokens hold. */
  tokensExpireIn = 3600;

  private constructor(
    readonly context: BrowserContext,
    readonly world: World,
  ) {}

  /** A new one in the browser. */
  static async in(browser: Browser, world: World, sub: string): Promise<Device> {
    return Device.of(await browser.newContext(), world, sub);
  }

  /** The one whose profile lies in a folder. */
  static async at(folder: string, world: World, sub: string): Promise<Device> {
    return Device.of(await chromium.launchPersistentContext(folder, launchOptions()), world, sub);
  }

  private static async of(context: BrowserContext, world: World, sub: string): Promise<Device> {
    const device = new Device(context, world);
    await context.exposeFunction('requestToken', (refresh: boolean) => {
      if (refresh) device.refreshes += 1;
      return world.stack.token(sub, { expiresIn: device.tokensExpireIn });
    });
    return device;
  }

  /** Opens a tab with the app in it. */
  async openTab(options: TabOptions = {}): Promise<Page> {
    const page = await this.context.newPage();
    await this.load(page, options);
    return page;
  }

  /** Loads the app in a tab that is there. */
  async load(page: Page, { autoStart = true, stores }: TabOptions = {}): Promise<void> {
    const { server, dataset } = this.world;
    await page.goto(server.url);
    await page.waitForFunction(() => 'start' in window);
    await page.evaluate(options => window.start(options), { url: server.api, dataset, name: 'app', autoStart, ...(stores && { stores }) });
  }

  /** Ends it; what it stored goes, unless it is in a folder. */
  close(): Promise<void> {
    return this.context.close();
  }
}
