import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it('the stores are what the generator makes of the store files', () => {
  const [ours, generated] = ['./stores.ts', '../../../../tests/golden/types/stores.ts'].map(path =>
    readFileSync(new URL(path, import.meta.url), 'utf8'),
  );

  expect(ours).toBe(generated);
});
