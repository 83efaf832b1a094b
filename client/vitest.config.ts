import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string): string => fileURLToPath(new URL(`./packages/${path}`, import.meta.url));

export default defineConfig({
  // Packages and the recipes of the documentation import what is published; here that is the source.
  resolve: {
    alias: [
      { find: /^@myriadsync\/client\/testing$/, replacement: source('client/src/testing/index.ts') },
      { find: /^@myriadsync\/client\/(\w+)$/, replacement: source('client/src/$1.ts') },
      { find: /^@myriadsync\/(\w+)$/, replacement: source('$1/src/index.ts') },
    ],
  },
  test: {
    include: ['packages/*/{src,tests}/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    restoreMocks: true,
    maxWorkers: 2,
    typecheck: { enabled: false },
  },
});
