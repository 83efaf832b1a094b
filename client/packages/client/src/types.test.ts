import { expectTypeOf, it } from 'vitest';
import type { Todo, Todos } from '../tests/device.fixture.js';
import type { SyncDatabase } from './index.js';

/** Checked by the compiler and never run. */
export function typed(db: SyncDatabase<Todos>): void {
  expectTypeOf(db.get('todos', 'a')).resolves.toEqualTypeOf<Todo | undefined>();
  expectTypeOf(db.getAll('todos', { index: 'byDone' })).resolves.toEqualTypeOf<Todo[]>();
  void db.increment('todos', 'a', 'votes');
  void db.addToSet('todos', 'a', 'tags', 'x');
  void db.increment('todos', 'a', ['place', 'visits']);
  void db.transaction(['todos'], async tx => {
    await tx.put('todos', { id: 'a', title: 'x' });
    // @ts-expect-error a store that the transaction does not have
    await tx.put('notes', 1, 'n');
  });
  // @ts-expect-error no such store
  void db.get('nothing', 'a');
  // @ts-expect-error a key of another type
  void db.get('todos', 1);
  // @ts-expect-error no such index
  void db.getAll('todos', { index: 'byTitle' });
  // @ts-expect-error no number
  void db.increment('todos', 'a', 'title');
  // @ts-expect-error no set
  void db.addToSet('todos', 'a', 'title', 'x');
  // @ts-expect-error an element of another type
  void db.addToSet('todos', 'a', 'tags', 1);
  // @ts-expect-error no such field
  void db.patch('todos', 'a', { nothing: 1 });
}

it('has types that follow the schema', () => {
  expectTypeOf(typed).toBeFunction();
});
