import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

const packages = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Bytes that an app loads, minified and compressed, all that is imported included but for what the app brings. */
async function gzipped(entry: string): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [packages(entry)],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    alias: { '@myriadsync/client': packages('client/src') },
    external: ['dexie'],
  });
  return gzipSync(outputFiles[0]!.contents, { level: 9 }).length;
}

it.each([
  ['what syncs', 'client/src/engine.ts', 12_000],
  ['the client', 'client/src/index.ts', 20_000],
  ["Dexie's addon, with what it needs of the client", 'dexie/src/index.ts', 20_000],
])('%s is not larger than it may be', async (_, entry, bytes) => {
  expect(await gzipped(entry)).toBeLessThanOrEqual(bytes);
});
