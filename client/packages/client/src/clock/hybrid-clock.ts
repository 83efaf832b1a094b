/** A reading of a hybrid clock without its client id: 12 lower-case hex digits of Unix milliseconds and 4 of a counter. */
export type ClockReading = string;

const COUNTER_END = 0x10000;

/**
 * The next reading: the wall clock where it has moved on, else the last one counted up. Never at or below the last, whatever the wall clock does.
 * @param last the reading before, or undefined for the first
 * @param nowMs Unix time in milliseconds, corrected by what the server told
 */
export function nextReading(last: ClockReading | undefined, nowMs: number): ClockReading {
  const lastMs = last === undefined ? -1 : Number.parseInt(last.slice(0, 12), 16);
  if (Math.floor(nowMs) > lastMs) return reading(Math.floor(nowMs), 0);
  const counter = Number.parseInt(last!.slice(12), 16) + 1;
  return counter < COUNTER_END ? reading(lastMs, counter) : reading(lastMs + 1, 0);
}

const reading = (ms: number, counter: number): ClockReading => ms.toString(16).padStart(12, '0') + counter.toString(16).padStart(4, '0');

/** The `at` of an edit: a reading and the client that made it. */
export const hybridTime = (reading: ClockReading, clientId: string): string => reading + clientId;

/** The reading that an `at` begins with. */
export const readingOf = (at: string): ClockReading => at.slice(0, 16);
