import type { RxReplicationPullStreamItem } from 'rxdb/plugins/core';
import { newRxError } from 'rxdb/plugins/core';
import { replicateRxCollection, type RxReplicationState } from 'rxdb/plugins/replication';
import { Subject } from 'rxjs';
import { HttpError } from './http-error.js';
import type { MyriadSyncReplicationOptions } from './options.js';
import { DocumentPull } from './pull-documents.js';
import { pushRows } from './push-rows.js';
import { Service } from './service.js';
import { watchChanges } from './watch-changes.js';
import type { MyriadSyncCheckpoint } from './wire.js';

const RETRY_MS = 5_000;

/**
 * Keeps a collection in step with a store of MyriadSync, both ways. What comes back is RxDB's own replication state: errors are on `error$` and are tried
 * again; missing rights (403) and an app that is too old (426) end the replication.
 */
export function replicateMyriadSync<RxDocType>(
  options: MyriadSyncReplicationOptions<RxDocType>,
): RxReplicationState<RxDocType, MyriadSyncCheckpoint> {
  const { collection, live = true, retryTime = RETRY_MS } = options;
  const store = options.store ?? collection.name;
  const dataset = `${options.url.replace(/\/+$/, '')}/api/v1/datasets/${encodeURIComponent(options.dataset)}`;
  const fetcher = options.fetch ?? globalThis.fetch.bind(globalThis);
  const service = new Service(`${dataset}/rxdb/${encodeURIComponent(store)}/${options.schemaVersion ?? 1}`, options.token, fetcher);
  const pull = new DocumentPull(collection, service);
  const stream$ = new Subject<RxReplicationPullStreamItem<RxDocType, MyriadSyncCheckpoint>>();

  const state = replicateRxCollection<RxDocType, MyriadSyncCheckpoint>({
    collection,
    replicationIdentifier: options.replicationIdentifier ?? `myriadsync ${dataset} ${store}`,
    live: live !== false,
    retryTime,
    waitForLeadership: options.waitForLeadership ?? true,
    autoStart: options.autoStart ?? true,
    pull: {
      ...options.pull,
      handler: (checkpoint, batchSize) => guarded(() => pull.pull(checkpoint, batchSize)),
      stream$: stream$.asObservable(),
    },
    push: {
      ...options.push,
      handler: rows =>
        guarded(async () =>
          pushRows(collection, service, `${await collection.database.storageToken} ${collection.name}`, rows, options.editedAt),
        ),
    },
  });
  if (live !== false) watchWhileRunning();
  return state;

  async function guarded<T>(request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      if (error instanceof HttpError && error.isFinal) void state.cancel();
      throw error;
    }
  }

  /** The stream is opened by the tab that replicates, once it does. */
  function watchWhileRunning(): void {
    const ends = new AbortController();
    const start = state.start.bind(state);
    let isWatched = false;
    state.start = () => {
      if (!isWatched && !state.isStopped()) {
        isWatched = true;
        void watchChanges(
          {
            collection,
            service,
            changes: new Service(dataset, options.token, fetcher),
            store,
            cursor: () => pull.cursor,
            emit: item => stream$.next(item),
            fail: error => {
              state.subjects.error.next(newRxError('RC_STREAM', { error: error as Error }));
              if (error instanceof HttpError && error.isFinal) void state.cancel();
            },
            signal: ends.signal,
            retryTime,
          },
          live === 'poll',
        );
      }
      return start();
    };
    state.onCancel.push(() => ends.abort());
  }
}
