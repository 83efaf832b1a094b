import { type DatasetStatus, datasetStatus } from './status.js';
import type { SyncContext } from './storage/context.js';
import { loadState } from './storage/dataset-state.js';
import { type DatasetState, OUTBOX, type OutboxItem, PROBLEMS, type ProblemRow } from './storage/layout.js';
import type { LogLine, SyncEngine } from './sync/sync-engine.js';

/** Outbox items that are listed for each dataset. */
const LISTED = 100;

/** What `diagnose()` tells. Names, keys and numbers, and nothing of what records hold. */
export interface Diagnosis {
  name: string;
  version: number;
  schemaVersion: number;
  /** Unix time in milliseconds. */
  atMs: number;
  leader: boolean;
  datasets: (DatasetStatus & {
    /** Client id, cursor, epoch, batch in flight, load under way. */
    position: DatasetState;
    outbox: Pick<OutboxItem, 'id' | 'store' | 'key' | 'base' | 'reading' | 'schemaVersion' | 'group' | 'bytes'>[];
  })[];
  problems: Omit<ProblemRow, 'ours' | 'theirs'>[];
  log: LogLine[];
}

/** Gathers it. */
export async function diagnose(name: string, context: SyncContext, engine: SyncEngine): Promise<Diagnosis> {
  const datasets = await Promise.all(
    [...engine.states].map(async ([dataset, live]) => ({
      ...(await datasetStatus(context, dataset, live)),
      position: await loadState(context, dataset),
      outbox: ((await context.db.getAllFromIndex(OUTBOX, 'dataset', dataset, LISTED)) as OutboxItem[]).map(({ edit: _, ...item }) => item),
    })),
  );
  const problems = ((await context.db.getAll(PROBLEMS)) as ProblemRow[]).map(({ ours: _, theirs: __, ...row }) => row);
  return {
    name,
    version: context.db.version,
    schemaVersion: context.schemaVersion,
    atMs: context.now(),
    leader: engine.leads,
    datasets,
    problems,
    log: [...engine.log],
  };
}
