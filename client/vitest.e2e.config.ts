import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { specReport } from '../tests/e2e/support/spec-report.js';

const { resolve } = createRequire(import.meta.url);

/** The specs of tests/e2e. They live outside of the workspace, and use what is installed in it. */
export default defineConfig({
  root: fileURLToPath(new URL('../tests/e2e', import.meta.url)),
  resolve: {
    alias: ['playwright-core', 'esbuild'].map(name => ({ find: name, replacement: dirname(resolve(`${name}/package.json`)) })),
  },
  test: {
    include: ['specs/*.spec.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
    ...specReport(),
  },
});
