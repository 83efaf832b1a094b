import type { SyncContext, WriteTransaction } from '../storage/context.js';
import type { BatchInFlight, DatasetState, OutboxItem } from '../storage/layout.js';
import { onDataset, type Told } from '../storage/on-dataset.js';
import { itemsOf } from './cut-batch.js';

/**
 * Ends the batch in flight, in one transaction with what becomes of its edits, and only if it is still the one: taking the same answer twice, or in two tabs, does
 * it once.
 */
export function endBatch(
  context: SyncContext,
  dataset: string,
  id: string,
  work: (tx: WriteTransaction, state: DatasetState, told: Told, items: OutboxItem[], batch: BatchInFlight) => Promise<unknown>,
): Promise<void> {
  return onDataset(context, dataset, async (tx, state, told) => {
    const { batch } = state;
    if (batch?.id !== id) return;
    const items = await itemsOf(tx, dataset, batch.count);
    delete state.batch;
    state.settled = true;
    delete state.maxChanges;
    await work(tx, state, told, items, batch);
  });
}
