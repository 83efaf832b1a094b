import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { holdRules } from './rules.fixture.js';

const indexedDB = new IDBFactory();

// A browser's own IndexedDB where there is one: the same rules run there.
holdRules('IndexedDB', () => getRxStorageDexie(globalThis.indexedDB ? {} : { indexedDB, IDBKeyRange }));
