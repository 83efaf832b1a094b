import { type StoreLayout, type StoreOptions, storeLayouts, SyncError } from '@myriadsync/client/addon';
import type { Dexie, Table } from 'dexie';
import type { DexieSyncOptions, TableOptions } from './options.js';

/** Where it is told how the rows of such a table are moved. */
const REMEDY = 'see "Keys that count up" in docs/recipes/dexie.md, or leave the table out with the option "tables"';

/**
 * The tables that are synced, as stores of the engine.
 * @throws SyncError `invalid-schema` with what is wrong, and what to do about it
 */
export function tableLayouts(db: Dexie, { tables, dataset }: Pick<DexieSyncOptions, 'tables' | 'dataset'>): StoreLayout[] {
  const stores = Object.entries(wanted(db, tables)).map(([name, options]): [string, StoreOptions] => {
    const table = db.tables.find(table => table.name === name);
    if (!table) throw new SyncError('invalid-schema', `The database has no table ${name}. Declare its versions first.`);
    return [name, storeOptions(table, options)];
  });
  if (stores.length === 0) throw new SyncError('invalid-schema', 'There is no table to sync. Declare the versions of the database first.');
  return storeLayouts(Object.fromEntries(stores), dataset);
}

function wanted(db: Dexie, tables: DexieSyncOptions['tables']): { [table: string]: TableOptions } {
  if (tables && !Array.isArray(tables)) return tables as { [table: string]: TableOptions };
  // Those that begin so are Dexie's own, or of this library.
  const names = (tables as readonly string[] | undefined) ?? db.tables.map(table => table.name).filter(name => !name.startsWith('$'));
  return Object.fromEntries(names.map(name => [name, {}]));
}

function storeOptions({ name, schema }: Table, options: TableOptions): StoreOptions {
  const { primKey, indexes } = schema;
  if (primKey.auto) {
    throw new SyncError(
      'invalid-schema',
      `Table ${name} counts up its keys ("${primKey.src}"): two devices would give the same ones. Give each row a key of its own, such as crypto.randomUUID(), in a table that declares "${primKey.name || 'id'}": ${REMEDY}.`,
    );
  }
  const unique = indexes.find(index => index.unique);
  if (unique) {
    throw new SyncError(
      'invalid-schema',
      `Index "${unique.src}" of table ${name} cannot be unique: two devices that are offline could both use a value. Declare "${unique.name}": ${REMEDY}.`,
    );
  }
  return { ...options, ...(primKey.keyPath && { keyPath: primKey.keyPath }) };
}
