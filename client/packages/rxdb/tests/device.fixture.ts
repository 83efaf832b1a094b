import { createRxDatabase, type RxCollection, type RxDatabase, type RxStorage } from 'rxdb/plugins/core';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { vi } from 'vitest';
import { startStack, type RealStack } from '../../client/tests/real-stack.fixture.js';
import { replicateMyriadSync, type MyriadSyncReplicationOptions } from '../src/index.js';

/** A document of the tests. */
export interface Note {
  id: string;
  title: string;
  done?: boolean;
  votes?: number;
  place?: { city?: string; zip?: string };
}

const NOTES = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: { type: 'string', maxLength: 100 },
    title: { type: 'string' },
    done: { type: 'boolean' },
    votes: { type: 'number' },
    place: { type: 'object', properties: { city: { type: 'string' }, zip: { type: 'string' } } },
  },
  required: ['id', 'title'],
} as const;

/** What a test lets happen between a device and the service. */
export type Network = (send: () => Promise<Response>, request: Request) => Promise<Response>;

/** The service as one test uses it: a dataset of its own, and devices that go when the test ends. */
export class World {
  readonly dataset = `rx-${crypto.randomUUID()}`;
  readonly #databases: RxDatabase[] = [];

  constructor(
    readonly stack: RealStack,
    readonly storage: () => RxStorage<any, any> = getRxStorageMemory,
  ) {}

  static async start(): Promise<RealStack> {
    return startStack();
  }

  /** A collection on a device of its own. */
  async device(): Promise<RxCollection<Note>> {
    const name = `db${crypto.randomUUID().replaceAll('-', '')}`;
    const database = await createRxDatabase({ name, storage: this.storage(), multiInstance: false });
    this.#databases.push(database);
    const { notes } = await database.addCollections({ notes: { schema: NOTES } });
    return notes as unknown as RxCollection<Note>;
  }

  /** Replicates a collection with the test's dataset. */
  replicate(collection: RxCollection<Note>, options: Partial<MyriadSyncReplicationOptions<Note>> = {}) {
    return replicateMyriadSync<Note>({
      collection,
      url: this.stack.url,
      dataset: this.dataset,
      token: () => this.stack.token('ada'),
      retryTime: 100,
      waitForLeadership: false,
      ...options,
    });
  }

  /** A request of the service, as somebody with all rights. */
  async request(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('Authorization', `Bearer ${await this.stack.token('ada')}`);
    if (init.body) headers.set('Content-Type', 'application/json');
    return fetch(`${this.stack.url}/api/v1/datasets/${this.dataset}${path}`, { ...init, headers });
  }

  /** Every entry of the log. */
  async log(): Promise<{ key: string; op: string; value?: Note; by: string }[]> {
    return ((await (await this.request('/changes')).json()) as { changes: [] }).changes;
  }

  /** Pushes a batch over our own wire, as a client that does not know RxDB. */
  async push(
    clientId: string,
    firstSeq: number,
    ...changes: Record<string, unknown>[]
  ): Promise<{ results: { outcome: string; rev: number }[] }> {
    const at = (index: number) => Date.now().toString(16).padStart(12, '0') + index.toString(16).padStart(4, '0') + clientId;
    const body = {
      schemaVersion: 1,
      clientId,
      batchId: `b${firstSeq}`,
      changes: changes.map((c, i) => ({ seq: firstSeq + i, store: 'notes', at: at(i), ...c })),
    };
    return (await this.request('/batches', { method: 'POST', body: JSON.stringify(body) })).json() as never;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#databases.map(database => database.close()));
  }
}

/** `fetch` with something in between. */
export function through(network: Network): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    return network(() => fetch(request.clone()), request);
  };
}

/** Every document of a collection, by key. */
export async function read(collection: RxCollection<Note>): Promise<Record<string, Note>> {
  const documents = await collection.find().exec();
  return Object.fromEntries(documents.map(document => [document.id, document.toMutableJSON() as Note]));
}

/** Waits until the check no longer throws. */
export function eventually(check: () => unknown): Promise<unknown> {
  return vi.waitFor(check, { timeout: 50_000, interval: 50 });
}
