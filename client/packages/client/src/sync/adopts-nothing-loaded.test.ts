import { describe, expect, it } from 'vitest';
import { copyProfile, openDevice, serverWith, sync } from '../../tests/device.fixture.js';
import { NETWORK_PROBLEM } from '../testing/index.js';

describe('rows of a first load are not adopted', () => {
  it('after a load of one page that had yet to be swept', async () => {
    const server = serverWith(3);
    const { db } = await openDevice(server);
    const { db: revived } = await openDevice(server, { autoStart: false, name: 'r3' });
    let copied: Promise<void> | undefined;
    db.on('progress', ({ done }) => {
      if (!done) copied ??= copyProfile(db, revived);
    });
    await sync(db);
    await copied;
    expect((await revived.idb.getAll('$datasets')).find(s => s?.clientId).load).toMatchObject({ page: null });
    await revived.close();
    const { db: again } = await openDevice(server, { name: 'r3' });
    await sync(again);
    expect(await again.conflicts()).toEqual([]);
    expect((await again.diagnose()).log.filter(l => l.line.startsWith('adopted'))).toEqual([]);
  });

  it('after an upgrade of the app in the middle of the load', async () => {
    const server = serverWith(1400);
    const { db, transport } = await openDevice(server, { name: 'r3b' });
    let pages = 0;
    transport.interference.before = call => (call === 'snapshot' && ++pages === 2 ? NETWORK_PROBLEM : undefined);
    await sync(db).catch(() => undefined);
    await db.close();
    // Deleted meanwhile, and the tombstone gone by retention.
    server.write('team', 'todos', 't0000');
    server.dropLog('team');
    server.dataset('team').records.delete([...server.dataset('team').records.keys()].find(id => id.includes('t0000'))!);
    const { db: again } = await openDevice(server, { name: 'r3b', schemaVersion: 2 });
    await sync(again);
    expect((await again.diagnose()).log.filter(l => l.line.startsWith('adopted'))).toEqual([]);
    expect(server.records('team', 'todos')['"t0000"']).toBeUndefined();
  });

  it('after reload() in the middle of the load', async () => {
    const server = serverWith(1400);
    const { db, transport } = await openDevice(server, { name: 'r3c' });
    let pages = 0;
    transport.interference.before = call => (call === 'snapshot' && ++pages >= 2 ? NETWORK_PROBLEM : undefined);
    await sync(db).catch(() => undefined);
    await db.reload();
    await db.close();
    const { db: again } = await openDevice(server, { name: 'r3c' });
    await sync(again);
    expect((await again.diagnose()).log.filter(l => l.line.startsWith('adopted'))).toEqual([]);
  });

  it('by a second tab while the first one loads', async () => {
    const server = serverWith(900);
    const first = await openDevice(server, { name: 'r3d' });
    let second: ReturnType<typeof openDevice> | undefined;
    first.db.on('progress', ({ done }) => {
      if (!done) second ??= openDevice(server, { name: 'r3d' });
    });
    await sync(first.db);
    const { db } = await second!;
    await sync(db);
    expect((await db.diagnose()).log.filter(l => l.line.startsWith('adopted'))).toEqual([]);
  });
});
