import 'fake-indexeddb/auto';
import { MemoryServer, NETWORK_PROBLEM } from '@myriadsync/client/testing';
import { add } from 'dexie';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { device, once } from './device.fixture.js';

/** Histories that are tried; MYRIADSYNC_CLIENT_CASES sets another number. */
const CASES = Number(process.env['MYRIADSYNC_CLIENT_CASES'] ?? 20);
const DEVICES = 3;
const COUNTER = 'counter';

type Device = ReturnType<typeof device>;
type Verb = 'put' | 'update' | 'modify' | 'delete' | 'count' | 'both' | 'undone' | 'reopen' | 'sync' | 'lose' | 'drop' | 'job';
type Step = { do: Verb; on: number; key: string; title: string };

const VERBS: Verb[] = [
  'put',
  'update',
  'modify',
  'delete',
  'count',
  'both',
  'undone',
  'reopen',
  'sync',
  'sync',
  'sync',
  'lose',
  'drop',
  'job',
];
const step: fc.Arbitrary<Step> = fc.record({
  do: fc.constantFrom(...VERBS),
  on: fc.nat(DEVICES - 1),
  key: fc.constantFrom('a', 'b'),
  title: fc.constantFrom('x', 'y', 'z'),
});

it.each(['last-write-wins', 'field-merge'] as const)(
  'whatever Dexie does in whatever order, all devices end up as the server, and no count is lost (%s)',
  { timeout: 600_000 },
  async policy => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30, size: 'max' }), async steps => {
        const server = new MemoryServer({ policies: { todos: policy }, limits: { batchChanges: 4, pageEntries: 3 } });
        server.write('team', 'todos', COUNTER, { id: COUNTER, title: 'counter', votes: 0 });
        const devices = Array.from({ length: DEVICES }, () => device(server));
        for (const { sync } of devices) await once(sync);

        let counted = 0;
        for (const step of steps) {
          if (step.do === 'count') counted += 1;
          await run(step, server, devices[step.on]!);
        }
        for (const { transport } of devices) transport.interference = {};
        for (const { sync } of [...devices, ...devices]) await once(sync);

        const truth = server.records('team', 'todos');
        for (const { db, sync } of devices) {
          expect(Object.fromEntries((await db.todos.toArray()).map(todo => [JSON.stringify(todo.id), todo]))).toEqual(truth);
          expect((await sync.status()).pending).toBe(0);
          await db.delete();
        }
        expect(truth[JSON.stringify(COUNTER)]).toMatchObject({ votes: counted });
      }),
      { numRuns: CASES },
    );
  },
);

async function run({ do: verb, key, title }: Step, server: MemoryServer, { db, sync, transport }: Device): Promise<void> {
  switch (verb) {
    case 'put':
      await db.todos.put({ id: key, title });
      break;
    case 'update':
      await db.todos.update(key, { title, 'place.city': title });
      break;
    case 'modify':
      await db.todos.where('id').notEqual(COUNTER).modify({ done: 1 });
      break;
    case 'delete':
      await db.todos.bulkDelete([key]);
      break;
    case 'count':
      await db.todos.update(COUNTER, { votes: add(1) });
      break;
    case 'both':
      await db.transaction('rw', db.todos, db.notes, async () => {
        await db.notes.put(title, key);
        await db.todos.update(key, { done: 0 });
      });
      break;
    case 'undone':
      await expect(
        db.transaction('rw', db.todos, async () => {
          await db.todos.update(COUNTER, { votes: add(100) });
          throw new Error('no');
        }),
      ).rejects.toThrow('no');
      break;
    case 'reopen':
      db.close();
      await db.open();
      break;
    case 'sync':
      await once(sync).catch(() => undefined);
      break;
    case 'lose':
      transport.interference = { after: onNext('push') };
      break;
    case 'drop':
      transport.interference = { before: onNext('push') };
      break;
    case 'job':
      server.write('team', 'todos', key, { id: key, title });
  }
}

function onNext(wanted: string): (call: string) => typeof NETWORK_PROBLEM | undefined {
  let left = 1;
  return call => (call === wanted && left-- > 0 ? NETWORK_PROBLEM : undefined);
}
