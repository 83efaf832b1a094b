import { describe, expect, it } from 'vitest';
import { openDevice, sync } from '../../tests/device.fixture.js';
import { MemoryServer } from '../testing/index.js';

describe('rows that were there before they were synced', () => {
  it('go up once, and two devices that have them show the same', async () => {
    const server = new MemoryServer();
    const titles = ['of ada', 'of bob'];
    const devices = [];
    for (const [i, title] of titles.entries()) {
      const request = indexedDB.open(`adopted-${i}`, 1);
      await new Promise<void>(resolve => {
        request.onupgradeneeded = () => {
          const store = request.result.createObjectStore('todos', { keyPath: 'id' });
          store.put({ id: 'both', title });
          store.put({ id: `only ${title}`, title });
        };
        request.onsuccess = () => {
          request.result.close();
          resolve();
        };
      });
      devices.push((await openDevice(server, { name: `adopted-${i}` })).db);
    }
    for (const db of [...devices, ...devices]) await sync(db);

    const [ada, bob] = await Promise.all(devices.map(db => db.getAll('todos')));
    expect(ada!.map(todo => todo.id)).toEqual(['both', 'only of ada', 'only of bob']);
    expect(bob).toEqual(ada);
  });
});
