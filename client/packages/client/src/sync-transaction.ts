import { type EditTransaction, keyFor } from './edits/edit-transaction.js';
import { SyncError } from './errors.js';
import type { ElementOf, FieldOf, StoreKey, StoreName, StoreValue, SyncSchema } from './schema.js';
import type { StoreConfig } from './storage/context.js';
import { encodeValue } from './values/encode-value.js';
import { child, isPlainObject, type Json } from './values/json.js';

/** The edits that a database and a transaction offer alike. */
export interface Edits<S extends SyncSchema> {
  /** Reads a record; undefined: there is none. */
  get<N extends StoreName<S>>(store: N, key: StoreKey<S, N>): Promise<StoreValue<S, N> | undefined>;
  /** Writes a whole record. What others change in its other fields meanwhile stays: the difference is what travels. */
  put<N extends StoreName<S>>(store: N, value: StoreValue<S, N>, key?: StoreKey<S, N>): Promise<StoreKey<S, N>>;
  /** Changes some fields of a record; a field that is `undefined` is taken away. */
  patch<N extends StoreName<S>>(store: N, key: StoreKey<S, N>, fields: Partial<StoreValue<S, N>>): Promise<StoreValue<S, N>>;
  /** Makes a record anew of the one that is there; `change` may alter what it gets. */
  update<N extends StoreName<S>>(
    store: N,
    key: StoreKey<S, N>,
    change: (value: StoreValue<S, N>) => StoreValue<S, N> | void,
  ): Promise<StoreValue<S, N>>;
  /** Deletes a record. */
  delete<N extends StoreName<S>>(store: N, key: StoreKey<S, N>): Promise<void>;
  /** Adds to a number: what several people add at the same time adds up. */
  increment<N extends StoreName<S>>(
    store: N,
    key: StoreKey<S, N>,
    field: FieldOf<StoreValue<S, N>, number | bigint> | readonly string[],
    by?: number | bigint,
  ): Promise<StoreValue<S, N>>;
  /** Adds elements to an array or a Set that holds each once: what several people add at the same time is all in. */
  addToSet<N extends StoreName<S>, F extends FieldOf<StoreValue<S, N>, readonly unknown[] | ReadonlySet<unknown>>>(
    store: N,
    key: StoreKey<S, N>,
    field: F | readonly string[],
    ...elements: ElementOf<StoreValue<S, N>[F]>[]
  ): Promise<StoreValue<S, N>>;
  /** Takes elements out of an array or a Set. */
  removeFromSet<N extends StoreName<S>, F extends FieldOf<StoreValue<S, N>, readonly unknown[] | ReadonlySet<unknown>>>(
    store: N,
    key: StoreKey<S, N>,
    field: F | readonly string[],
    ...elements: ElementOf<StoreValue<S, N>[F]>[]
  ): Promise<StoreValue<S, N>>;
}

/** Records read ahead at a time: no more than a page can be kept waiting for. */
export const AHEAD = 200;

/** The untyped edits of one transaction. */
export class SyncTransaction {
  readonly #edits: EditTransaction;
  readonly #store: (name: string) => StoreConfig;

  constructor(edits: EditTransaction, store: (name: string) => StoreConfig) {
    this.#edits = edits;
    this.#store = store;
  }

  get(store: string, key: IDBValidKey): Promise<unknown> {
    return this.#edits.get(this.#store(store), key);
  }

  put(store: string, value: unknown, key?: IDBValidKey): Promise<IDBValidKey> {
    return this.#edits.put(this.#store(store), value, key);
  }

  async putAll(store: string, values: readonly unknown[]): Promise<void> {
    const config = this.#store(store);
    for (let from = 0; from < values.length; from += AHEAD) {
      const some = values.slice(from, from + AHEAD);
      await this.#edits.look(
        config,
        some.map(value => keyFor(config, value)),
      );
      for (const value of some) await this.#edits.put(config, value);
    }
  }

  patch(store: string, key: IDBValidKey, fields: object): Promise<unknown> {
    return this.#edits.change(this.#store(store), key, value => {
      if (!isPlainObject(value))
        throw new SyncError('invalid-value', 'Only a plain object can be patched.', { reason: 'not-an-object', pointer: '' });
      return Object.fromEntries(
        Object.entries({ ...value, ...fields }).filter(([name, content]) => content !== undefined || !Object.hasOwn(fields, name)),
      );
    });
  }

  update(store: string, key: IDBValidKey, change: (value: unknown) => unknown): Promise<unknown> {
    return this.#edits.change(this.#store(store), key, value => {
      const copy = structuredClone(value);
      return change(copy) ?? copy;
    });
  }

  delete(store: string, key: IDBValidKey): Promise<void> {
    return this.#edits.delete(this.#store(store), key);
  }

  increment(store: string, key: IDBValidKey, field: string | readonly string[], by: number | bigint = 1): Promise<unknown> {
    return this.#edits.patch(this.#store(store), key, { inc: { [pointerOf(field)]: encodeValue(by) } });
  }

  addToSet(store: string, key: IDBValidKey, field: string | readonly string[], ...elements: unknown[]): Promise<unknown> {
    return this.#edits.patch(this.#store(store), key, { add: { [pointerOf(field)]: encoded(elements) } });
  }

  removeFromSet(store: string, key: IDBValidKey, field: string | readonly string[], ...elements: unknown[]): Promise<unknown> {
    return this.#edits.patch(this.#store(store), key, { remove: { [pointerOf(field)]: encoded(elements) } });
  }
}

const encoded = (elements: unknown[]): Json[] => elements.map(element => encodeValue(element));

const pointerOf = (field: string | readonly string[]): string => (typeof field === 'string' ? [field] : field).reduce(child, '');
