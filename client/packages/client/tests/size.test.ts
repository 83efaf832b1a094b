import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

/** Bytes that an app loads, minified and compressed, `idb` included. */
async function gzipped(entry: string): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`../src/${entry}`, import.meta.url))],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
  });
  return gzipSync(outputFiles[0]!.contents, { level: 9 }).length;
}

it('the client is at most 20 kB', async () => {
  expect(await gzipped('index.ts')).toBeLessThanOrEqual(20_000);
});

it('what other packages build on is at most 13 kB', async () => {
  expect(await gzipped('engine.ts')).toBeLessThanOrEqual(13_000);
});
