import { fileURLToPath } from 'node:url';

const source = (path: string): string => fileURLToPath(new URL(`./packages/${path}`, import.meta.url));

/** Packages and the recipes of the documentation import what is published; in tests that is the source. */
export const packageSources = [
  { find: /^@myriadsync\/client\/testing$/, replacement: source('client/src/testing/index.ts') },
  { find: /^@myriadsync\/client\/(\w+)$/, replacement: source('client/src/$1.ts') },
  { find: /^@myriadsync\/(\w+)$/, replacement: source('$1/src/index.ts') },
];
