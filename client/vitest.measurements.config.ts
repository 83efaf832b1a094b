import specs from './vitest.e2e.config.js';

/** What `tests/benchmarks -- browser` measures, with the means of the specs. */
export default { ...specs, test: { ...specs.test, include: ['measurements/*.run.ts'], testTimeout: 900_000 } };
