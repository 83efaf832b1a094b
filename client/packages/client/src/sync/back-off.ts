const FIRST_MS = 1000;
const MOST_MS = 60_000;

/**
 * How long to wait before trying again: anything up to a bound that doubles, so that clients that failed together do not come back together. Never sooner than
 * the server asked for, and then spread over as much again.
 * @param failures failures in a row, from 1
 * @param random from 0 (inclusive) to 1 (exclusive)
 */
export function backOffMs(failures: number, random: number, retryAfterMs = 0): number {
  const bound = Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 16));
  return Math.round(retryAfterMs + random * bound);
}
