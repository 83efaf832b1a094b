import { expect, it } from 'vitest';
import { combined, differences } from './differences.js';

const OURS = { id: 'i', result: 'pass', note: 'fine', by: 'Ada' };
const THEIRS = { id: 'i', result: 'fail', by: 'Ada' };

it('shows the fields of both, the result first, and which of them differ', () => {
  expect(differences(OURS, THEIRS).map(({ field, differs }) => [field, differs])).toEqual([
    ['result', true],
    ['note', true],
    ['by', false],
  ]);
});

it('combines as chosen, with the key, and without a field that the chosen side does not have', () => {
  const rows = differences(OURS, THEIRS);

  expect(combined(rows, OURS, THEIRS, field => (field === 'result' ? 'ours' : 'theirs'))).toEqual({ id: 'i', result: 'pass', by: 'Ada' });
  expect(combined(rows, undefined, THEIRS, () => 'theirs')).toEqual(THEIRS);
});
