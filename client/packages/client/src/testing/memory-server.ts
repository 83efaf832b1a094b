import { decodeKey, encodeKey } from '../keys/encode-key.js';
import { rowKey } from '../keys/row-key.js';
import { DEFAULT_LIMITS } from '../storage/layout.js';
import type {
  BatchAnswer,
  ChangeResult,
  ChangesPage,
  DatasetInfo,
  DatasetLimits,
  SnapshotPage,
  WireBatch,
  WireChange,
  WireEntry,
} from '../transport/messages.js';
import type { ChangesRequest, Problem, Reply, SnapshotRequest } from '../transport/sync-transport.js';
import { canonicalJson } from '../values/canonical.js';
import { encodeValue } from '../values/encode-value.js';
import type { Json } from '../values/json.js';
import { type MemoryPolicy, resolveEdit } from './resolve-edit.js';
import { type KnownClient, ServerDataset, type ServerRecord } from './server-log.js';

/** How a {@link MemoryServer} is set up. */
export interface MemoryServerOptions {
  /** Policy of each store; `last-write-wins` for those not named. */
  policies?: { [store: string]: MemoryPolicy };
  /** Limits other than the usual. */
  limits?: Partial<DatasetLimits>;
  /** Its clock, Unix time in milliseconds. */
  now?: () => number;
  /** Judges each edit before it is taken: a reason rejects it. */
  reject?: (change: WireChange) => string | undefined;
}

const problem = (status: number, code: string, body: Problem['body'] = {}): { ok: false; problem: Problem } => ({
  ok: false,
  problem: { code, status, detail: code, body },
});

/** A server in memory with the semantics of the real one: seqs without holes, repeats that change nothing, cursors, tombstones, forks, epochs. */
export class MemoryServer {
  readonly limits: DatasetLimits;
  readonly #options: MemoryServerOptions;
  readonly #datasets = new Map<string, ServerDataset>();
  #epochs = 0;

  constructor(options: MemoryServerOptions = {}) {
    this.#options = options;
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
  }

  /** A dataset, for looking into it. */
  dataset(name: string): ServerDataset {
    const dataset = this.#datasets.get(name) ?? new ServerDataset(this.#newEpoch());
    this.#datasets.set(name, dataset);
    return dataset;
  }

  /** The records of a store, by the text of their keys' JSON. */
  records(dataset: string, store: string): { [key: string]: unknown } {
    const all = [...this.dataset(dataset).records.values()].filter(one => one.store === store && !one.record.deleted);
    return Object.fromEntries(all.map(({ key, record }) => [JSON.stringify(key), record.value]));
  }

  /** Writes a record as a job on the cluster does; without a value it deletes it. */
  write(dataset: string, store: string, key: IDBValidKey, value?: unknown): void {
    const log = this.dataset(dataset);
    const at = this.#now().toString(16).padStart(12, '0');
    this.#commit(log, store, key, { rev: 0, at: `${at}0000myriad`, by: 'myriad', deleted: value === undefined, value });
    log.wake();
  }

  /** Drops the log up to now: older cursors are gone. */
  dropLog(dataset: string): void {
    const log = this.dataset(dataset);
    log.oldestSeq = log.seq;
  }

  /** Forgets what became of all changes up to now, as retention does; that there were such it knows for ever. */
  forgetOutcomes(dataset: string): void {
    for (const { seen } of this.dataset(dataset).clients.values()) seen.clear();
  }

  /** Begins another history, as a restore does; it forgets the clients if told to. */
  newHistory(dataset: string, forgetClients = false): void {
    const log = this.dataset(dataset);
    log.epoch = this.#newEpoch();
    log.oldestSeq = log.seq;
    if (forgetClients) {
      log.clients.clear();
      log.batches.clear();
    }
    log.wake();
  }

  /** Answers as `GET /datasets/{dataset}`. */
  describe(name: string): Reply<DatasetInfo> {
    const { epoch, seq, oldestSeq } = this.dataset(name);
    const schemaVersion = { current: 1, oldest: 1 };
    return {
      ok: true,
      value: { dataset: name, epoch, head: seq, applied: seq, oldestSeq, schemaVersion, limits: this.limits, serverTime: this.#now() },
    };
  }

  /** Answers as `POST …/batches`: takes the batch, and settles it at once. */
  push(name: string, batch: WireBatch): Reply<BatchAnswer> {
    const log = this.dataset(name);
    if (batch.changes.length > this.limits.batchChanges || JSON.stringify(batch).length > this.limits.batchBytes)
      return problem(413, 'too-large');
    if (batch.epoch != null && batch.epoch !== log.epoch) return problem(409, 'epoch-changed');
    const client: KnownClient = log.clients.get(batch.clientId) ?? { last: 0, seen: new Map() };
    const refused = this.#admit(client, batch);
    if (refused) return refused;

    const id = `${batch.clientId}/${batch.batchId}`;
    const digest = batch.changes.map(digestOf).join();
    if ((log.batches.get(id) ?? digest) !== digest) return problem(422, 'batch-id-reused');
    log.batches.set(id, digest);
    log.clients.set(batch.clientId, client);
    this.#resolve(log, client, batch);
    log.wake();
    return { ok: true, value: this.#answer(log, client, batch) };
  }

  /** Answers as `GET …/changes` without waiting. */
  pull(name: string, request: ChangesRequest): Reply<ChangesPage> {
    const log = this.dataset(name);
    const [epoch, position] = request.since === undefined ? [log.epoch, '0'] : (request.since.split(':') as [string, string]);
    const since = Number(position);
    const gone = epoch !== log.epoch ? 'epoch' : since > log.seq ? 'ahead' : since < log.oldestSeq ? 'retention' : undefined;
    if (gone) return problem(410, 'cursor-gone', { reason: gone });
    const all = log.entries.filter(entry => entry.rev > since && request.stores.includes(entry.store));
    const changes = all.slice(0, request.limit);
    const more = all.length > changes.length;
    const end = more ? changes.at(-1)!.rev : log.seq;
    return { ok: true, value: { changes, cursor: `${log.epoch}:${end}`, epoch: log.epoch, more, serverTime: this.#now() } };
  }

  /** Answers as `GET …/snapshot`. */
  snapshot(name: string, request: SnapshotRequest): Reply<SnapshotPage> {
    const log = this.dataset(name);
    const [head, after] = request.page === undefined ? [log.seq, ''] : (JSON.parse(request.page) as [number, string]);
    const rows = [...log.records]
      .filter(([id, { store, record }]) => id > after && !record.deleted && request.stores.includes(store))
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const records = rows
      .slice(0, request.limit)
      .map(([, { store, key, record }]): WireEntry => ({ store, key: encodeKey(key), ...entryOf(record) }));
    const last = rows[request.limit - 1];
    const cursor = `${log.epoch}:${head}`;
    const page = { records, head, cursor, epoch: log.epoch, serverTime: this.#now() };
    return { ok: true, value: rows.length > request.limit ? { ...page, nextPage: JSON.stringify([head, last![0]]) } : page };
  }

  #admit(client: KnownClient, batch: WireBatch): Reply<never> | undefined {
    const first = batch.changes[0]!.seq;
    if (client.last === 0 && first !== 1) return problem(409, 'client-unknown', { expectedSeq: 1 });
    if (first > client.last + 1) return problem(409, 'sequence-gap', { expectedSeq: client.last + 1 });
    const forked = batch.changes.some(change => (client.seen.get(change.seq)?.digest ?? digestOf(change)) !== digestOf(change));
    return forked ? problem(409, 'client-forked') : undefined;
  }

  #resolve(log: ServerDataset, client: KnownClient, batch: WireBatch): void {
    const news = batch.changes.filter(change => change.seq > client.last);
    const before = new Map(log.records);
    const undo = { seq: log.seq, entries: log.entries.length };
    const refusedRecords = new Set<string>();
    const holds = new Map<string, boolean>();
    let failed: string | undefined;
    for (const change of news) {
      const key = decodeKey(change.key);
      const id = `${change.store}~${rowKey(key)}`;
      const current = log.records.get(id)?.record;
      const reason = refusedRecords.has(id) ? 'predecessor-refused' : this.#options.reject?.(change);
      const resolution = reason
        ? { outcome: 'rejected' as const, next: current, reason }
        : resolveEdit(current, change, batch.clientId, this.#options.policies?.[change.store] ?? 'last-write-wins', holds.get(id));
      holds.set(
        id,
        resolution.outcome === 'applied' && (change.op !== 'patch' || (holds.get(id) ?? (change.base ?? 0) >= (current?.rev ?? 0))),
      );
      if (['rejected', 'conflict', 'poisoned'].includes(resolution.outcome)) refusedRecords.add(id);
      if (!['applied', 'merged'].includes(resolution.outcome)) failed ??= resolution.reason ?? resolution.outcome;
      if (resolution.next && resolution.next !== current) this.#commit(log, change.store, key, resolution.next);
      const { outcome, reason: why, pointer } = resolution as { outcome: string; reason?: string; pointer?: string };
      client.seen.set(change.seq, {
        digest: digestOf(change),
        batchId: batch.batchId,
        outcome,
        rev: log.records.get(id)?.record.rev ?? 0,
        store: change.store,
        key: id,
        ...(why !== undefined && { reason: why }),
        ...(pointer !== undefined && { pointer }),
      });
      client.last = change.seq;
    }
    if (!batch.atomic || failed === undefined) return;

    log.seq = undo.seq;
    log.entries.length = undo.entries;
    log.records.clear();
    for (const [id, row] of before) log.records.set(id, row);
    for (const { seq } of news) {
      const seen = client.seen.get(seq)!;
      if (['applied', 'merged'].includes(seen.outcome)) Object.assign(seen, { outcome: 'rejected', reason: 'atomic-failed' });
    }
  }

  #answer(log: ServerDataset, client: KnownClient, batch: WireBatch): BatchAnswer {
    const results = batch.changes.map(({ seq }): ChangeResult => {
      const seen = client.seen.get(seq);
      if (!seen) return { seq, outcome: 'duplicate', rev: 0 };
      const { outcome, rev, batchId, reason, pointer, key } = seen;
      const record = log.records.get(key!)?.record;
      const own = batchId === batch.batchId;
      const result: ChangeResult = { seq, outcome: (own ? outcome : 'duplicate') as ChangeResult['outcome'], rev };
      if (!own) result.original = outcome as NonNullable<ChangeResult['original']>;
      if (result.outcome !== 'applied') {
        // The record in effect is told as it stands now.
        result.rev = record?.rev ?? 0;
        if (record && !record.deleted) result.value = encodeValue(record.value);
        else result.deleted = true;
      }
      if (reason !== undefined) result.reason = reason;
      if (pointer !== undefined) result.pointer = pointer;
      return result;
    });
    return {
      batchId: batch.batchId,
      status: 'applied',
      cursor: `${log.epoch}:${log.seq}`,
      epoch: log.epoch,
      serverTime: this.#now(),
      results,
    };
  }

  #commit(log: ServerDataset, store: string, key: IDBValidKey, record: ServerRecord): void {
    log.seq += 1;
    const next = { ...record, rev: log.seq };
    log.records.set(`${store}~${rowKey(key)}`, { store, key, record: next });
    log.entries.push({ store, key: encodeKey(key), op: record.deleted ? 'delete' : 'put', ...entryOf(next) });
  }

  #newEpoch(): string {
    this.#epochs += 1;
    return `epoch-${this.#epochs}`;
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }
}

const digestOf = ({ base: _, seq: __, ...change }: WireChange): string => canonicalJson(change as unknown as Json);

const entryOf = ({ rev, value, deleted, at, by }: ServerRecord): Pick<WireEntry, 'rev' | 'value' | 'at' | 'by'> => ({
  rev,
  ...(!deleted && { value: encodeValue(value) }),
  at,
  by,
});
