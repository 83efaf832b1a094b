import type { Verdict } from '../data/team.js';

/** The verdicts in words. */
export const VERDICTS: { readonly [Result in Verdict['result']]: string } = { pass: 'Passed', fail: 'Failed', revisit: 'Revisit' };
