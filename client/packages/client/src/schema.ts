/**
 * What an app keeps: for each store, its key, its records, and the keys of its indexes. Written by hand, or the `Stores` that are generated from the server's store
 * files, with the indexes that the app wants: `Stores & { todos: { indexes: { byTitle: string } } }`.
 */
export interface SyncSchema {
  [store: string]: { key: IDBValidKey; value: unknown; indexes?: { [index: string]: IDBValidKey } };
}

/** The names of a schema's stores. */
export type StoreName<S extends SyncSchema> = keyof S & string;

/** A store's record. */
export type StoreValue<S extends SyncSchema, N extends StoreName<S>> = S[N]['value'];

/** A store's key. */
export type StoreKey<S extends SyncSchema, N extends StoreName<S>> = S[N]['key'];

/** The names of a store's indexes. */
export type IndexName<S extends SyncSchema, N extends StoreName<S>> = keyof NonNullable<S[N]['indexes']> & string;

/** The names of the fields of a record whose values are of a type. */
export type FieldOf<V, T> = { [Field in keyof V]-?: NonNullable<V[Field]> extends T ? Field : never }[keyof V] & string;

/** An element of an array or a set. */
export type ElementOf<V> = NonNullable<V> extends readonly (infer E)[] | ReadonlySet<infer E> ? E : never;

/** An index, as IndexedDB has them. There are no unique ones: two devices that are offline cannot keep a promise together. */
export interface IndexOptions {
  keyPath: string | string[];
  /** True: an array is indexed by its elements. */
  multiEntry?: boolean;
}

/** A store to be synced. */
export interface StoreOptions<Index extends string = string> {
  /** Where the key lies in the record. Left out: the key is given beside the record. */
  keyPath?: string | readonly string[];
  /** Indexes by name; a text stands for its key path. */
  indexes?: { [Name in Index]: string | string[] | IndexOptions };
  /** The dataset it belongs to; the database's `dataset` if not given. */
  dataset?: string;
  /** Its name on the server, where that is another one. Two stores of different datasets may have the same. */
  remote?: string;
  /** Fields that add up or join on the server whoever edits them. For the app to know: here it is the verb of an edit that counts. */
  kinds?: { readonly [pointer: string]: 'counter' | 'set' };
}
