import type { RxCollection, WithDeleted } from 'rxdb/plugins/core';
import { readLocal } from './local-documents.js';

/**
 * A load of everything, because the log no longer reaches back to where the collection was. What the collection had before and the load did not show is
 * gone. RxDB leaves documents alone that have edits of their own; their pushes tell what became of them.
 */
export class Reload<RxDocType> {
  /** Stands in the checkpoints of this load: one that was interrupted by a restart begins again, because what it had seen is not known any more. */
  readonly name = crypto.randomUUID();
  readonly #collection: RxCollection<RxDocType>;
  readonly #unseen: Set<string>;

  private constructor(collection: RxCollection<RxDocType>, unseen: Set<string>) {
    this.#collection = collection;
    this.#unseen = unseen;
  }

  static async begin<RxDocType>(collection: RxCollection<RxDocType>): Promise<Reload<RxDocType>> {
    const documents = await collection.find().exec();
    return new Reload(collection, new Set(documents.map(document => document.primary)));
  }

  /** Notes what a page shows. */
  see(documents: readonly WithDeleted<RxDocType>[]): void {
    const primary = this.#collection.schema.primaryPath as string;
    for (const document of documents) this.#unseen.delete(String(document[primary as keyof typeof document]));
  }

  /** What is gone, as deleted documents. Once the load is through. */
  async gone(): Promise<WithDeleted<RxDocType>[]> {
    const local = await readLocal(this.#collection, [...this.#unseen]);
    return [...local.values()].map(data => ({ ...data, _deleted: true }) as WithDeleted<RxDocType>);
  }
}
