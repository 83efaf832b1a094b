import { decodeAt } from '../values/decode-value.js';
import { bytesOf, encodeValue } from '../values/encode-value.js';
import { child, isPlainObject, type Json, Refusal } from '../values/json.js';

const MAX_ARRAY_DEPTH = 16;
/** The tags of values that may be keys. */
const TAGS = new Set(['$number', '$date', '$binary']);

/** True for what is a key and no array. */
const isSimpleKey = (key: unknown): boolean =>
  typeof key === 'string' ||
  (typeof key === 'number' && !Number.isNaN(key)) ||
  (key instanceof Date ? !Number.isNaN(key.getTime()) : bytesOf(key) !== undefined);

/**
 * A key as it travels (docs/API.md, "Keys"). -0 is 0, as in IndexedDB.
 * @throws Refusal where it is no key
 */
export function encodeKey(key: unknown, pointer = '', depth = MAX_ARRAY_DEPTH): Json {
  if (Array.isArray(key)) return elements(key, pointer, depth, encodeKey);
  if (!isSimpleKey(key)) throw new Refusal('not-a-key', pointer);
  return encodeValue(key === 0 ? 0 : key);
}

/**
 * A key from its wire form.
 * @throws Refusal where it is none
 */
export function decodeKey(json: Json, pointer = '', depth = MAX_ARRAY_DEPTH): IDBValidKey {
  if (Array.isArray(json)) return elements(json, pointer, depth, decodeKey);
  const names = isPlainObject(json) ? Object.keys(json) : [];
  if (names.length > 0 && (names.length > 1 || !TAGS.has(names[0]!))) throw new Refusal('not-a-key', pointer);
  const key = decodeAt(json, pointer);
  if (isSimpleKey(key)) return (key === 0 ? 0 : key) as IDBValidKey;
  throw key instanceof Date ? new Refusal('invalid-date', `${pointer}/$date`) : new Refusal('not-a-key', pointer);
}

function elements<From, To>(key: From[], pointer: string, depth: number, each: (key: From, pointer: string, depth: number) => To): To[] {
  if (depth === 0) throw new Refusal('key-too-deep', pointer);
  return Array.from(key, (element, i) => each(element, child(pointer, i), depth - 1));
}
