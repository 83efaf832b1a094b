import 'fake-indexeddb/auto';
import { MemoryServer, MemoryTransport } from '@myriadsync/client/testing';
import { Dexie, type EntityTable, type Table } from 'dexie';
import { afterEach } from 'vitest';
import { type DexieSync, type DexieSyncOptions, syncDexie } from '../src/index.js';

/** A record of the tests. */
export interface Todo {
  id: string;
  title: string;
  done?: number;
  votes?: number;
  tags?: string[];
  place?: { city?: string; zip?: string };
}

/** An app's database as it was before it was synced. */
export type App = Dexie & { todos: EntityTable<Todo, 'id'>; notes: Table<unknown, IDBValidKey> };

/** Its first version. */
export const TABLES = { todos: 'id, done, *tags, [done+title]', notes: '' };

const opened: Dexie[] = [];
let count = 0;

afterEach(async () => {
  for (const db of opened) db.close();
  for (const db of opened.splice(0)) await db.delete();
});

/** A database of its own, not synced. */
export function declareApp(name = `dexie-${count++}`, declare: (db: Dexie) => void = db => db.version(1).stores(TABLES)): App {
  const db = new Dexie(name) as App;
  declare(db);
  opened.push(db);
  return db;
}

/** The same, synced with a server, and paused. */
export function device(server: MemoryServer, options: Partial<DexieSyncOptions> = {}, db: App = declareApp()) {
  const transport = new MemoryTransport(server);
  const environment = { openChannel: () => ({ send: () => undefined, listen: () => undefined, close: () => undefined }) };
  const sync = syncDexie(db, { dataset: 'team', server: transport, autoStart: false, persist: false, environment, ...options });
  return { db, sync, transport };
}

/** Syncs a device once, and pauses it again: tests decide who is when at it. */
export async function once(sync: DexieSync): Promise<void> {
  sync.resume();
  try {
    await sync.syncNow();
  } finally {
    sync.pause();
  }
}

/** The edits in the outbox of a device, in their order. */
export async function outbox(db: Dexie): Promise<{ key: unknown; base: number; edit: object }[]> {
  return (await db.table('$outbox').toArray()).map(({ key, base, edit }) => ({ key, base, edit }));
}
