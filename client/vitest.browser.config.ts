import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { launchOptions } from '../tests/e2e/support/chromium.js';
import { specReport } from '../tests/e2e/support/spec-report.js';
import { packageSources } from './vitest.sources.js';

const stackUrl = process.env.MYRIADSYNC_STACK_URL;
if (!stackUrl)
  throw new Error('Needs a stack and a browser, named by environment variables; `dotnet run --project tests/e2e` sees to both.');

/** Tests of the packages that run in a browser as they do in Node. */
export default defineConfig({
  resolve: {
    alias: [
      {
        find: /^.*\/real-stack\.fixture\.js$/,
        replacement: fileURLToPath(new URL('packages/client/tests/real-stack.browser.ts', import.meta.url)),
      },
      // Here is the real one.
      { find: 'fake-indexeddb/auto', replacement: fileURLToPath(new URL('packages/dexie/tests/browser.fixture.ts', import.meta.url)) },
      ...packageSources,
    ],
  },
  test: {
    include: ['packages/rxdb/tests/rules-dexie.test.ts', 'packages/dexie/tests/{edits,live,schema}.test.ts'],
    provide: { stackUrl },
    ...specReport(),
    testTimeout: 60_000,
    hookTimeout: 120_000,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      api: { host: '127.0.0.1' },
      provider: playwright({ launchOptions: launchOptions() }),
      instances: [{ browser: 'chromium' }],
    },
  },
});
