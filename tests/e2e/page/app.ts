import {
  openSyncDatabase,
  type SyncDatabase,
  type SyncDatabaseOptions,
  type SyncEvents,
} from '../../../client/packages/client/src/index.js';

/** A record of the page's app; the fields that the store file of the same name has. */
export interface Todo {
  id: string;
  title: string;
  done?: boolean;
  votes?: number;
  tags?: string[];
}

/** The page's stores: one that the function app has a store file for, and one that it takes as it comes. */
export type App = {
  todos: { key: string; value: Todo; indexes: { byTitle: string } };
  notes: { key: string; value: unknown };
  cities: { key: number; value: unknown };
};

/** How a spec opens the page's database. */
export interface PageOptions {
  /** Base address of the API. */
  url: string;
  dataset: string;
  name: string;
  autoStart: boolean;
  /** The stores; all but `cities` if not given. */
  stores?: SyncDatabaseOptions<App>['stores'];
}

declare global {
  interface Window {
    /** The database, once `start` has been called. */
    db: SyncDatabase<App>;
    /** Names and details of its events, oldest first. */
    events: { name: string; detail: unknown }[];
    /** The token that is used until it is refused. */
    token: string | undefined;
    /** Opens it. */
    start(options: PageOptions): Promise<void>;
    /** A token from the spec. */
    requestToken(refresh: boolean): Promise<string>;
  }
}

const EVENTS: (keyof SyncEvents)[] = ['conflict', 'rejected', 'poisoned', 'superseded', 'storage-full', 'outdated', 'status', 'progress'];

const STORES = { todos: { keyPath: 'id', indexes: { byTitle: 'title' } }, notes: {} };

window.start = async ({ url, dataset, name, autoStart, stores = STORES }) => {
  window.events = [];
  window.db = await openSyncDatabase<App>({
    name,
    dataset,
    stores: stores as SyncDatabaseOptions<App>['stores'],
    server: {
      url,
      token: async ({ refresh }) => {
        if (window.token === undefined || refresh) window.token = await window.requestToken(refresh);
        return window.token;
      },
    },
    autoStart,
  });
  for (const event of EVENTS) window.db.on(event, detail => window.events.push({ name: event, detail }));
};
