import { OUTBOX, OUTBOX_INDEXES } from '@myriadsync/client/addon';
import { INTERNAL_STORES } from '@myriadsync/client/engine';
import type { Dexie } from 'dexie';

/** Below every version of an app, so that all of them have what it declares. */
const FIRST_VERSION = 0.1;

/**
 * Declares what sync keeps beside the app's tables. Dexie has to know of it: it deletes what it does not know when a database is upgraded, and adds what is
 * missing to one that is there.
 */
export function declareInternalTables(db: Dexie): void {
  const declared: { [table: string]: string } = Object.fromEntries(INTERNAL_STORES.map(name => [name, '']));
  declared[OUTBOX] = ['++id', ...Object.keys(OUTBOX_INDEXES)].join();
  declared['$problems'] = 'id';
  db.version(FIRST_VERSION).stores(declared);
}
