import { describe, expect, it } from 'vitest';
import { MemoryServer, NETWORK_PROBLEM } from '../src/testing/index.js';
import { openDevice, sync } from './device.fixture.js';

const MILK = { id: 'a', title: 'milk' };

describe('a database for each user', () => {
  it('shows none of what the others have', async () => {
    const server = new MemoryServer();
    const { db: ada } = await openDevice(server, { name: 'per-user', user: 'ada' });
    const { db: bob } = await openDevice(server, { name: 'per-user', user: 'bob', dataset: 'bobs' });

    await ada.put('todos', MILK);

    expect([ada.name, bob.name]).toEqual(['per-user~ada', 'per-user~bob']);
    expect(await bob.count('todos')).toBe(0);
    expect((await bob.status()).pending).toBe(0);
  });

  it('is there when its user comes back, with the edits that were not sent', async () => {
    const server = new MemoryServer();
    const { db } = await openDevice(server, { name: 'kept', user: 'ada' });
    await db.put('todos', MILK);
    await db.signOut({ wipe: false });
    await expect(db.status()).rejects.toMatchObject({ code: 'closed' });

    const { db: again } = await openDevice(server, { name: 'kept', user: 'ada' });
    expect((await again.status()).pending).toBe(1);
    await sync(again);

    expect(server.records('team', 'todos')).toEqual({ '"a"': MILK });
  });

  it('is wiped when told to, and the others stay', async () => {
    const server = new MemoryServer();
    const { db: ada } = await openDevice(server, { name: 'wiped', user: 'ada' });
    const { db: bob } = await openDevice(server, { name: 'wiped', user: 'bob' });
    for (const db of [ada, bob]) await db.put('todos', MILK);
    await sync(ada);

    await ada.signOut({ wipe: true });

    expect((await indexedDB.databases()).map(({ name }) => name).filter(name => name?.startsWith('wiped'))).toEqual(['wiped~bob']);
    expect(await bob.count('todos')).toBe(1);
  });

  it('is not wiped while there are edits that were not sent, unless forced', async () => {
    const { db, transport } = await openDevice(new MemoryServer(), { name: 'unsent', user: 'ada' });
    transport.interference.before = () => NETWORK_PROBLEM;
    await db.put('todos', MILK);
    await sync(db).catch(() => undefined);

    await expect(db.signOut({ wipe: true })).rejects.toMatchObject({ code: 'unsent-edits', message: expect.stringContaining('1 edits') });
    expect(await db.get('todos', 'a')).toEqual(MILK);
    await db.signOut({ wipe: true, force: true });

    expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain('unsent~ada');
  });
});
