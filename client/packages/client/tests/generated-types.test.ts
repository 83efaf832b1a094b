import { expect, it } from 'vitest';
import { compile, faults } from './compile.fixture.js';

/** The golden files are what the generator writes; the tests of the function app hold it to them. */
const STORES = '../tests/golden/types/stores.ts';
const EVERYTHING = '../tests/golden/types/everything.ts';

const APP = `
import { openSyncDatabase } from '@myriadsync/client';
import { stores, type Stores } from '../tests/golden/types/stores.js';

type App = Stores & { todos: { indexes: { byTitle: string } } };

export async function use() {
  const plain = await openSyncDatabase<Stores>({ name: 'plain', dataset: 'team', stores, server: { url: '' } });
  const city: { name: string; population?: number } | undefined = await plain.get('cities', ['DE', 7]);

  const db = await openSyncDatabase<App>({
    name: 'app',
    dataset: 'team',
    stores: { ...stores, cities: { ...stores.cities, dataset: 'cities' }, todos: { ...stores.todos, indexes: { byTitle: 'title' } } },
    server: { url: '' },
  });
  await db.put('todos', { id: 'a', title: 'milk', due: new Date(), priority: 'low', tags: ['x'] });
  await db.put('cities', { name: 'Ulm', country: 'DE', lat: 48.4, lng: 10 }, 'ulm');
  await db.increment('todos', 'a', 'votes');
  await db.addToSet('todos', 'a', 'tags', 'y');
  const titles: string[] = (await db.getAll('todos', { index: 'byTitle' })).map(todo => todo.title);
  // @ts-expect-error the title is missing
  await db.put('todos', { id: 'a' });
  // @ts-expect-error not one of the priorities
  await db.patch('todos', 'a', { priority: 'lowest' });
  // @ts-expect-error a key of another type
  await db.get('todos', 1);
  // @ts-expect-error no such index
  await db.getAll('todos', { index: 'byDue' });
  // @ts-expect-error no number
  await db.increment('todos', 'a', 'title');
  return [city, titles];
}
`;

it('the types that are generated of the store files are a schema of the client', { timeout: 300_000 }, () => {
  const program = compile([STORES, EVERYTHING], new Map([['generated-types-app.ts', APP]]));

  expect(faults(program)).toEqual([]);
});
