import { unwrap } from 'idb';
import { browserEnvironment } from './environment.js';
import type { SyncDatabaseOptions } from './options.js';
import type { SyncSchema } from './schema.js';
import type { SyncContext } from './storage/context.js';
import { openDatabase, storeLayouts } from './storage/open-database.js';
import { prepareDatasets } from './storage/prepare-datasets.js';
import { SyncEngine } from './sync/sync-engine.js';
import { SyncDatabase } from './sync-database.js';
import { FetchTransport } from './transport/fetch-transport.js';

/**
 * Opens a database, makes what it lacks, and begins to sync it.
 * @throws SyncError `invalid-schema` for stores that cannot be synced, `newer-version` when a newer app has used the database
 */
export async function openSyncDatabase<S extends SyncSchema = SyncSchema>(options: SyncDatabaseOptions<S>): Promise<SyncDatabase<S>> {
  const environment = { ...browserEnvironment(), ...options.environment };
  const { now, random, newId } = environment;
  const layouts = storeLayouts(options.stores, options.dataset);
  const name = options.user === undefined ? options.name : `${options.name}~${options.user}`;
  let database: SyncDatabase<S> | undefined;
  const db = await openDatabase(name, layouts, {
    outdated: version => {
      database?.deliver({ name: 'outdated', detail: { version } });
      void database?.close();
    },
  });

  const base = {
    db,
    unwrap,
    stores: new Map(layouts.map(layout => [layout.name, layout])),
    schemaVersion: options.schemaVersion ?? 1,
    transport: 'push' in options.server ? options.server : new FetchTransport(options.server),
    now,
    random,
    newId,
  };
  const makeContext = (hooks: Pick<SyncContext, 'changed' | 'emit'>): SyncContext => ({ ...base, ...hooks });
  try {
    await prepareDatasets(makeContext({ changed: () => undefined, emit: () => undefined }), options.migrate);
  } catch (error) {
    db.close();
    throw error;
  }

  const debug = typeof options.debug === 'function' ? options.debug : options.debug ? (line: string) => console.debug(line) : undefined;
  const engine = new SyncEngine(name, makeContext, environment, event => database?.deliver(event), debug);
  database = new SyncDatabase<S>(name, engine, environment);
  if (options.autoStart === false) engine.pause(true);
  engine.start();
  if (options.persist !== false) void database.persist();
  return database;
}
