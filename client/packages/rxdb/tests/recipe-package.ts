import { replicateMyriadSync } from '@myriadsync/rxdb';
import type { RxCollection } from 'rxdb/plugins/core';

/** Keeps a collection in step with the store of its name. */
export function startReplication<T>(collection: RxCollection<T>, url: string, dataset: string, getToken: () => Promise<string>) {
  const replication = replicateMyriadSync({ collection, url, dataset, token: getToken });
  replication.error$.subscribe(error => console.warn('Replication:', error.message));
  return replication;
}
