import type { PatchVerbs } from '../transport/messages.js';
import { canonicalJson } from './canonical.js';
import { decodeValue } from './decode-value.js';
import { encodeValue } from './encode-value.js';
import { child, isPlainObject, type Json, Refusal, setMember } from './json.js';
import { parsePointer } from './pointers.js';

/** What a verb makes of the member it leads to: `there` tells an absent one from one that is undefined. */
type Verb = (current: unknown, there: boolean, pointer: string) => unknown;

/** What a verb answers to leave the record as it is. */
const UNCHANGED = Symbol();
/** What a verb answers to take the member away. */
const ABSENT = Symbol();

/**
 * The record after a patch (docs/API.md, "Pointers of a patch"). The given one is not changed; what the patch does not touch is shared with it.
 * @throws Refusal when a verb meets what it cannot work on
 */
export function applyPatch(value: unknown, patch: PatchVerbs): unknown {
  let result = value;
  for (const [pointer, json] of Object.entries(patch.set ?? {})) result = at(result, pointer, true, () => decodeValue(json));
  for (const pointer of patch.unset ?? []) result = at(result, pointer, false, (_, there) => (there ? ABSENT : UNCHANGED));
  for (const [pointer, json] of Object.entries(patch.inc ?? {})) result = at(result, pointer, true, sum(decodeValue(json)));
  for (const [pointer, elements] of Object.entries(patch.add ?? {})) result = at(result, pointer, true, union(elements));
  for (const [pointer, elements] of Object.entries(patch.remove ?? {})) result = at(result, pointer, false, difference(elements));
  return result;
}

function at(root: unknown, pointer: string, creates: boolean, verb: Verb): unknown {
  const names = parsePointer(pointer);
  const step = (value: unknown, depth: number, path: string): unknown => {
    const name = names[depth]!;
    if (!isPlainObject(value)) {
      if (creates) throw new Refusal('not-an-object', path);
      return value;
    }
    const here = child(path, name);
    const there = Object.hasOwn(value, name);
    const current = there ? value[name] : undefined;
    const last = depth === names.length - 1;
    if (!last && !there && !creates) return value;
    const next = last ? verb(current, there, here) : step(there ? current : {}, depth + 1, here);
    if (next === UNCHANGED || (there && Object.is(next, current))) return value;
    const copy = { ...value };
    if (next === ABSENT) delete copy[name];
    else setMember(copy, name, next);
    return copy;
  };
  return step(root, 0, '');
}

const sum =
  (by: unknown): Verb =>
  (current, there, pointer) => {
    if (typeof by === 'bigint' && (!there || typeof current === 'bigint')) return ((current as bigint | undefined) ?? 0n) + by;
    if (typeof by !== 'number' || (there && typeof current !== 'number')) throw new Refusal('not-a-number', pointer);
    const result = ((current as number | undefined) ?? 0) + by;
    if (!Number.isFinite(result)) throw new Refusal('not-finite', pointer);
    return result;
  };

const union =
  (added: Json[]): Verb =>
  (current, there, pointer) => {
    const elements = there ? elementsOf(current, pointer) : [];
    const known = new Set(elements.map(textOf));
    const news: unknown[] = [];
    for (const json of added) {
      const element = decodeValue(json);
      const text = textOf(element);
      if (!known.has(text)) news.push(element);
      known.add(text);
    }
    return there && news.length === 0 ? current : likewise(current, [...elements, ...news]);
  };

const difference =
  (removed: Json[]): Verb =>
  (current, there, pointer) => {
    if (!there) return UNCHANGED;
    const gone = new Set(removed.map(json => textOf(decodeValue(json))));
    const elements = elementsOf(current, pointer);
    const left = elements.filter(element => !gone.has(textOf(element)));
    return left.length === elements.length ? current : likewise(current, left);
  };

const textOf = (element: unknown): string => canonicalJson(encodeValue(element));

const likewise = (current: unknown, elements: unknown[]): unknown => (current instanceof Set ? new Set(elements) : elements);

function elementsOf(value: unknown, pointer: string): unknown[] {
  if (Array.isArray(value)) return value;
  if (value instanceof Set) return [...value];
  throw new Refusal('not-a-set', pointer);
}
