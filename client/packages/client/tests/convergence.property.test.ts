import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SyncDatabase } from '../src/index.js';
import { MemoryServer, type MemoryTransport, NETWORK_PROBLEM } from '../src/testing/index.js';
import { closeDevices, openDevice, STORES, sync, type Todos } from './device.fixture.js';

/** Histories that are tried; MYRIADSYNC_CLIENT_CASES sets another number. */
const CASES = Number(process.env['MYRIADSYNC_CLIENT_CASES'] ?? 60);
const DEVICES = 3;
const COUNTER = 'counter';

type Name = keyof Todos;
const ALL: readonly Name[] = ['todos', 'notes'];

type Step =
  | { do: 'put'; on: number; key: string; title: string }
  | { do: 'done' | 'unset' | 'delete' | 'count' | 'both' | 'sync' | 'reload'; on: number; key: string }
  | { do: 'tag' | 'untag'; on: number; key: string; tag: string }
  | { do: 'lose' | 'drop'; on: number; call: string }
  | { do: 'job'; key: string; title: string }
  | { do: 'forget' | 'epoch'; on: number; key: string }
  | { do: 'reopen'; on: number; stores: readonly Name[] };

const on = fc.nat(DEVICES - 1);
const key = fc.constantFrom('a', 'b');
const text = fc.constantFrom('x', 'y', 'z');
const call = fc.constantFrom('push', 'pull', 'snapshot');

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('put' as const), on, key, title: text }) },
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constantFrom('done' as const, 'unset' as const, 'delete' as const, 'count' as const, 'both' as const),
      on,
      key,
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('tag' as const, 'untag' as const), on, key, tag: text }) },
  { weight: 10, arbitrary: fc.record({ do: fc.constant('sync' as const), on, key }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('lose' as const, 'drop' as const), on, call }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('reload' as const, 'forget' as const, 'epoch' as const), on, key }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('job' as const), key, title: text }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reopen' as const), on, stores: fc.subarray([...ALL], { minLength: 1 }) }) },
);

interface Device {
  db: SyncDatabase<Todos>;
  transport: MemoryTransport;
  /** What the version of the app that runs there has. */
  stores: readonly Name[];
}

describe('whatever order edits, syncs and faults come in', () => {
  it.each(['last-write-wins', 'field-merge', 'reject'] as const)(
    'all devices end up as the server, and no count is lost (%s)',
    async policy => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 40, size: 'max' }), async steps => {
          const server = new MemoryServer({ policies: { todos: policy }, limits: { batchChanges: 4, pageEntries: 3 } });
          server.write('team', 'todos', COUNTER, { id: COUNTER, title: 'counter', votes: 0 });
          const devices: Device[] = await Promise.all(
            Array.from({ length: DEVICES }, async () => ({ ...(await openDevice(server)), stores: ALL })),
          );
          for (const { db } of devices) await sync(db);

          const counted = await run(steps, server, devices);
          for (const device of devices) {
            if (device.stores.length < ALL.length) await reopen(server, device, ALL);
            device.transport.interference = {};
          }
          for (const { db } of [...devices, ...devices]) await sync(db);

          const truth = server.records('team', 'todos');
          for (const { db } of devices) {
            expect(Object.fromEntries((await db.getAll('todos')).map(todo => [JSON.stringify(todo.id), todo]))).toEqual(truth);
            const notes = await Promise.all(['a', 'b'].map(key => db.get('notes', key)));
            expect(notes).toEqual(['"a"', '"b"'].map(key => server.records('team', 'notes')[key]));
            expect((await db.status()).pending).toBe(0);
          }
          if (policy !== 'reject') expect(truth[JSON.stringify(COUNTER)]).toMatchObject({ votes: counted });
          await closeDevices();
        }),
        { numRuns: CASES, timeout: 20_000 },
      );
    },
  );
});

/** @returns what was added to the counter */
async function run(steps: Step[], server: MemoryServer, devices: Device[]): Promise<number> {
  let counted = 0;
  for (const step of steps) {
    if (step.do === 'job') {
      server.write('team', 'todos', step.key, { id: step.key, title: `job ${step.title}` });
      continue;
    }
    const device = devices[step.on]!;
    const { db, transport, stores } = device;
    if (!uses(step).every(name => stores.includes(name))) continue;
    switch (step.do) {
      case 'reopen':
        await reopen(server, device, step.stores);
        break;
      case 'put':
        await db.put('todos', { id: step.key, title: step.title });
        break;
      case 'delete':
        await db.delete('todos', step.key);
        break;
      case 'count':
        await db.increment('todos', COUNTER, 'votes');
        counted += 1;
        break;
      case 'sync':
        await sync(db).catch(() => undefined);
        break;
      case 'reload':
        await db.reload();
        break;
      case 'forget':
        server.dropLog('team');
        break;
      case 'epoch':
        server.newHistory('team');
        break;
      case 'lose':
        transport.interference = { after: once(step.call) };
        break;
      case 'drop':
        transport.interference = { before: once(step.call) };
        break;
      case 'both':
        await db.transaction(['todos', 'notes'], async tx => {
          await tx.put('notes', step.key, 'last');
          if (await tx.get('todos', step.key)) await tx.patch('todos', step.key, { done: 1 });
        });
        break;
      default:
        if (await db.get('todos', step.key)) await change(db, step);
    }
  }
  return counted;
}

/** The stores that a step edits. */
function uses(step: Step): readonly Name[] {
  if (step.do === 'both') return ALL;
  return ['put', 'delete', 'count', 'done', 'unset', 'tag', 'untag'].includes(step.do) ? ['todos'] : [];
}

/** Closes the app, and opens a version of it that has these stores. */
async function reopen(server: MemoryServer, device: Device, stores: readonly Name[]): Promise<void> {
  await device.db.close();
  const declared = Object.fromEntries(stores.map(name => [name, STORES[name]])) as typeof STORES;
  Object.assign(device, await openDevice(server, { name: device.db.name, stores: declared }), { stores });
}

async function change(db: SyncDatabase<Todos>, step: Step): Promise<void> {
  if (step.do === 'done') await db.patch('todos', step.key, { done: 1 });
  if (step.do === 'unset') await db.patch('todos', step.key, { done: undefined });
  if (step.do === 'tag') await db.addToSet('todos', step.key, 'tags', step.tag);
  if (step.do === 'untag') await db.removeFromSet('todos', step.key, 'tags', step.tag);
}

function once(wanted: string): (call: string) => typeof NETWORK_PROBLEM | undefined {
  let left = 1;
  return call => (call === wanted && left-- > 0 ? NETWORK_PROBLEM : undefined);
}
