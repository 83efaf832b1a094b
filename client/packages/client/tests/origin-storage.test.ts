import { describe, expect, it } from 'vitest';
import { MemoryServer } from '../src/testing/index.js';
import { openDevice } from './device.fixture.js';

function fakeStorage(persist: () => Promise<boolean>) {
  const asked: string[] = [];
  return {
    asked,
    estimate: async () => ({ usage: 1_000, quota: 5_000 }),
    persisted: async () => asked.length > 0,
    persist: () => {
      asked.push('persist');
      return persist();
    },
  };
}

describe('the storage of the origin', () => {
  it('is asked once, at opening, to be kept when space runs low', async () => {
    const storage = fakeStorage(async () => true);
    const { db } = await openDevice(new MemoryServer(), { persist: true, environment: { storage } });

    expect(storage.asked).toEqual(['persist']);
    expect((await db.status()).storage).toEqual({ usage: 1_000, quota: 5_000, persisted: true });
  });

  it('is not asked where the app does not want it, until it does', async () => {
    const storage = fakeStorage(async () => true);
    const { db } = await openDevice(new MemoryServer(), { persist: false, environment: { storage } });
    expect(storage.asked).toEqual([]);
    expect((await db.status()).storage?.persisted).toBe(false);

    expect(await db.persist()).toBe(true);
  });

  it('may refuse, fail, or not be there, and the database works', async () => {
    for (const storage of [fakeStorage(async () => false), fakeStorage(() => Promise.reject(new TypeError('No.'))), undefined]) {
      const { db } = await openDevice(new MemoryServer(), { persist: true, environment: { storage } });

      expect(await db.persist()).toBe(false);
      await db.put('todos', { id: 'a', title: 'x' });

      expect((await db.status()).pending).toBe(1);
    }
  });
});
