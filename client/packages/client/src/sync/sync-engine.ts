import { adoptRows } from '../edits/adopt-rows.js';
import type { Environment } from '../environment.js';
import { isStorageFull } from '../errors.js';
import type { RecordChange, SyncEvent, SyncState } from '../events.js';
import type { SyncContext } from '../storage/context.js';
import { ALIVE_EVERY_MS, Leadership } from '../tabs/leadership.js';
import type { TabChannel, TabMessage } from '../tabs/tab-channel.js';
import type { Problem } from '../transport/sync-transport.js';
import { SyncLoop } from './sync-loop.js';

/** What happened lately, for people who look for a fault. */
export interface LogLine {
  /** Unix time in milliseconds. */
  atMs: number;
  dataset: string;
  line: string;
}

/** Lines kept for `diagnose()`. */
const LOG_LINES = 200;

/** Runs the loops of a database's datasets in the one tab that syncs, and carries word between the tabs. */
export class SyncEngine {
  /** The last lines of the log, oldest first. */
  readonly log: LogLine[] = [];
  /** State of each dataset, as the tab that syncs tells it. */
  readonly states = new Map<string, { state: SyncState; problem?: Problem }>();
  readonly #context: SyncContext;
  readonly #environment: Environment;
  readonly #channel: TabChannel;
  readonly #loops = new Map<string, SyncLoop>();
  readonly #leadership: Leadership;
  readonly #deliver: (event: SyncEvent) => void;
  readonly #debug: ((line: string) => void) | undefined;
  #paused = false;
  readonly #asked = new Map<string, (problem?: { code: string; detail: string }) => void>();
  #endWake: (() => void) | undefined;

  /** @param deliver gives an event to the app in this tab */
  constructor(
    name: string,
    makeContext: (hooks: Pick<SyncContext, 'changed' | 'emit'>) => SyncContext,
    environment: Environment,
    deliver: (event: SyncEvent) => void,
    debug?: (line: string) => void,
  ) {
    this.#environment = environment;
    this.#deliver = deliver;
    this.#debug = debug;
    this.#channel = environment.openChannel(name);
    this.#context = makeContext({ changed: (changes, origin) => this.#changed(changes, origin), emit: event => this.emit(event) });
    for (const dataset of new Set([...this.#context.stores.values()].map(store => store.dataset))) {
      this.states.set(dataset, { state: 'connecting' });
      this.#loops.set(dataset, new SyncLoop(this.#context, dataset, this.#port(dataset)));
    }
    this.#leadership = new Leadership(name, environment.locks, signal => this.#lead(signal));
  }

  /** What the verbs work on. */
  get context(): SyncContext {
    return this.#context;
  }

  /** True in the tab that syncs. */
  get leads(): boolean {
    return this.#leadership.leads;
  }

  /** Begins to listen to the other tabs, and to sync as soon as no other does. */
  start(): void {
    this.#channel.listen(message => this.#hear(message));
    this.#channel.send({ kind: 'hello' });
    this.#endWake = this.#environment.onWake(() => this.retry());
    this.#leadership.start();
  }

  /** Ends all of it; settles when nothing is under way. */
  async stop(): Promise<void> {
    this.#endWake?.();
    await this.#leadership.stop();
    for (const loop of this.#loops.values()) loop.end();
    this.#channel.close();
  }

  /** Tells the app, in all tabs. */
  emit(event: SyncEvent): void {
    this.#channel.send({ kind: 'event', event });
    this.#take(event);
  }

  /** There are edits to push. */
  poke(dataset: string): void {
    this.#loops.get(dataset)?.poke();
    if (!this.leads) this.#channel.send({ kind: 'poke', dataset });
  }

  /** Tries at once what waits. */
  retry(): void {
    for (const loop of this.#loops.values()) loop.retry();
    if (!this.leads) this.#channel.send({ kind: 'retry' });
  }

  /** Pauses or resumes, in all tabs. */
  pause(paused: boolean): void {
    this.#channel.send({ kind: 'pause', paused });
    this.#pause(paused);
  }

  /** Syncs all datasets to the end; the tab that syncs does it. Answers the first problem, if there was one. */
  syncNow(): Promise<{ code: string; detail: string } | undefined> {
    // The tab that syncs may just have ended, and this one may be the next.
    const here = this.#local();
    if (this.leads || !this.#environment.locks) return here;
    const id = this.#environment.newId();
    return new Promise(resolve => {
      this.#asked.set(id, resolve);
      this.#channel.send({ kind: 'sync', id });
      void here.then(resolve);
    });
  }

  async #local(): Promise<{ code: string; detail: string } | undefined> {
    return (await Promise.all([...this.#loops.values()].map(loop => loop.syncNow()))).find(problem => problem);
  }

  async #lead(signal: AbortSignal): Promise<void> {
    const alive = setInterval(() => this.#channel.send({ kind: 'alive' }), ALIVE_EVERY_MS);
    this.#channel.send({ kind: 'alive' });
    try {
      await Promise.all([...this.#loops].map(([dataset, loop]) => this.#run(dataset, loop, signal)));
    } finally {
      clearInterval(alive);
    }
  }

  async #run(dataset: string, loop: SyncLoop, signal: AbortSignal): Promise<void> {
    try {
      const { adopted, refused } = await adoptRows(this.#context, dataset);
      if (adopted) this.#log(dataset, `adopted ${adopted} rows`);
      for (const { store, key, reason } of refused) this.#log(dataset, `cannot sync ${store} ${String(key)}: ${reason}`);
    } catch (error) {
      // Tried again when the database is opened next; what is in the outbox syncs meanwhile.
      this.#log(dataset, `not adopted: ${String(error)}`);
    }
    await loop.run(signal);
  }

  #port(dataset: string) {
    return {
      online: () => this.#environment.online(),
      state: (state: SyncState, problem?: Problem) => {
        if (problem && isStorageFull({ name: problem.code })) this.emit({ name: 'storage-full', detail: { writing: 'sync' } });
        const before = this.states.get(dataset);
        if (before?.state === state && before.problem?.code === problem?.code) return;
        this.emit({ name: 'status', detail: { dataset, state, problem } });
      },
      log: (line: string) => this.#log(dataset, line),
    };
  }

  #log(dataset: string, line: string): void {
    this.log.push({ atMs: this.#environment.now(), dataset, line });
    if (this.log.length > LOG_LINES) this.log.shift();
    this.#debug?.(`[myriadsync ${dataset}] ${line}`);
  }

  #changed(changes: RecordChange[], origin: 'local' | 'remote'): void {
    this.emit({ name: 'change', detail: { changes, origin } });
    if (origin === 'local')
      for (const dataset of new Set(changes.map(change => this.#context.stores.get(change.store)!.dataset))) this.poke(dataset);
  }

  #take(event: SyncEvent): void {
    if (event.name === 'status') {
      const { dataset, ...state } = event.detail;
      this.states.set(dataset, state);
    }
    this.#deliver(event);
  }

  #hear(message: TabMessage): void {
    switch (message.kind) {
      case 'event':
        this.#take(message.event);
        break;
      case 'poke':
        this.#loops.get(message.dataset)?.poke();
        break;
      case 'retry':
        if (this.leads) this.retry();
        break;
      case 'pause':
        this.#pause(message.paused);
        break;
      case 'hello':
        if (this.leads) this.#greet();
        break;
      case 'alive':
        this.#leadership.heard();
        break;
      case 'sync':
        if (this.leads) void this.#local().then(problem => this.#channel.send({ kind: 'synced', id: message.id, problem }));
        break;
      case 'synced':
        this.#asked.get(message.id)?.(message.problem);
        this.#asked.delete(message.id);
    }
  }

  /** What a tab that has just come could not hear. */
  #greet(): void {
    if (this.#paused) this.#channel.send({ kind: 'pause', paused: true });
    for (const [dataset, state] of this.states)
      this.#channel.send({ kind: 'event', event: { name: 'status', detail: { dataset, ...state } } });
  }

  #pause(paused: boolean): void {
    this.#paused = paused;
    for (const loop of this.#loops.values()) loop.pause(paused);
  }
}
