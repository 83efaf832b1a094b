/** What JSON can hold; values are encoded into this before they travel. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** A JSON object. */
export type JsonObject = { [name: string]: Json };

/** Why a key or value cannot travel, and where: a JSON Pointer into it. */
export class Refusal extends Error {
  readonly reason: string;
  readonly pointer: string;

  constructor(reason: string, pointer: string) {
    super(pointer === '' ? reason : `${reason} at ${pointer}`);
    this.reason = reason;
    this.pointer = pointer;
  }
}

/** Escapes a member's name for a JSON Pointer (RFC 6901) and puts it behind another. */
export const child = (pointer: string, name: string | number): string =>
  `${pointer}/${typeof name === 'number' ? name : name.replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** True for an object of a kind; not by `instanceof`, since it may come from another realm, as those of a frame do. */
export const isTagged = (value: unknown, tag: string): boolean => Object.prototype.toString.call(value) === `[object ${tag}]`;

/** A plain object by the rules of structured clone: no array, no built-in that has a form of its own. */
export const isPlainObject = (value: unknown): value is Record<string, unknown> => isTagged(value, 'Object');

/** Sets an own member, whatever it is called: `__proto__` by assignment would vanish. */
export function setMember(object: object, name: string, value: unknown): void {
  if (name === '__proto__') Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  else (object as Record<string, unknown>)[name] = value;
}

/** An own member, or undefined: inherited ones are no data. */
export const memberOf = (object: object, name: string): unknown =>
  Object.hasOwn(object, name) ? (object as Record<string, unknown>)[name] : undefined;
