import type { SyncState } from './events.js';
import type { SyncContext } from './storage/context.js';
import { loadState } from './storage/dataset-state.js';
import { OUTBOX, type OutboxItem } from './storage/layout.js';
import type { Problem } from './transport/sync-transport.js';

/** How one dataset stands. */
export interface DatasetStatus {
  dataset: string;
  state: SyncState;
  /** Why it is in error or offline. */
  problem?: Problem;
  /** Edits that the server has not settled. */
  pending: number;
  /** When the oldest of them was made, Unix time in milliseconds. */
  oldestPendingMs?: number;
  /** When everything of the server was here last, Unix time in milliseconds. */
  lastSyncMs?: number;
  /** True: the server has taken a batch and waits for its cluster. */
  waiting: boolean;
}

/** How a database stands. */
export interface SyncStatus {
  /** That of the dataset that is worst off. */
  state: SyncState;
  /** Edits that the server has not settled, in all datasets. */
  pending: number;
  oldestPendingMs?: number;
  /** When the dataset that is furthest behind was complete. */
  lastSyncMs?: number;
  datasets: DatasetStatus[];
  /** True in the tab that syncs. */
  leader: boolean;
  /** Bytes that the origin uses and may use, where the browser tells. */
  storage?: { usage?: number; quota?: number; persisted?: boolean };
}

const WORST_FIRST: SyncState[] = ['error', 'offline', 'paused', 'connecting', 'syncing', 'idle'];

/** Reads how one dataset stands. */
export async function datasetStatus(
  context: SyncContext,
  dataset: string,
  live: { state: SyncState; problem?: Problem },
): Promise<DatasetStatus> {
  const state = await loadState(context, dataset);
  const index = context.db.transaction([OUTBOX]).objectStore(OUTBOX).index('dataset');
  const [pending, oldest] = await Promise.all([index.count(dataset), index.get(dataset) as Promise<OutboxItem | undefined>]);
  return {
    dataset,
    ...live,
    pending,
    waiting: state.batch?.accepted ?? false,
    ...(oldest && { oldestPendingMs: Number.parseInt(oldest.reading.slice(0, 12), 16) }),
    ...(state.lastSyncMs !== undefined && { lastSyncMs: state.lastSyncMs }),
  };
}

/** Adds up the datasets. */
export function overallStatus(datasets: DatasetStatus[], leader: boolean, storage: SyncStatus['storage']): SyncStatus {
  const oldest = datasets.flatMap(one => one.oldestPendingMs ?? []);
  return {
    state: WORST_FIRST.find(state => datasets.some(one => one.state === state)) ?? 'idle',
    pending: datasets.reduce((sum, one) => sum + one.pending, 0),
    datasets,
    leader,
    ...(oldest.length > 0 && { oldestPendingMs: Math.min(...oldest) }),
    ...(datasets.every(one => one.lastSyncMs !== undefined) && { lastSyncMs: Math.min(...datasets.map(one => one.lastSyncMs!)) }),
    ...(storage && { storage }),
  };
}
