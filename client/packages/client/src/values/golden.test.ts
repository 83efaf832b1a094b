import { describe, expect, it } from 'vitest';
import { golden } from '../../tests/golden.fixture.js';
import { applyPatch } from './apply-patch.js';
import { canonicalJson, utf8Bytes } from './canonical.js';
import { decodeValue } from './decode-value.js';
import { encodeValue } from './encode-value.js';
import { type Json, Refusal } from './json.js';

const MINUS_ZERO = '{"$number":"-0"}';

/** JavaScript's Set and Map keep neither repeats nor -0: what comes back is the value that JavaScript can hold. */
const holdsWhatJavaScriptCannot = (wire: string) => {
  let lossy = false;
  JSON.parse(wire, (name, content) => {
    if (name !== '$set' && name !== '$map') return content;
    const texts = (content as Json[])
      .map(e => (name === '$map' ? (e as Json[])[0]! : e))
      .map(e => (Object.is(e, -0) ? MINUS_ZERO : canonicalJson(e)));
    lossy ||= new Set(texts).size < texts.length || texts.includes(MINUS_ZERO);
    return content;
  });
  return lossy;
};

describe('values', () => {
  const { cases } = golden<{ name: string; wire: string; canonical: string }>('values.json');
  it.each(cases.filter(c => !holdsWhatJavaScriptCannot(c.wire)))('$name', ({ wire, canonical }) => {
    const value = decodeValue(JSON.parse(wire));

    expect(canonicalJson(encodeValue(value))).toBe(canonical);
    expect(canonicalJson(encodeValue(structuredClone(value)))).toBe(canonical);
  });

  it('covers nearly all of the file', () => {
    expect(cases.length).toBeGreaterThan(100);
    expect(cases.filter(c => holdsWhatJavaScriptCannot(c.wire)).length).toBeLessThan(cases.length / 20);
  });
});

describe('values that are refused', () => {
  const { cases } = golden<{
    name: string;
    wire: string;
    reason: string;
    pointer: string;
    textOnly?: boolean;
    maxDepth?: number;
    maxBytes?: number;
  }>('values-refused.json');
  // A reader of text sees what JSON.parse hides; sizes are checked on the encoded value, before an edit is taken.
  it.each(cases.filter(c => !c.textOnly && c.reason !== 'too-large'))('$name', ({ wire, reason, pointer, maxDepth }) => {
    expect(refusalOf(() => decodeValue(JSON.parse(wire), maxDepth))).toEqual({ reason, pointer });
  });

  it.each(cases.filter(c => !c.textOnly && c.reason === 'too-large'))('$name', ({ wire, maxBytes }) => {
    expect(utf8Bytes(canonicalJson(encodeValue(decodeValue(JSON.parse(wire)))))).toBeGreaterThan(maxBytes ?? 262_144);
  });
});

describe('patches', () => {
  const { cases } = golden<{
    name: string;
    value: string;
    verb: string;
    pointer: string;
    argument?: string;
    result?: string;
    reason?: string;
    at?: string;
    maxDepth?: number;
    maxBytes?: number;
  }>('patches.json');
  // Depth and size of the result are the server's to judge: the record that the client holds has been checked when it was written.
  const ours = cases.filter(c => c.reason !== 'too-deep' && c.reason !== 'too-large');
  it.each(ours)('$name', ({ value, verb, pointer, argument, result, reason, at }) => {
    const given: Json = argument === undefined ? null : JSON.parse(argument);
    const before = decodeValue(JSON.parse(value));
    const patch = { [verb]: verb === 'unset' ? [pointer] : { [pointer]: given } };
    if (reason === undefined) {
      expect(canonicalJson(encodeValue(applyPatch(before, patch)))).toBe(result);
    } else {
      expect(refusalOf(() => applyPatch(before, patch))).toEqual({ reason, pointer: at });
    }
    expect(canonicalJson(encodeValue(before))).toBe(value);
  });
});

function refusalOf(action: () => unknown): { reason: string; pointer: string } | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { reason: error.reason, pointer: error.pointer };
  }
}
