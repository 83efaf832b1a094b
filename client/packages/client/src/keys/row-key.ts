import { bytesOf } from '../values/encode-value.js';

/** Longest row-key form of a key, in characters. */
export const MAX_KEY_CHARS = 1024;

const hex = (value: number | bigint, digits: number): string => value.toString(16).padStart(digits, '0');

/** The row-key form of a valid key: its text sorts as the keys do, and names the record everywhere. */
export function rowKey(key: IDBValidKey): string {
  if (typeof key === 'number') return `D${ascending(key)}`;
  if (key instanceof Date) return `E${ascending(key.getTime())}`;
  if (typeof key === 'string') return `S${key.replace(/[^]/g, unit)}`;
  if (Array.isArray(key)) return `a${key.map(element => rowKey(element) + (endsItself(element) ? '' : '-')).join('')}-`;
  return `X${Array.from(bytesOf(key)!, byte => hex(byte, 2)).join('')}`;
}

const endsItself = (key: IDBValidKey): boolean => typeof key === 'number' || key instanceof Date || Array.isArray(key);

/** The bits of the double, made to ascend: all flipped if it is negative, else the sign alone. */
function ascending(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value === 0 ? 0 : value);
  const bits = view.getBigUint64(0);
  return hex(bits ^ (bits >> 63n ? (1n << 64n) - 1n : 1n << 63n), 16);
}

/** Characters that follow each other and are written as the first of them and how far behind it they are: so they sort as they did. */
const RUNS = ['9:;<=>?@', 'Z[\\]^', '_`'];

/** One UTF-16 unit. */
function unit(char: string): string {
  const code = char.charCodeAt(0);
  if (code <= 0x2f) return `.${hex(code, 2)}`;
  if (code >= 0x7b) return `~${hex(code, 4)}`;
  const run = RUNS.find(run => run.includes(char));
  return run ? run[0]! + run.indexOf(char) : char;
}
