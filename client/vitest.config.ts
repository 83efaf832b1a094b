import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // The recipes of the documentation import what is published; here that is the source.
  resolve: { alias: { '@myriadsync/rxdb': fileURLToPath(new URL('./packages/rxdb/src/index.ts', import.meta.url)) } },
  test: {
    include: ['packages/*/{src,tests}/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    restoreMocks: true,
    maxWorkers: 2,
    typecheck: { enabled: false },
  },
});
