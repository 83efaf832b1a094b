import { Refusal } from './json.js';

/**
 * The member names of a JSON Pointer.
 * @throws Refusal for a malformed one, and for the empty one: no verb of a patch takes the record as a whole
 */
export function parsePointer(pointer: string): string[] {
  if (pointer === '') throw new Refusal('pointer-to-root', '');
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) throw new Refusal('invalid-pointer', '');
  return pointer
    .slice(1)
    .split('/')
    .map(token => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** True when one pointer equals the other or leads through it. */
export const pointersOverlap = (a: string, b: string): boolean => a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
