import type { RxCollection, RxReplicationWriteToMasterRow, WithDeleted } from 'rxdb/plugins/core';
import { completeTombstones } from './local-documents.js';
import type { Service } from './service.js';

/** Pushes rows and returns the documents in effect where they are others than ours. */
export async function pushRows<RxDocType>(
  collection: RxCollection<RxDocType>,
  service: Service,
  replication: string,
  rows: RxReplicationWriteToMasterRow<RxDocType>[],
  editedAt: ((document: RxDocType) => number | undefined) | undefined,
): Promise<WithDeleted<RxDocType>[]> {
  const query = new URLSearchParams({ primaryPath: collection.schema.primaryPath as string, replication });
  const body = JSON.stringify(rows.map(row => ({ ...row, editedAt: editedAt?.(row.newDocumentState as RxDocType) })));
  const response = await service.request(`/push?${query}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  return completeTombstones(collection, (await response.json()) as WithDeleted<RxDocType>[]);
}
