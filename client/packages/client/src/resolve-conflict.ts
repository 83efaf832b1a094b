import { SyncError } from './errors.js';
import type { SyncContext } from './storage/context.js';
import { heldFrom } from './storage/held-records.js';
import { type Held, PROBLEMS, type ProblemRow } from './storage/layout.js';
import type { ChangeResult, ConflictResolution } from './transport/messages.js';
import { encodeValue } from './values/encode-value.js';

/** How somebody decides about an edit that was not taken: for the edit, for the record in effect, or for a record of their own. */
export type Decision = 'ours' | 'theirs' | { value: unknown };

/** What a decision makes of the record; null where the record in effect stays. */
export function decided(row: ProblemRow, decision: Decision): Held | 'delete' | null {
  if (decision === 'theirs') return null;
  return decision === 'ours' ? (row.ours ?? 'delete') : decision;
}

/**
 * Settles a conflict that the server keeps. The outcome comes back as any change does.
 * @throws SyncError `conflict-outdated` when the record has moved on (what is kept of the conflict then shows the present one), `conflict-settled` when somebody else
 * was faster, `offline` without an answer, `refused` otherwise
 */
export async function resolveOnServer(context: SyncContext, row: ProblemRow, decision: Decision): Promise<void> {
  const { rev } = row;
  const resolution: ConflictResolution =
    typeof decision === 'string' ? { take: decision, rev } : { take: 'value', value: encodeValue(decision.value), rev };
  const reply = await context.transport.resolveConflict(row.dataset, row.conflictId!, resolution, new AbortController().signal);
  if (reply.ok) return;

  const { code, status, detail, body } = reply.problem;
  if (code === 'conflict-outdated') {
    const now = (body?.current ?? {}) as Partial<ChangeResult>;
    const { theirs: _, ...rest } = row;
    const theirs = heldFrom(now);
    await context.db.put(PROBLEMS, { ...rest, rev: Number(body?.rev ?? rev), ...(theirs && { theirs }) });
    throw new SyncError('conflict-outdated', 'The record has changed since: look at it again, and decide.', { reason: code });
  }
  if (code.startsWith('conflict-') || status === 404 || status === 410) {
    await context.db.delete(PROBLEMS, row.id);
    context.emit({ name: 'resolved', detail: { id: row.id } });
    throw new SyncError('conflict-settled', 'The conflict has been settled already.', { reason: code });
  }
  throw new SyncError(status === 0 ? 'offline' : 'refused', detail, { reason: code });
}
