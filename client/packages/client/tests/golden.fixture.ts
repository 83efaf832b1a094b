import { readFileSync } from 'node:fs';

/** A file of tests/golden, which the C# tests read as well. */
export const golden = <T>(file: string): { cases: T[] } =>
  JSON.parse(readFileSync(new URL(`../../../../tests/golden/${file}`, import.meta.url), 'utf8')) as { cases: T[] };
