import { encodeValue } from './encode-value.js';
import type { Json } from './json.js';

/** The one text of encoded JSON: RFC 8785, lone surrogates as lower-case escapes. */
export function canonicalJson(json: Json): string {
  if (typeof json !== 'object' || json === null) return JSON.stringify(json);
  if (Array.isArray(json)) return `[${json.map(canonicalJson).join(',')}]`;
  // The default order of sort is that of UTF-16 code units, as RFC 8785 wants it.
  const members = Object.keys(json).sort();
  return `{${members.map(name => `${JSON.stringify(name)}:${canonicalJson(json[name]!)}`).join(',')}}`;
}

/** Two values are the same if and only if their canonical texts are. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  const isObject = typeof a === 'object' && a !== null;
  return isObject && typeof b === 'object' && b !== null && canonicalJson(encodeValue(a)) === canonicalJson(encodeValue(b));
}

const encoder = /* @__PURE__ */ new TextEncoder();

/** Bytes that text takes in UTF-8. */
export const utf8Bytes = (text: string): number => encoder.encode(text).length;
