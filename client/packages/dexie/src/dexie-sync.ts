import {
  browserEnvironment,
  FetchTransport,
  prepareDatasets,
  type RecordChange,
  type StoreLayout,
  SyncControl,
  SyncError,
} from '@myriadsync/client/addon';
import { type SyncContext, SyncEngine } from '@myriadsync/client/engine';
import type { Dexie } from 'dexie';
import { unwrap, wrap } from 'idb';
import { LiveQueries } from './live-queries.js';
import type { DexieSyncOptions } from './options.js';
import { recordMutations } from './record-mutations.js';
import { takeUpUpgrades } from './upgrades.js';

/** Sync of a Dexie database. It runs while the database is open, in one of the tabs that have it open. */
export class DexieSync extends SyncControl {
  readonly #db: Dexie;
  readonly #options: DexieSyncOptions;
  readonly #live: LiveQueries;
  readonly #base: Omit<SyncContext, 'db' | 'changed' | 'emit'>;
  #engine: SyncEngine | undefined;
  #paused: boolean;
  #stopped: Promise<void> = Promise.resolve();
  /** Tells the engine's tabs of edits that Dexie has made, and has told its own queries of. */
  #tell: ((changes: RecordChange[]) => void) | undefined;

  /** Use `syncDexie`. */
  constructor(db: Dexie, layouts: readonly StoreLayout[], options: DexieSyncOptions) {
    super({ ...browserEnvironment(), ...options.environment });
    const { now, random, newId } = this.environment;
    this.#db = db;
    this.#options = options;
    this.#paused = options.autoStart === false;
    this.#live = new LiveQueries(db);
    this.#base = {
      unwrap,
      stores: new Map(layouts.map(layout => [layout.name, layout])),
      schemaVersion: options.schemaVersion ?? 1,
      transport: 'push' in options.server ? options.server : new FetchTransport(options.server),
      now,
      random,
      newId,
    };
    const mutations = {
      context: this.#base,
      committed: (changes: RecordChange[], merged: RecordChange[]) => {
        this.#tell?.(changes);
        this.#live.tell(merged);
      },
    };
    db.use(recordMutations(mutations));
    db.on('ready', () => this.#start(), true);
    db.on('close', () => this.#stop());
  }

  override get name(): string {
    return this.#db.name;
  }

  override pause(): void {
    this.#paused = true;
    this.#engine?.pause(true);
  }

  override resume(): void {
    this.#paused = false;
    this.#engine?.pause(false);
  }

  override async close(): Promise<void> {
    this.#db.close();
    await this.#stopped;
  }

  override async destroy(): Promise<void> {
    await this.close();
    await this.#db.delete();
  }

  protected override engine(): SyncEngine {
    if (!this.#engine) throw new SyncError('closed', 'The database is closed.');
    return this.#engine;
  }

  protected override async opened(): Promise<SyncEngine> {
    if (!this.#engine && !this.#db.hasBeenClosed()) await this.#db.open();
    return this.engine();
  }

  async #start(): Promise<void> {
    const native = this.#db.backendDB();
    const db = wrap(native);
    const quiet = { ...this.#base, db, changed: () => undefined, emit: () => undefined };
    await prepareDatasets(quiet, this.#options.migrate);
    await takeUpUpgrades(quiet);
    // Closed meanwhile: the next opening starts it.
    if (this.#db.backendDB() !== native) return;

    const { debug, persist } = this.#options;
    const makeContext = (hooks: Pick<SyncContext, 'changed' | 'emit'>): SyncContext => {
      this.#tell = changes => hooks.changed(changes, 'local');
      return {
        ...this.#base,
        db,
        emit: hooks.emit,
        changed: (changes, origin) => {
          this.#live.tell(changes);
          hooks.changed(changes, origin);
        },
      };
    };
    const log = typeof debug === 'function' ? debug : debug ? (line: string) => console.debug(line) : undefined;
    const engine = new SyncEngine(this.name, makeContext, this.environment, event => this.deliver(event), log);
    this.#engine = engine;
    this.#live.open();
    if (this.#paused) engine.pause(true);
    engine.start();
    if (persist !== false) void this.persist();
  }

  #stop(): void {
    const engine = this.#engine;
    if (!engine) return;
    this.#engine = undefined;
    this.#tell = undefined;
    this.#live.close();
    this.#stopped = engine.stop();
  }
}
