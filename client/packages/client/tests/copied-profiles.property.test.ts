import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MemoryServer } from '../src/testing/index.js';
import { closeDevices, copyProfile, openDevice, sync } from './device.fixture.js';

/** Histories that are tried; MYRIADSYNC_CLIENT_CASES sets another number. */
const CASES = Number(process.env['MYRIADSYNC_CLIENT_CASES'] ?? 40);
const COUNTER = 'counter';

/** Which of the devices that there are, as a share of them. */
const on = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const step = fc.record({ do: fc.constantFrom('count', 'count', 'both', 'sync', 'copy'), on });

it(
  'however profiles are copied, all of them end up as the server, and what each was copied with is counted once',
  { timeout: 600_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25, size: 'max' }), async steps => {
        const server = new MemoryServer({ policies: { todos: 'field-merge' }, limits: { batchChanges: 4, pageEntries: 3 } });
        server.write('team', 'todos', COUNTER, { id: COUNTER, title: 'counter', votes: 0 });
        // No two devices edit in the same millisecond: those of one id would be the same edit.
        let clockMs = 1_000_000;
        const open = () => openDevice(server, { environment: { now: () => clockMs++ } });
        const devices = [(await open()).db];
        await sync(devices[0]!);

        let counted = 0;
        for (const step of steps) {
          const db = devices[Math.floor(step.on * devices.length)]!;
          if (step.do === 'sync') await sync(db);
          else if (step.do === 'copy') {
            const { db: copy } = await open();
            await copyProfile(db, copy);
            devices.push(copy);
          } else {
            if (step.do === 'count') await db.increment('todos', COUNTER, 'votes');
            else
              await db.transaction(['todos', 'notes'], tx =>
                tx.put('notes', counted, counted).then(() => tx.increment('todos', COUNTER, 'votes')),
              );
            counted += 1;
          }
        }
        for (const db of [...devices, ...devices]) await sync(db);

        const truth = server.records('team', 'todos');
        expect(truth[JSON.stringify(COUNTER)]).toMatchObject({ votes: counted });
        for (const db of devices) {
          expect(await db.get('todos', COUNTER)).toEqual(truth[JSON.stringify(COUNTER)]);
          expect([(await db.status()).pending, await db.conflicts()]).toEqual([0, []]);
        }
        await closeDevices();
      }),
      { numRuns: CASES, timeout: 20_000 },
    );
  },
);
