import type { SyncContext, WriteTransaction } from '../storage/context.js';
import { applyEdit, pendingEdits, readRecord, rebaseRecord } from '../storage/held-records.js';
import { OUTBOX, type OutboxItem, type ProblemRow } from '../storage/layout.js';
import type { Told } from '../storage/on-dataset.js';
import { byRecord } from './by-record.js';
import { keepProblem } from './problems.js';

/**
 * Takes edits out of the outbox that will not be sent again, and keeps them as problems for somebody to decide. Their records show what the server is known to
 * have, with the edits on top that stay.
 */
export async function takeOut(
  context: SyncContext,
  tx: WriteTransaction,
  told: Told,
  items: readonly OutboxItem[],
  why: Pick<ProblemRow, 'kind' | 'reason' | 'detail'>,
): Promise<void> {
  for (const group of byRecord(items)) {
    const { store: name, key, dataset } = group[0]!;
    const store = context.stores.get(name);
    const { rev, view, seen, shadow } = (await readRecord(tx, name, key)) ?? { rev: 0 };
    let ours = view;
    for (const item of group) {
      ours = applyEdit(ours, item.edit);
      await keepProblem(context, tx, told, { ...why, dataset, store: name, key, ours, theirs: view, rev });
      await tx.objectStore(OUTBOX).delete(item.id);
    }
    if (!store) continue;
    const left = await pendingEdits(tx, name, key);
    // With nothing left to protect, what came in meanwhile is taken up.
    const server = left.length === 0 && shadow ? { rev: shadow.rev, view: shadow.held, seen } : { rev, view, seen, shadow };
    await rebaseRecord(tx, told, store, key, server, left);
  }
}
