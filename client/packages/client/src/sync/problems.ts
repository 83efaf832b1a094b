import type { EditProblem } from '../events.js';
import type { SyncContext, WriteTransaction } from '../storage/context.js';
import { PROBLEMS, type ProblemRow } from '../storage/layout.js';
import type { Told } from '../storage/on-dataset.js';

/** A kept problem as the app sees it. */
export function editProblem({ ours, theirs, rev: _, ...row }: ProblemRow): EditProblem {
  return { ...row, ours: ours?.value, theirs: theirs?.value };
}

/** Keeps an edit that was not taken until somebody decides, and tells of it. */
export async function keepProblem(
  context: SyncContext,
  tx: WriteTransaction,
  told: Told,
  problem: Omit<ProblemRow, 'id' | 'sinceMs'>,
): Promise<void> {
  // The server makes one conflict of all changes of a batch to a record: the last of them is what the user meant.
  const row = { ...problem, id: problem.conflictId ?? context.newId(), sinceMs: context.now() };
  await tx.objectStore(PROBLEMS).put(row);
  told.events.push({ name: row.kind === 'unconfirmed' ? 'conflict' : row.kind, detail: editProblem(row) });
}
