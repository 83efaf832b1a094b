import { deleteDB, type IDBPDatabase, openDB } from 'idb';
import { SyncError } from '../errors.js';
import type { IndexOptions, StoreOptions } from '../schema.js';
import type { StoreConfig } from './context.js';
import { DATASETS, INTERNAL_STORES, OUTBOX, OUTBOX_INDEXES, PROBLEMS, RECORDS } from './layout.js';

/** A store with its indexes in full. */
export interface StoreLayout extends StoreConfig {
  indexes: [name: string, options: IndexOptions][];
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/**
 * Reads what the app declares.
 * @throws SyncError `invalid-schema` with what is wrong
 */
export function storeLayouts(stores: { [name: string]: StoreOptions }, dataset: string | undefined): StoreLayout[] {
  const layouts = Object.entries(stores).map(([name, options]) => storeLayout(name, options, dataset));
  if (layouts.length === 0) throw new SyncError('invalid-schema', 'There is no store to sync: declare one in `stores`.');
  const known = new Set<string>();
  for (const { dataset, remote } of layouts) {
    const id = `${dataset}~${remote}`;
    if (known.has(id)) throw new SyncError('invalid-schema', `Two stores are ${remote} of dataset ${dataset}.`);
    known.add(id);
  }
  return layouts;
}

function storeLayout(name: string, options: StoreOptions, fallback: string | undefined): StoreLayout {
  const dataset = options.dataset ?? fallback;
  const remote = options.remote ?? name;
  if (dataset === undefined)
    throw new SyncError('invalid-schema', `Store ${name} belongs to no dataset: give one, for the store or for all.`);
  for (const [what, text] of Object.entries({ dataset, store: name, remote })) {
    if (!NAME.test(text))
      throw new SyncError(
        'invalid-schema',
        `"${text}" is no name of a ${what}: 1 to 64 of A-Z a-z 0-9 - _ . and the first a letter or digit.`,
      );
  }
  if ((options as { autoIncrement?: boolean }).autoIncrement) {
    throw new SyncError(
      'invalid-schema',
      `Store ${name} cannot count up its keys: two devices would give the same ones. Use crypto.randomUUID().`,
    );
  }
  const indexes = Object.entries(options.indexes ?? {}).map(([index, paths]): [string, IndexOptions] => {
    const full = typeof paths === 'string' || Array.isArray(paths) ? { keyPath: paths } : paths;
    if ((full as { unique?: boolean }).unique) {
      throw new SyncError(
        'invalid-schema',
        `Index ${index} of store ${name} cannot be unique: two devices that are offline could both use a value.`,
      );
    }
    return [index, full];
  });
  const { keyPath = null } = options;
  return { name, dataset, remote, keyPath: keyPath === null || typeof keyPath === 'string' ? keyPath : [...keyPath], indexes };
}

/** What is to happen when others want the database. */
export interface Callbacks {
  /** Another tab opens it with more stores than we know: it has been closed here. */
  outdated(version: number | null): void;
}

/**
 * Opens a database and gives it what it lacks. Its version is counted up by the library alone, whenever a store or an index is missing. What is no longer declared
 * stays: another tab may be of an older version of the app, and data goes only when it is told to.
 */
export async function openDatabase(name: string, stores: readonly StoreLayout[], callbacks: Callbacks): Promise<IDBPDatabase> {
  let version: number | undefined;
  for (;;) {
    const db = await openAt(name, version, stores, callbacks);
    if (!db) {
      // Somebody was faster to change it: look again.
      version = undefined;
      continue;
    }
    if (isComplete(db, stores)) return db;
    version = db.version + 1;
    db.close();
  }
}

async function openAt(
  name: string,
  version: number | undefined,
  stores: readonly StoreLayout[],
  callbacks: Callbacks,
): Promise<IDBPDatabase | undefined> {
  try {
    const db: IDBPDatabase = await openDB(name, version, {
      upgrade: (db, _old, _new, tx) => complete(db, tx as unknown as IDBUpgrade, stores),
      blocking: (_current, wanted) => {
        db.close();
        callbacks.outdated(wanted);
      },
    });
    return db;
  } catch (error) {
    if ((error as Error | null)?.name === 'VersionError') return undefined;
    throw error;
  }
}

type IDBUpgrade = { objectStore(name: string): ReturnType<IDBPDatabase['createObjectStore']> };

function complete(db: IDBPDatabase, tx: IDBUpgrade, stores: readonly StoreLayout[]): void {
  const has = (store: string) => db.objectStoreNames.contains(store);
  if (!has(OUTBOX)) {
    const outbox = db.createObjectStore(OUTBOX, { keyPath: 'id', autoIncrement: true });
    for (const [index, keyPath] of Object.entries(OUTBOX_INDEXES)) outbox.createIndex(index, keyPath as string | string[]);
  }
  if (!has(RECORDS)) db.createObjectStore(RECORDS);
  if (!has(DATASETS)) db.createObjectStore(DATASETS);
  if (!has(PROBLEMS)) db.createObjectStore(PROBLEMS, { keyPath: 'id' });
  for (const layout of stores) {
    const store = has(layout.name)
      ? tx.objectStore(layout.name)
      : db.createObjectStore(layout.name, layout.keyPath === null ? undefined : { keyPath: layout.keyPath });
    for (const [index, options] of layout.indexes) {
      if (store.indexNames.contains(index)) {
        if (sameIndex(store.index(index), options)) continue;
        store.deleteIndex(index);
      }
      store.createIndex(index, options.keyPath, { multiEntry: options.multiEntry ?? false });
    }
  }
}

function isComplete(db: IDBPDatabase, stores: readonly StoreLayout[]): boolean {
  const names = [...stores.map(store => store.name), ...INTERNAL_STORES];
  if (!names.every(name => db.objectStoreNames.contains(name))) return false;
  const tx = db.transaction(names);
  return stores.every(layout => {
    const store = tx.objectStore(layout.name);
    if (store.autoIncrement || samePath(store.keyPath, layout.keyPath) === false) {
      db.close();
      throw new SyncError('invalid-schema', `Store ${layout.name} exists with other keys (key path ${JSON.stringify(store.keyPath)}).`);
    }
    return layout.indexes.every(([index, options]) => store.indexNames.contains(index) && sameIndex(store.index(index), options));
  });
}

const samePath = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const sameIndex = (index: { keyPath: string | string[]; multiEntry: boolean; unique: boolean }, options: IndexOptions): boolean =>
  samePath(index.keyPath, options.keyPath) && index.multiEntry === (options.multiEntry ?? false) && !index.unique;

/** Deletes a database and all that is in it. */
export const deleteDatabase = (name: string): Promise<void> => deleteDB(name);
