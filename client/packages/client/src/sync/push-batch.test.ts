import { describe, expect, it } from 'vitest';
import { openDevice, sync } from '../../tests/device.fixture.js';
import { MemoryServer } from '../testing/index.js';

describe('a batch that the server refuses as a whole', () => {
  it('is halved until the bad edit is alone, and its neighbours go in', async () => {
    const server = new MemoryServer();
    const { db, transport } = await openDevice(server);
    const push = transport.push.bind(transport);
    transport.push = (dataset, batch, signal) =>
      batch.changes.some(change => change.key === 't3')
        ? Promise.resolve({ ok: false, problem: { code: 'invalid-request', status: 400, detail: 'No.' } })
        : push(dataset, batch, signal);
    await db.putAll(
      'todos',
      Array.from({ length: 7 }, (_, i) => ({ id: `t${i}`, title: 'x' })),
    );

    await sync(db);

    expect(Object.keys(server.records('team', 'todos'))).toHaveLength(6);
    expect(await db.conflicts()).toMatchObject([{ kind: 'rejected', key: 't3', reason: 'invalid-request' }]);
    expect((await db.status()).pending).toBe(0);
  });
});
