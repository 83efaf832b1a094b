import type { StoreConfig, SyncContext, WriteTransaction } from '../storage/context.js';
import { applyEdit, heldFrom, pendingEdits, readRecord, rebaseRecord } from '../storage/held-records.js';
import { type DatasetState, type Held, OUTBOX, type OutboxItem } from '../storage/layout.js';
import type { Told } from '../storage/on-dataset.js';
import { inSlices } from '../storage/write.js';
import type { BatchAnswer, ChangeResult, Outcome } from '../transport/messages.js';
import { byRecord } from './by-record.js';
import { endBatch } from './end-batch.js';
import { keepProblem } from './problems.js';

/** Outcomes of edits that are in the record. */
const TAKEN = new Set<Outcome | undefined>(['applied', 'merged']);

/**
 * Takes the outcomes of a batch: what it held leaves the outbox, each of its records becomes what the server has, with the edits on top that were made since.
 */
export function settleBatch(context: SyncContext, dataset: string, answer: BatchAnswer): Promise<void> {
  return endBatch(context, dataset, answer.batchId, async (tx, state, told, items, batch) => {
    const settling = new Settling(context, tx, state, told, answer);
    await inSlices(byRecord(items), group => settling.record(context.stores.get(group[0]!.store), group));
    await inSlices(items, item => tx.objectStore(OUTBOX).delete(item.id));
    state.acked = batch.firstSeq + batch.count - 1;
    state.epoch ??= answer.epoch;
  });
}

class Settling {
  readonly #context: SyncContext;
  readonly #tx: WriteTransaction;
  readonly #state: DatasetState;
  readonly #told: Told;
  readonly #results: ReadonlyMap<number, ChangeResult>;

  constructor(context: SyncContext, tx: WriteTransaction, state: DatasetState, told: Told, answer: BatchAnswer) {
    this.#context = context;
    this.#tx = tx;
    this.#state = state;
    this.#told = told;
    this.#results = new Map(answer.results.map(result => [result.seq, result]));
  }

  /** Takes the outcomes of one record's edits. */
  async record(store: StoreConfig | undefined, items: OutboxItem[]): Promise<void> {
    // A store that the app no longer has: its edits are settled, and there is nothing to show.
    if (!store) return;
    const { key } = items[0]!;
    const known = (await readRecord(this.#tx, store.name, key)) ?? { rev: 0 };
    let { rev, view } = known as { rev: number; view?: Held };
    let ours = view;
    let taken = false;
    let told = false;
    for (const item of items) {
      const result = this.#results.get(item.seq!);
      ours = applyEdit(ours, item.edit);
      const next = result ? this.#serverSide(result, item, view) : { rev, held: ours, told: false };
      // A record in effect is told as it stands now: what the outcomes that follow speak of is in it already, unless they know of something newer.
      if (next.rev > rev || (next.rev === rev && !told)) ({ rev, held: view } = next);
      told ||= next.told;
      taken ||= TAKEN.has(result?.outcome);
      if (result) await this.#tell(store, item, result, ours, view, rev);
    }
    const left = (await pendingEdits(this.#tx, store.name, key)).filter(item => item.batchId !== items[0]!.batchId);
    await this.#rebase(left, rev, taken);
    // Somebody's later edit came in while ours was pending, and waited for this. What was edited meanwhile did not know of it.
    if (known.shadow && known.shadow.rev > rev) ({ rev, held: view } = known.shadow);

    // An outcome that was long under way says nothing of what a load finds gone.
    const { load, generation } = this.#state;
    const seen = load && rev > load.head! ? generation : known.seen;
    await rebaseRecord(this.#tx, this.#told, store, key, { rev, view, seen }, left);
  }

  /**
   * Later edits know what became of the one that they were made on. After a lost one they keep their base: they did not know what won. Without a base a patch would
   * make a record of nothing but itself where the one that it belongs to was deleted, so that one names what is there.
   */
  async #rebase(left: OutboxItem[], rev: number, taken: boolean): Promise<void> {
    for (const item of left) {
      if (!taken && (item.base > 0 || item.edit.op !== 'patch')) continue;
      item.base = rev;
      await this.#tx.objectStore(OUTBOX).put(item);
    }
  }

  #serverSide(result: ChangeResult, item: OutboxItem, view: Held | undefined): { rev: number; held: Held | undefined; told: boolean } {
    // What a batch of an older version answers is in that version's shape; the load that follows an upgrade shows the record.
    const readable = item.schemaVersion === this.#context.schemaVersion;
    if (readable && (result.value !== undefined || result.deleted)) return { rev: result.rev, held: heldFrom(result), told: true };
    const took = TAKEN.has(result.original ?? result.outcome);
    return { rev: result.rev, held: took ? applyEdit(view, item.edit) : view, told: false };
  }

  async #tell(
    store: StoreConfig,
    item: OutboxItem,
    result: ChangeResult,
    ours: Held | undefined,
    theirs: Held | undefined,
    rev: number,
  ): Promise<void> {
    const kind = result.original ?? result.outcome;
    if (kind === 'applied' || kind === 'merged') return;
    const place = { dataset: item.dataset, store: store.name, key: item.key };
    if (kind === 'superseded') {
      this.#told.events.push({ name: kind, detail: { ...place, ours: ours?.value, theirs: theirs?.value } });
      return;
    }
    const { reason, pointer, detail, conflictId, poisonId } = result;
    const why = { reason, pointer, detail, conflictId, poisonId, ...place, ours, theirs, rev };
    // Of a duplicate the server no longer knows what became, nor whether it was this edit that it saw, or that of a copy of this client.
    await keepProblem(this.#context, this.#tx, this.#told, { kind: kind === 'duplicate' ? 'unconfirmed' : kind, ...why });
  }
}
