import { fromBase64 } from './base64.js';
import { child, isPlainObject, type Json, type JsonObject, Refusal, setMember } from './json.js';
import { DEFAULT_DEPTH } from './limits.js';

/** Numbers that JSON does not have, as they are written. */
const SPECIAL_NUMBERS: Json[] = ['NaN', 'Infinity', '-Infinity', '-0'];
const MAX_DATE_MS = 8.64e15;

/**
 * Decodes what travelled. Strict: a tag that this version does not know is refused, never taken for data.
 * @throws Refusal with a reason of docs/API.md, "Values", and the pointer to it
 */
export function decodeValue(json: Json, maxDepth = DEFAULT_DEPTH): unknown {
  return decode(json, '', maxDepth);
}

/** The same for what lies within something else, at a pointer. */
export const decodeAt = (json: Json, pointer: string): unknown => decode(json, pointer, DEFAULT_DEPTH);

function decode(json: Json, pointer: string, levels: number): unknown {
  if (typeof json === 'number' && !Number.isFinite(json)) throw new Refusal('number-out-of-range', pointer);
  if (typeof json !== 'object' || json === null) return json;
  if (Array.isArray(json)) {
    return inside(pointer, levels, deeper => json.map((element, i) => decode(element, child(pointer, i), deeper)));
  }

  const names = Object.keys(json);
  const tag = names.find(name => name.startsWith('$'));
  if (tag === undefined) return inside(pointer, levels, deeper => members(json, names, pointer, deeper));
  if (names.length > 1) throw new Refusal('unknown-tag', child(pointer, tag));
  return decodeTag(tag, json[tag]!, pointer, levels);
}

function inside<T>(pointer: string, levels: number, read: (levels: number) => T): T {
  if (levels === 0) throw new Refusal('too-deep', pointer);
  return read(levels - 1);
}

function members(json: JsonObject, names: string[], pointer: string, levels: number): object {
  const object = {};
  for (const name of names) setMember(object, name, decode(json[name]!, child(pointer, name), levels));
  return object;
}

function decodeTag(tag: string, content: Json, outer: string, levels: number): unknown {
  const pointer = child(outer, tag);
  switch (tag) {
    case '$date':
      if (content === null) return new Date(Number.NaN);
      if (typeof content === 'number' && Number.isInteger(content) && Math.abs(content) <= MAX_DATE_MS) return new Date(content);
      break;
    case '$binary': {
      const bytes = typeof content === 'string' && fromBase64(content);
      if (bytes) return bytes;
      break;
    }
    case '$number':
      if (SPECIAL_NUMBERS.includes(content)) return Number(content);
      break;
    case '$bigint':
      if (typeof content === 'string' && /^(0|-?[1-9][0-9]*)$/.test(content)) return BigInt(content);
      break;
    case '$undefined':
      if (content === true) return undefined;
      break;
    case '$map':
      if (Array.isArray(content))
        return inside(pointer, levels, deeper => new Map(content.map((pair, i) => decodePair(pair, child(pointer, i), deeper))));
      break;
    case '$set':
      if (Array.isArray(content))
        return inside(pointer, levels, deeper => new Set(content.map((element, i) => decode(element, child(pointer, i), deeper))));
      break;
    case '$object':
      if (isPlainObject(content))
        return inside(pointer, levels, deeper => members(content as JsonObject, Object.keys(content), pointer, deeper));
      break;
    default:
      throw new Refusal('unknown-tag', pointer);
  }
  throw new Refusal(`invalid-${tag.slice(1)}`, pointer);
}

function decodePair(pair: Json, pointer: string, levels: number): [unknown, unknown] {
  if (!Array.isArray(pair) || pair.length !== 2) throw new Refusal('invalid-map', pointer);
  return [decode(pair[0]!, `${pointer}/0`, levels), decode(pair[1]!, `${pointer}/1`, levels)];
}
