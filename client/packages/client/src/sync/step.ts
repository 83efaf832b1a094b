import type { Problem } from '../transport/sync-transport.js';

/**
 * What became of one step of the loop.
 * `done`: nothing is left of it. `more`: go on at once. `waiting`: the server keeps the batch, ask again later. `failed`: try again after a while.
 */
export type Step = { kind: 'done' } | { kind: 'more' } | { kind: 'waiting'; retryAfterMs: number } | { kind: 'failed'; problem: Problem };

export const DONE: Step = { kind: 'done' };
export const MORE: Step = { kind: 'more' };
