import { hybridTime } from '../clock/hybrid-clock.js';
import { encodeKey } from '../keys/encode-key.js';
import type { SyncContext, WriteTransaction } from '../storage/context.js';
import { inSlices, write } from '../storage/write.js';
import { limitsOf, readState } from '../storage/dataset-state.js';
import { type BatchInFlight, DATASETS, type DatasetState, OUTBOX, type OutboxItem, RECORDS } from '../storage/layout.js';
import { applyEdit, pendingEdits, readRecord } from '../storage/held-records.js';
import { encodeValue } from '../values/encode-value.js';
import type { WireBatch } from '../transport/messages.js';

/** Bytes of a batch beside its changes, at their longest. */
const ENVELOPE_BYTES = 600;

/** A batch that is kept, and can be sent as often as it takes. */
export interface CutBatch {
  flight: BatchInFlight;
  items: OutboxItem[];
  wire: WireBatch;
}

/**
 * The batch in flight, or a new one cut from the head of the outbox; null when there is nothing to send. A batch is kept before it is sent, with its id and
 * seqs, so that after a crash or a lost answer the very same is sent again. Seqs are given here and not when an edit is made: what is refused before it was
 * stored leaves no hole. That it is about to be sent is counted in the same transaction.
 */
export function cutBatch(context: SyncContext, dataset: string): Promise<CutBatch | null> {
  return write(context.db, [OUTBOX, RECORDS, DATASETS], async tx => {
    const state = await readState(tx, dataset);
    // Edits made on another history wait until what is there now has been loaded, and build on that.
    if (state.load?.reset) return null;
    const items = state.batch ? await itemsOf(tx, dataset, state.batch.count) : await cut(context, tx, state, dataset);
    if (items.length === 0) return null;

    const flight = state.batch!;
    if (!flight.accepted) flight.sends += 1;
    await tx.objectStore(DATASETS).put(state, dataset);
    return { flight, items, wire: wireBatch(context, state, flight, items) };
  });
}

/** The first edits of a dataset: those of the batch in flight, in the order of their seqs, before all others. */
export const itemsOf = (tx: WriteTransaction, dataset: string, count: number): Promise<OutboxItem[]> =>
  tx.objectStore(OUTBOX).index('dataset').getAll(dataset, count) as Promise<OutboxItem[]>;

async function cut(context: SyncContext, tx: WriteTransaction, state: DatasetState, dataset: string): Promise<OutboxItem[]> {
  const limits = limitsOf(state);
  const most = Math.min(limits.batchChanges, state.maxChanges ?? limits.batchChanges);
  // One more than fits: whether a transaction ends here can only be seen by what comes after.
  const head = await itemsOf(tx, dataset, limits.batchChanges + 1);
  const items = takeBatch(head, most, limits.batchBytes - ENVELOPE_BYTES);
  const first = items[0];
  if (!first) return [];

  await inSlices(items, item => makeWhole(tx, item));
  state.batch = {
    id: context.newId(),
    firstSeq: state.acked + 1,
    count: items.length,
    atomic: joined(items, 0),
    schemaVersion: first.schemaVersion,
    sends: 0,
    accepted: false,
  };
  return items;
}

/**
 * Makes a patch of a record that the server has never told us of a put of all of it. The edit that created the record may lose against somebody's deletion, and
 * a patch that came after it would then make a record of nothing but itself.
 */
async function makeWhole(tx: WriteTransaction, item: OutboxItem): Promise<void> {
  if (item.base > 0 || item.edit.op !== 'patch') return;
  const record = await readRecord(tx, item.store, item.key);
  const upToIt = (await pendingEdits(tx, item.store, item.key)).filter(other => other.id <= item.id);
  const held = upToIt.reduce((held, other) => applyEdit(held, other.edit), record?.view);
  if (held) item.edit = { op: 'put', value: encodeValue(held.value) };
  // The edit that created it was refused: any base makes this an edit against a deletion, and never a create.
  else item.base = 1;
  await tx.objectStore(OUTBOX).put(item);
}

/**
 * The edits that go into one batch: those of one transaction and no others, or single ones up to the limits, all in one version of the app's data. Never
 * fewer than one, however large it is.
 */
export function takeBatch(head: readonly OutboxItem[], mostChanges: number, mostBytes: number): OutboxItem[] {
  const first = head[0];
  if (!first) return [];
  if (joined(head, 0)) return head.filter(item => item.group === first.group);

  const taken: OutboxItem[] = [];
  let bytes = 0;
  for (const [i, item] of head.entries()) {
    bytes += item.bytes;
    const fits = taken.length < mostChanges && bytes <= mostBytes;
    if (i > 0 && (!fits || joined(head, i) || item.schemaVersion !== first.schemaVersion)) break;
    taken.push(item);
  }
  return taken;
}

/** True for the first of several edits of one transaction; one that made a single edit needs no batch of its own. */
const joined = (items: readonly OutboxItem[], i: number): boolean =>
  items[i]!.group !== undefined && items[i]!.group === items[i + 1]?.group;

function wireBatch(context: SyncContext, state: DatasetState, flight: BatchInFlight, items: OutboxItem[]): WireBatch {
  return {
    schemaVersion: flight.schemaVersion,
    clientId: state.clientId,
    batchId: flight.id,
    epoch: state.epoch,
    atomic: flight.atomic,
    changes: items.map((item, i) => ({
      seq: flight.firstSeq + i,
      store: context.stores.get(item.store)?.remote ?? item.store,
      key: encodeKey(item.key),
      ...item.edit,
      base: item.base || undefined,
      at: hybridTime(item.reading, state.clientId),
    })),
  };
}
