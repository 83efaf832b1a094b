import { indexedDB } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';
import { golden } from '../../tests/golden.fixture.js';
import { canonicalJson } from '../values/canonical.js';
import { Refusal } from '../values/json.js';
import { decodeKey, encodeKey } from './encode-key.js';
import { MAX_KEY_CHARS, rowKey } from './row-key.js';

/** fake-indexeddb takes an empty buffer for a detached one; browsers do not. */
const comparable = (canonical: string) => !canonical.includes('{"$binary":""}');

describe('keys', () => {
  it.each(golden<{ name: string; wire: string; encoded: string; canonical: string }>('keys.json').cases)('$name', c => {
    const key = decodeKey(JSON.parse(c.wire));

    expect(canonicalJson(encodeKey(key))).toBe(c.canonical);
    expect(rowKey(key)).toBe(c.encoded);
    if (comparable(c.canonical)) expect(indexedDB.cmp(decodeKey(encodeKey(key)), key)).toBe(0);
  });
});

describe('key order', () => {
  it('is that of IndexedDB, and of the row keys', () => {
    const { ascending } = golden('key-order.json') as unknown as { ascending: { encoded: string; canonical: string }[] };
    const keys = ascending.map(k => decodeKey(JSON.parse(k.canonical)));

    for (let i = 1; i < keys.length; i++) {
      if (comparable(ascending[i - 1]!.canonical + ascending[i]!.canonical)) expect(indexedDB.cmp(keys[i - 1], keys[i])).toBe(-1);
      expect(rowKey(keys[i - 1]!) < rowKey(keys[i]!)).toBe(true);
    }
    expect(keys.map(rowKey)).toEqual(ascending.map(k => k.encoded));
  });
});

describe('what is no key', () => {
  const { wire } = golden('keys-refused.json') as unknown as {
    wire: { name: string; wire: string; reason: string; pointer: string; textOnly?: boolean }[];
  };
  const parsed = wire.filter(c => !c.textOnly);
  it.each(parsed.filter(c => c.reason !== 'key-too-long'))('$name', ({ wire, reason, pointer }) => {
    let refusal: unknown;
    try {
      decodeKey(JSON.parse(wire));
    } catch (error) {
      refusal = error;
    }

    expect(refusal).toBeInstanceOf(Refusal);
    expect(refusal).toMatchObject({ reason, pointer });
  });

  it.each(parsed.filter(c => c.reason === 'key-too-long'))('$name', ({ wire }) => {
    expect(rowKey(decodeKey(JSON.parse(wire))).length).toBeGreaterThan(MAX_KEY_CHARS);
  });
});
