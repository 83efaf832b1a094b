import { expect, it } from 'vitest';
import { openDevice } from '../../tests/device.fixture.js';
import { FakeBrowser } from '../../tests/tabs.fixture.js';
import { MemoryServer } from '../testing/index.js';
import { openTabChannel } from './tab-channel.js';

it('an edit that its tab is closed over is kept, and pushed by the one that is left', async () => {
  const server = new MemoryServer();
  const { locks } = new FakeBrowser();
  const open = () => openDevice(server, { name: 'closed-over', autoStart: true, environment: { locks, openChannel: openTabChannel } });
  const { db: leader } = await open();
  await leader.syncNow();
  const { db } = await open();

  const edit = db.put('todos', { id: 'a', title: 'x' });
  await db.close();

  expect(await edit).toBe('a');
  await expect.poll(() => Object.keys(server.records('team', 'todos'))).toEqual(['"a"']);
});
