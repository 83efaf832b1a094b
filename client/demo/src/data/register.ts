import { openSyncDatabase, type SyncDatabase } from '@myriadsync/client';
import { CityIndex, type CityReader } from './city-index.js';
import { debugging } from './people.js';
import { Observable, useObservable } from './observable.js';
import { seeded } from './seed.js';
import type { CitiesRecord } from './stores.js';
import { devTokens } from './tokens.js';

/** The register of places. */
export type RegisterStores = { cities: { key: number; value: CitiesRecord } };
export type RegisterDatabase = SyncDatabase<RegisterStores>;

/** How much of the register is here. */
export interface RegisterState {
  /** `preparing`: the stack puts the data on the server; `loading`: it comes to this device; `ready`: all of it is here. */
  phase: 'preparing' | 'loading' | 'ready';
  loaded: number;
  /** 0: not known. */
  total: number;
}

const DATASET = 'cities';
const STORE = 'cities';
const DEVICE = 'fieldbook.device';
/** Time between two looks at what has come, while more comes. */
const EXTEND_MS = 400;
/** Time after which a part of the index is shown that is still being read. */
const SHOW_MS = 500;

/**
 * The register of places, as it is on this device, and its index. Everybody who uses this browser has the same one: it is loaded once, one tab keeps it in step, and
 * what one person puts right the others see. So it belongs to the device, as a user of its own.
 */
export class Register {
  readonly state = new Observable<RegisterState>({ phase: 'preparing', loaded: 0, total: 0 });
  /** Counts up when the index has more, or something else. */
  readonly version = new Observable(0);
  readonly index = new CityIndex();
  readonly db: Promise<RegisterDatabase>;
  #extending: Promise<void> = Promise.resolve();
  #due = false;

  constructor() {
    this.db = this.#open();
  }

  async #open(): Promise<RegisterDatabase> {
    const total = await seeded(({ loaded, total }) => (this.state.value = { phase: 'preparing', loaded, total }));
    const db = await openSyncDatabase<RegisterStores>({
      name: 'fieldbook-register',
      dataset: DATASET,
      stores: { cities: {} },
      server: { url: location.origin, token: devTokens(deviceUser(), DATASET) },
      debug: debugging(),
    });
    const { lastSyncMs } = await db.status();
    this.state.value = { phase: lastSyncMs === undefined ? 'loading' : 'ready', loaded: await db.count(STORE), total };
    db.on('progress', ({ loaded, done }) => {
      this.state.value = { phase: done ? 'ready' : 'loading', loaded, total: Math.max(total, loaded) };
      this.#extendSoon(db);
    });
    db.on('change', ({ changes }) => {
      this.#extendSoon(db);
      if (this.state.value.phase === 'ready')
        void this.#refresh(
          db,
          changes.map(change => change.key as number),
        );
    });
    this.#extendSoon(db);
    return db;
  }

  #extendSoon(db: RegisterDatabase): void {
    if (this.#due) return;
    this.#due = true;
    this.#extending = this.#extending.then(() => this.#extend(db));
  }

  async #extend(db: RegisterDatabase): Promise<void> {
    const reader = readerOf(db);
    this.#due = false;
    let shownMs = performance.now();
    while (await this.index.extend(reader)) {
      // Who shows the index draws all of it again: not for each of a hundred chunks.
      if (performance.now() - shownMs < SHOW_MS) continue;
      this.version.value++;
      shownMs = performance.now();
    }
    this.version.value++;
    // What comes meanwhile is taken together.
    await new Promise(resolve => setTimeout(resolve, EXTEND_MS));
  }

  async #refresh(db: RegisterDatabase, keys: number[]): Promise<void> {
    await this.#extending;
    await this.index.refresh(keys, readerOf(db));
    this.version.value++;
  }
}

/** True when the index has all places there are, as far as this device knows; until then what it does not find may still come. */
export function useComplete({ index, state, version }: Register): boolean {
  useObservable(version);
  const { phase, loaded } = useObservable(state);
  return phase === 'ready' && index.size >= loaded;
}

function readerOf(db: RegisterDatabase): CityReader {
  return {
    after: async (key, limit) => {
      const store = db.idb.transaction([STORE]).objectStore(STORE);
      const range = IDBKeyRange.lowerBound(key, true);
      const [keys, values] = await Promise.all([store.getAllKeys(range, limit), store.getAll(range, limit)]);
      return { keys: keys as number[], values: values as CitiesRecord[] };
    },
    get: key => db.get(STORE, key),
  };
}

function deviceUser(): string {
  const known = localStorage.getItem(DEVICE);
  if (known !== null) return known;
  const made = `device-${Array.from(crypto.getRandomValues(new Uint8Array(6)), byte => byte.toString(16).padStart(2, '0')).join('')}`;
  localStorage.setItem(DEVICE, made);
  return made;
}
