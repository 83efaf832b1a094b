import type { PatchVerbs } from '../transport/messages.js';
import { sameValue } from './canonical.js';
import { encodeValue } from './encode-value.js';
import { child, isPlainObject, type JsonObject } from './json.js';

/**
 * The patch that makes one record of another: what changed and nothing else, so that it merges with what others change meanwhile.
 * Plain objects are looked into, everything else changes as a whole. Null where a patch cannot say it: the root is no plain object.
 * An empty patch: nothing changed.
 */
export function diffValues(before: unknown, after: unknown): PatchVerbs | null {
  if (!isPlainObject(before) || !isPlainObject(after)) return null;
  const set: JsonObject = {};
  const unset: string[] = [];
  compare(before, after, '', set, unset);
  return { ...(Object.keys(set).length > 0 && { set }), ...(unset.length > 0 && { unset }) };
}

function compare(before: Record<string, unknown>, after: Record<string, unknown>, pointer: string, set: JsonObject, unset: string[]): void {
  for (const name of Object.keys(before)) {
    if (!Object.hasOwn(after, name)) unset.push(child(pointer, name));
  }
  for (const name of Object.keys(after)) {
    const here = child(pointer, name);
    const old = Object.hasOwn(before, name) ? before[name] : undefined;
    const now = after[name];
    if (isPlainObject(old) && isPlainObject(now)) compare(old, now, here, set, unset);
    else if (!Object.hasOwn(before, name) || !sameValue(old, now)) set[here] = encodeValue(now);
  }
}

/** True for a patch that says nothing. */
export const isEmptyPatch = (patch: PatchVerbs): boolean => Object.keys(patch).length === 0;
