import { describe, expect, it } from 'vitest';
import { openDevice } from '../tests/device.fixture.js';
import { MemoryServer } from './testing/index.js';

describe('a sync that is asked for while another is under way', () => {
  it('brings what came after the first had looked', async () => {
    const server = new MemoryServer();
    const { db, transport } = await openDevice(server);
    let second: Promise<void> | undefined;
    transport.interference.after = call => {
      if (call === 'pull' && !second) {
        server.write('team', 'todos', 'late', { id: 'late', title: 'x' });
        second = db.syncNow();
      }
      return undefined;
    };

    db.resume();
    await db.syncNow();
    await second;

    expect(await db.count('todos')).toBe(1);
  });
});
