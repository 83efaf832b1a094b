import { expect, it } from 'vitest';
import { openDevice, sync } from '../../tests/device.fixture.js';
import { MemoryServer } from '../testing/index.js';
import { NETWORK_PROBLEM } from '../testing/memory-transport.js';

const RECORDS = 600;

/** A server that has many records. */
function filled(): MemoryServer {
  const server = new MemoryServer();
  for (let i = 0; i < RECORDS; i++) server.write('team', 'todos', `t${i}`, { id: `t${i}`, title: 'of the server' });
  return server;
}

it('what is edited while it loads is not overwritten by the page that brings the record', async () => {
  const { db, transport } = await openDevice(filled());
  let pages = 0;
  transport.interference.before = async call => {
    if (call === 'snapshot' && pages++ === 0) await db.put('todos', { id: 't7', title: 'of the device' });
    return call === 'push' ? NETWORK_PROBLEM : undefined;
  };

  await expect(sync(db)).rejects.toMatchObject({ code: 'offline' });

  expect(await db.count('todos')).toBe(RECORDS);
  expect(await db.get('todos', 't7')).toEqual({ id: 't7', title: 'of the device' });
});
