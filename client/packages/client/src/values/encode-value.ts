import { toBase64 } from './base64.js';
import { child, isPlainObject, isTagged, type Json, type JsonObject, Refusal, setMember } from './json.js';
import { DEFAULT_DEPTH } from './limits.js';

/** A number as it travels: what JSON cannot write is tagged. */
export const encodeNumber = (value: number): Json =>
  Number.isFinite(value) && !Object.is(value, -0) ? value : { $number: Object.is(value, -0) ? '-0' : String(value) };

/** A Date as it travels; an invalid one is kept as such. */
export const encodeDate = (value: Date): Json => ({ $date: Number.isNaN(value.getTime()) ? null : value.getTime() });

/** The bytes of an ArrayBuffer or of a view on one; undefined for anything else. */
export function bytesOf(value: unknown): Uint8Array | undefined {
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return isTagged(value, 'ArrayBuffer') ? new Uint8Array(value as ArrayBuffer) : undefined;
}

/**
 * Encodes a value of the structured-clone subset of docs/API.md, "Values".
 * @param maxDepth levels of containers that are taken
 * @throws Refusal with reason `unsupported-value` or `too-deep` and the pointer to it
 */
export function encodeValue(value: unknown, maxDepth = DEFAULT_DEPTH): Json {
  return encode(value, '', maxDepth);
}

function encode(value: unknown, pointer: string, levels: number): Json {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return encodeNumber(value);
    case 'bigint':
      return { $bigint: String(value) };
    case 'undefined':
      return { $undefined: true };
    case 'object':
      return value === null ? null : encodeObject(value, pointer, levels);
    default:
      throw new Refusal('unsupported-value', pointer);
  }
}

function encodeObject(value: object, pointer: string, levels: number): Json {
  if (value instanceof Date) return encodeDate(value);
  const bytes = bytesOf(value);
  if (bytes) return { $binary: toBase64(bytes) };
  // Also what ends a cycle.
  if (levels === 0) throw new Refusal('too-deep', pointer);

  // Array.from, not map: holes read as undefined.
  if (Array.isArray(value)) return Array.from(value, (element, i) => encode(element, child(pointer, i), levels - 1));
  if (value instanceof Map) {
    const at = child(pointer, '$map');
    return { $map: Array.from(value, ([k, v], i) => [encode(k, `${at}/${i}/0`, levels - 1), encode(v, `${at}/${i}/1`, levels - 1)]) };
  }
  if (value instanceof Set) return { $set: Array.from(value, (element, i) => encode(element, `${pointer}/$set/${i}`, levels - 1)) };
  if (!isPlainObject(value)) throw new Refusal('unsupported-value', pointer);

  const object: JsonObject = {};
  let tagged = false;
  for (const name of Object.keys(value)) {
    tagged ||= name.startsWith('$');
    setMember(object, name, encode(value[name], child(pointer, name), levels - 1));
  }
  return tagged ? { $object: object } : object;
}
