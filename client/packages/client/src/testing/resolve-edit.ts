import type { Outcome, PatchVerbs, WireChange } from '../transport/messages.js';
import { applyPatch } from '../values/apply-patch.js';
import { sameValue } from '../values/canonical.js';
import { decodeValue } from '../values/decode-value.js';
import { Refusal } from '../values/json.js';
import type { ServerRecord } from './server-log.js';

/** How a store of a {@link MemoryServer} treats concurrent edits: the later one wins, or their fields are put together. `reject` leaves all of them to the client. */
export type MemoryPolicy = 'last-write-wins' | 'field-merge' | 'reject';

/** What an edit makes of a record. */
export interface Resolution {
  outcome: Outcome;
  next: ServerRecord | undefined;
  reason?: string;
  pointer?: string;
}

/**
 * Resolves an edit as the server does: pure.
 * @param heldBefore whether the client holds the current record, as far as earlier edits of the batch tell
 */
export function resolveEdit(
  current: ServerRecord | undefined,
  change: WireChange,
  clientId: string,
  policy: MemoryPolicy,
  heldBefore?: boolean,
): Resolution {
  const base = change.base ?? 0;
  if (!current && base > 0) {
    return change.op === 'delete' ? { outcome: 'applied', next: current } : { outcome: 'superseded', next: current, reason: 'deleted' };
  }
  const held = heldBefore ?? (current ? base >= current.rev : base === 0);
  const concurrent = current !== undefined && current.by !== clientId && base < current.rev;
  const merges = change.op === 'patch' && (policy === 'field-merge' || commutes(change));
  if (concurrent && policy === 'reject') return { outcome: 'conflict', next: current, reason: 'concurrent-edit' };
  if (concurrent && !merges && change.at <= current.at) return { outcome: 'superseded', next: current, reason: 'concurrent-edit' };
  return apply(current, change, clientId, held);
}

/** Counters and sets of several people add up, whoever is later. */
const commutes = (change: PatchVerbs): boolean => change.set === undefined && change.unset === undefined;

function apply(current: ServerRecord | undefined, change: WireChange, clientId: string, held: boolean): Resolution {
  const at = current && current.at > change.at ? current.at : change.at;
  const record = (value?: unknown): ServerRecord => ({ rev: current?.rev ?? 0, at, by: clientId, deleted: false, value });
  if (change.op === 'delete') return { outcome: 'applied', next: current?.deleted ? current : { ...record(), deleted: true } };
  if (change.op === 'put') {
    const value = decodeValue(change.value);
    return { outcome: 'applied', next: current && !current.deleted && sameValue(value, current.value) ? current : record(value) };
  }
  if ((!current || current.deleted) && change.base) return { outcome: 'superseded', next: current, reason: 'deleted' };
  try {
    const before = current && !current.deleted ? current.value : {};
    const value = applyPatch(before, change);
    return { outcome: held ? 'applied' : 'merged', next: current && sameValue(value, current.value) ? current : record(value) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { outcome: 'rejected', next: current, reason: error.reason, pointer: error.pointer };
  }
}
