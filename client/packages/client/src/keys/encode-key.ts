import { fromBase64, toBase64 } from '../values/base64.js';
import { decodeDate } from '../values/decode-value.js';
import { bytesOf, encodeDate, encodeNumber } from '../values/encode-value.js';
import { child, type Json, Refusal } from '../values/json.js';

const MAX_ARRAY_DEPTH = 16;

/**
 * A key as it travels (docs/API.md, "Keys"). -0 is 0, as in IndexedDB.
 * @throws Refusal where it is no key
 */
export function encodeKey(key: unknown, pointer = '', depth = MAX_ARRAY_DEPTH): Json {
  if (typeof key === 'string') return key;
  if (typeof key === 'number' && !Number.isNaN(key)) return encodeNumber(key === 0 ? 0 : key);
  if (key instanceof Date && !Number.isNaN(key.getTime())) return encodeDate(key);
  if (Array.isArray(key)) {
    if (depth === 0) throw new Refusal('key-too-deep', pointer);
    return key.map((element, i) => encodeKey(element, child(pointer, i), depth - 1));
  }
  const bytes = typeof key === 'object' && key !== null ? bytesOf(key) : undefined;
  if (!bytes) throw new Refusal('not-a-key', pointer);
  return { $binary: toBase64(bytes) };
}

/**
 * A key from its wire form.
 * @throws Refusal where it is none
 */
export function decodeKey(json: Json, pointer = '', depth = MAX_ARRAY_DEPTH): IDBValidKey {
  if (typeof json === 'string') return json;
  if (typeof json === 'number') {
    if (!Number.isFinite(json)) throw new Refusal('number-out-of-range', pointer);
    return json === 0 ? 0 : json;
  }
  if (Array.isArray(json)) {
    if (depth === 0) throw new Refusal('key-too-deep', pointer);
    return json.map((element, i) => decodeKey(element, child(pointer, i), depth - 1));
  }
  const names = typeof json === 'object' && json !== null ? Object.keys(json) : [];
  const tag = names[0];
  if (names.length !== 1 || tag === undefined) throw new Refusal('not-a-key', pointer);
  return decodeTag(tag, (json as { [name: string]: Json })[tag]!, pointer);
}

function decodeTag(tag: string, content: Json, pointer: string): IDBValidKey {
  switch (tag) {
    case '$number':
      if (content === '-0') return 0;
      if (content === 'Infinity' || content === '-Infinity') return Number(content);
      throw new Refusal(content === 'NaN' ? 'not-a-key' : 'invalid-number', content === 'NaN' ? pointer : `${pointer}/$number`);
    case '$date': {
      if (content === null) throw new Refusal('invalid-date', `${pointer}/$date`);
      return decodeDate(content, `${pointer}/$date`);
    }
    case '$binary': {
      const bytes = typeof content === 'string' ? fromBase64(content) : undefined;
      if (!bytes) throw new Refusal('invalid-binary', `${pointer}/$binary`);
      return bytes as BufferSource;
    }
    default:
      throw new Refusal('not-a-key', pointer);
  }
}
