import type { EditProblem, SyncEvent } from '../events.js';
import type { ProblemRow } from '../storage/layout.js';

/** A kept problem as the app sees it. */
export function editProblem({ ours, theirs, rev: _, ...row }: ProblemRow): EditProblem {
  return { ...row, ours: ours?.value, theirs: theirs?.value };
}

/** The event that tells of it. */
export const problemEvent = (row: ProblemRow): SyncEvent => ({
  name: row.kind === 'unconfirmed' ? 'conflict' : row.kind,
  detail: editProblem(row),
});
