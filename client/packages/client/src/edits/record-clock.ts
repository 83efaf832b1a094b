import { type ClockReading, nextReading } from '../clock/hybrid-clock.js';
import type { WriteTransaction } from '../storage/context.js';
import { DATASETS } from '../storage/layout.js';

/** The dataset's next clock reading, kept in the same transaction: no two edits of any tab have the same, and none is below an earlier one. */
export async function hybridClockOf(tx: WriteTransaction, dataset: string, nowMs: number): Promise<ClockReading> {
  const clocks = tx.objectStore(DATASETS);
  const reading = nextReading((await clocks.get([dataset, 'clock'])) as ClockReading | undefined, nowMs);
  await clocks.put(reading, [dataset, 'clock']);
  return reading;
}
