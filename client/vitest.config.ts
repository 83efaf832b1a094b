import { defineConfig } from 'vitest/config';
import { packageSources } from './vitest.sources.js';

export default defineConfig({
  resolve: { alias: packageSources },
  test: {
    include: ['packages/*/{src,tests}/**/*.test.ts', 'demo/src/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A second, which is what it is by default, is little on a busy machine.
    expect: { poll: { timeout: 50_000 } },
    restoreMocks: true,
    maxWorkers: 2,
    typecheck: { enabled: false },
  },
});
