import type { RxCollection } from 'rxdb/plugins/core';
import { replicateRxCollection } from 'rxdb/plugins/replication';

/** The same with RxDB alone: its handlers as its documentation has them. */
export function startPlainReplication<T>(collection: RxCollection<T>, url: string, dataset: string, getToken: () => Promise<string>) {
  const base = `${url}/api/v1/datasets/${dataset}/rxdb/${collection.name}/1`;
  const headers = async () => ({ Authorization: `Bearer ${await getToken()}`, 'Content-Type': 'application/json' });
  return replicateRxCollection<T, { id: string; updatedAt: number }>({
    collection,
    replicationIdentifier: base,
    live: true,
    pull: {
      async handler(checkpoint, batchSize) {
        const query = `updatedAt=${checkpoint?.updatedAt ?? 0}&id=${checkpoint?.id ?? ''}&limit=${batchSize}`;
        const response = await fetch(`${base}/pull?${query}`, { headers: await headers() });
        const data = await response.json();
        return { documents: data.documents, checkpoint: data.checkpoint };
      },
    },
    push: {
      async handler(rows) {
        const response = await fetch(`${base}/push`, { method: 'POST', headers: await headers(), body: JSON.stringify(rows) });
        return await response.json();
      },
    },
  });
}
