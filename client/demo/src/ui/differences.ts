import { VERDICTS } from './verdict-words.js';

/** Whose edit. */
export type Side = 'ours' | 'theirs';

/** A field of a record that two people edited. */
export interface Difference {
  field: string;
  ours: unknown;
  theirs: unknown;
  differs: boolean;
}

const ORDER = ['result', 'note', 'by'];
const WORDS: { readonly [text: string]: string } = { result: 'Result', note: 'Note', by: 'Recorded by', ...VERDICTS };

/** The fields of two verdicts beside each other, the weightiest first. Which record it is goes without saying. */
export function differences(ours: unknown, theirs: unknown): Difference[] {
  const [left, right] = [fieldsOf(ours), fieldsOf(theirs)];
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])].filter(name => name !== 'id');
  return names
    .sort((a, b) => rank(a) - rank(b))
    .map(field => ({
      field,
      ours: left[field],
      theirs: right[field],
      differs: JSON.stringify(left[field]) !== JSON.stringify(right[field]),
    }));
}

/** The record that has each differing field as one of the two has it, and all else, its key among it, as both have it. */
export function combined(
  rows: readonly Difference[],
  ours: unknown,
  theirs: unknown,
  sideOf: (field: string) => Side,
): { [field: string]: unknown } {
  const record = { ...fieldsOf(theirs), ...fieldsOf(ours) };
  for (const { field, ...sides } of rows) {
    const value = sides[sideOf(field)];
    if (value === undefined) delete record[field];
    else record[field] = value;
  }
  return record;
}

/** A field's name or value for people. */
export const wordsOf = (value: unknown): string => (value === undefined || value === '' ? '–' : (WORDS[String(value)] ?? String(value)));

const fieldsOf = (record: unknown): { [field: string]: unknown } => (record ?? {}) as { [field: string]: unknown };

function rank(field: string): number {
  const place = ORDER.indexOf(field);
  return place < 0 ? ORDER.length : place;
}
