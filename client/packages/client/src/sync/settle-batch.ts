import type { SyncContext, WriteTransaction } from '../storage/context.js';
import { applyEdit, heldFrom, pendingEdits, readRecord, rebaseRecord } from '../storage/held-records.js';
import { type DatasetState, type Held, OUTBOX, type OutboxItem } from '../storage/layout.js';
import type { Told } from '../storage/on-dataset.js';
import { inSlices } from '../storage/write.js';
import type { BatchAnswer, ChangeResult, Outcome } from '../transport/messages.js';
import { byRecord } from './by-record.js';
import { endBatch } from './end-batch.js';
import { keepProblem } from './problems.js';

/** True for the outcome of an edit that is in the record. */
const isTaken = (outcome: Outcome | undefined): outcome is 'applied' | 'merged' => outcome === 'applied' || outcome === 'merged';

/**
 * Takes the outcomes of a batch: what it held leaves the outbox, each of its records becomes what the server has, with the edits on top that were made since.
 */
export function settleBatch(context: SyncContext, dataset: string, answer: BatchAnswer): Promise<void> {
  return endBatch(context, dataset, answer.batchId, async (tx, state, told, items, batch) => {
    const results = new Map(answer.results.map(result => [items[result.seq - batch.firstSeq]?.id, result]));
    await inSlices(byRecord(items), group => settleRecord(context, tx, state, told, results, group));
    await remove(tx, items);
    state.acked = batch.firstSeq + batch.count - 1;
    state.epoch ??= answer.epoch;
  });
}

/** Takes the edits of a batch out of the outbox: at once, where those of no other dataset lie between them. */
async function remove(tx: WriteTransaction, items: readonly OutboxItem[]): Promise<void> {
  const outbox = tx.objectStore(OUTBOX);
  const first = items[0]!.id;
  const last = items.at(-1)!.id;
  if (last - first < items.length) await outbox.delete(IDBKeyRange.bound(first, last));
  else await inSlices(items, item => outbox.delete(item.id));
}

/** Takes the outcomes of one record's edits. */
async function settleRecord(
  context: SyncContext,
  tx: WriteTransaction,
  state: DatasetState,
  told: Told,
  results: ReadonlyMap<number | undefined, ChangeResult>,
  items: OutboxItem[],
): Promise<void> {
  const { store: name, key } = items[0]!;
  const store = context.stores.get(name);
  // A store that the app no longer has: its edits are settled, and there is nothing to show.
  if (!store) return;
  const known = (await readRecord(tx, name, key)) ?? { rev: 0 };
  let { rev, view } = known as { rev: number; view?: Held };
  let ours = view;
  let taken = false;
  let inEffect = true;
  for (const item of items) {
    const result = results.get(item.id);
    const before = ours;
    ours = applyEdit(ours, item.edit);
    const after = view === before ? ours : applyEdit(view, item.edit);
    const next = result ? serverSide(context, result, item, view, after) : { rev, held: ours, told: false };
    // A record in effect, be it told here or loaded meanwhile, is as it stands: what outcomes speak of is in it already, unless they know of something newer.
    if (next.rev > rev || (next.rev === rev && !inEffect)) ({ rev, held: view, told: inEffect } = next);
    taken ||= isTaken(result?.outcome);
    if (result) await tell(context, tx, told, item, result, ours, view, rev);
  }
  const left = known.pending === items.length ? [] : (await pendingEdits(tx, name, key)).slice(items.length);
  await rebaseLater(tx, left, rev, taken);
  // Somebody's later edit came in while ours was pending, and waited for this. What was edited meanwhile did not know of it.
  if (known.shadow && known.shadow.rev > rev) ({ rev, held: view } = known.shadow);

  // An outcome that was long under way says nothing of what a load finds gone.
  const { load, generation } = state;
  const seen = load && rev > load.head! ? generation : known.seen;
  await rebaseRecord(tx, told, store, key, { rev, view, seen }, left, view === ours);
}

/**
 * Later edits know what became of the one that they were made on. After a lost one they keep their base: they did not know what won. Without a base a patch would
 * make a record of nothing but itself where the one that it belongs to was deleted, so that one names what is there.
 */
async function rebaseLater(tx: WriteTransaction, left: OutboxItem[], rev: number, taken: boolean): Promise<void> {
  for (const item of left) {
    if (!taken && (item.base > 0 || item.edit.op !== 'patch')) continue;
    item.base = rev;
    await tx.objectStore(OUTBOX).put(item);
  }
}

function serverSide(
  context: SyncContext,
  result: ChangeResult,
  item: OutboxItem,
  view: Held | undefined,
  after: Held | undefined,
): { rev: number; held: Held | undefined; told: boolean } {
  // What a batch of an older version answers is in that version's shape; the load that follows an upgrade shows the record.
  const readable = item.schemaVersion === context.schemaVersion;
  if (readable && (result.value !== undefined || result.deleted)) return { rev: result.rev, held: heldFrom(result), told: true };
  const took = isTaken(result.original ?? result.outcome);
  return { rev: result.rev, held: took ? after : view, told: false };
}

async function tell(
  context: SyncContext,
  tx: WriteTransaction,
  told: Told,
  item: OutboxItem,
  result: ChangeResult,
  ours: Held | undefined,
  theirs: Held | undefined,
  rev: number,
): Promise<void> {
  const kind = result.original ?? result.outcome;
  if (isTaken(kind)) return;
  const { dataset, store, key } = item;
  if (kind === 'superseded') {
    told.events.push({ name: kind, detail: { dataset, store, key, ours: ours?.value, theirs: theirs?.value } });
    return;
  }
  const { reason, pointer, detail, conflictId, poisonId } = result;
  const why = { reason, pointer, detail, conflictId, poisonId, dataset, store, key, ours, theirs, rev };
  // Of a duplicate the server no longer knows what became, nor whether it was this edit that it saw, or that of a copy of this client.
  await keepProblem(context, tx, told, { kind: kind === 'duplicate' ? 'unconfirmed' : kind, ...why });
}
