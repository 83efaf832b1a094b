import 'fake-indexeddb/auto';
import { afterEach } from 'vitest';
import { openSyncDatabase, type SyncDatabase, type SyncDatabaseOptions } from '../src/index.js';
import { MemoryServer, MemoryTransport } from '../src/testing/index.js';

/** The app that the tests are about. */
export type Todos = {
  todos: { key: string; value: Todo; indexes: { byDone: number; byTag: string } };
  notes: { key: IDBValidKey; value: unknown };
};

/** A record of it. */
export interface Todo {
  id: string;
  title: string;
  done?: 0 | 1;
  votes?: number;
  tags?: string[];
  due?: Date;
  place?: { city: string; street?: string };
}

export const STORES: SyncDatabaseOptions<Todos>['stores'] = {
  todos: { keyPath: 'id', indexes: { byDone: 'done', byTag: { keyPath: 'tags', multiEntry: true } } },
  notes: {},
};

const open = new Set<SyncDatabase<Todos>>();
let count = 0;

afterEach(() => closeDevices());

/** Closes every device of the test. */
export async function closeDevices(): Promise<void> {
  for (const db of open) await db.destroy();
  open.clear();
}

/** A server with todos, the first of them `t0000`. */
export function serverWith(todos: number): MemoryServer {
  const server = new MemoryServer();
  for (let i = 0; i < todos; i++) {
    const id = `t${String(i).padStart(4, '0')}`;
    server.write('team', 'todos', id, { id, title: 'of the server' });
  }
  return server;
}

/** A device of its own, not syncing until `resume()`. */
export async function openDevice(server: MemoryServer, options: Partial<SyncDatabaseOptions<Todos>> = {}) {
  const transport = new MemoryTransport(server);
  const db = await openSyncDatabase<Todos>({
    name: `device-${count++}`,
    dataset: 'team',
    stores: STORES,
    server: transport,
    autoStart: false,
    persist: false,
    ...options,
    environment: {
      openChannel: () => ({ send: () => undefined, listen: () => undefined, close: () => undefined }),
      ...options.environment,
    },
  });
  open.add(db);
  return { db, transport };
}

/** Syncs a device once, and pauses it again: tests decide who is when at it. */
export async function sync(db: SyncDatabase<Todos>): Promise<void> {
  db.resume();
  try {
    await db.syncNow();
  } finally {
    db.pause();
  }
}

/** Gives a device all that another one has, as a copy of the browser's profile does. */
export async function copyProfile(from: SyncDatabase<Todos>, to: SyncDatabase<Todos>): Promise<void> {
  for (const name of from.idb.objectStoreNames) {
    const [keys, values] = await Promise.all([from.idb.getAllKeys(name), from.idb.getAll(name)]);
    const { store } = to.idb.transaction(name, 'readwrite');
    await store.clear();
    for (const [i, value] of values.entries()) await store.put(value, store.keyPath === null ? keys[i] : undefined);
  }
}
