import type { SyncState } from '../events.js';
import type { SyncContext } from '../storage/context.js';
import { limitsOf, loadState, updateState } from '../storage/dataset-state.js';
import type { Problem } from '../transport/sync-transport.js';
import { backOffMs } from './back-off.js';
import { loadSnapshot, needsLoad } from './load-snapshot.js';
import { pullChanges } from './pull-changes.js';
import { pushBatch } from './push-batch.js';
import { noteServerTime } from './server-time.js';
import { DONE, type Step } from './step.js';

/** What the loop is told about the world, and tells it. */
export interface LoopPort {
  /** False: it is known that there is no network. */
  online(): boolean;
  /** The state of the dataset changed. */
  state(state: SyncState, problem?: Problem): void;
  /** For the debug log. */
  log(line: string): void;
}

/**
 * Keeps one dataset in step with the server for as long as it runs.
 *
 *              start
 *                |
 *                v        failed
 *   +----> [connecting] ---------------------------+
 *   |            | limits and clock are known      |
 *   |            v        failed                   |
 *   |  +---> [pushing] ----------------------------+
 *   |  |         | outbox empty, or batch accepted |
 *   |  |         v        failed                   v
 *   |  |     [loading] ------------------------> [waiting] --> back-off over, woken, or online again: to [pushing],
 *   |  |         | nothing to load                 ^            or to [connecting] while that has never worked
 *   |  |         v        failed                   |
 *   |  |     [pulling] ----------------------------+
 *   |  |         | end of the log                  |
 *   |  |         v        failed                   |
 *   |  +---- [watching] ---------------------------+
 *   |   woken by an edit, or something came
 *   +-- offline: waits for the network; paused: waits to be resumed
 *
 * The loop holds no state that matters: all of it is in the database, so any tab can take over at any point, and two that run at once do the work twice and
 * nothing else.
 */
export class SyncLoop {
  readonly #context: SyncContext;
  readonly #dataset: string;
  readonly #port: LoopPort;
  /** Ends the watch: there is something to push. */
  #endWatch: (() => void) | undefined;
  /** Ends any waiting: the world has changed. An edit does not, or every key stroke would call a server that has just failed. */
  #endSleep: (() => void) | undefined;
  #woken = false;
  #urgent = false;
  /** Counts the wishes to pull to the end, and which of them was met: one that comes while a pull is under way is not met by that. */
  #pullWish = 1;
  #pulledFor = 0;
  #failures = 0;
  #paused = false;
  #connected = false;
  #rounds: ((problem?: Problem) => void)[] = [];

  constructor(context: SyncContext, dataset: string, port: LoopPort) {
    this.#context = context;
    this.#dataset = dataset;
    this.#port = port;
  }

  /** Runs until told to stop. */
  async run(signal: AbortSignal): Promise<void> {
    signal.addEventListener('abort', () => this.retry());
    while (!signal.aborted) await this.#turn(signal);
  }

  /** Nobody will run it again: those who wait for it are told. */
  end(): void {
    this.#rounds.splice(0).forEach(end => end({ code: 'closed', status: 0, detail: 'The database is closed.' }));
  }

  /** There is something to push. */
  poke(): void {
    this.#woken = true;
    this.#endWatch?.();
  }

  /** Pushes and pulls to the end, now. Answers when that is done, or, with the problem, has failed once. */
  syncNow(): Promise<Problem | undefined> {
    return new Promise(resolve => {
      this.#rounds.push(resolve);
      this.retry();
    });
  }

  /** Tries at once what was waiting: the network is back, or somebody looks at the page. */
  retry(): void {
    this.#pullWish += 1;
    this.#urgent = true;
    this.#endSleep?.();
    this.poke();
  }

  /** Stops talking to the server until told otherwise; edits go on. */
  pause(paused: boolean): void {
    this.#paused = paused;
    this.retry();
  }

  async #turn(signal: AbortSignal): Promise<void> {
    this.#woken = false;
    this.#urgent = false;
    const waiting = this.#rounds;
    this.#rounds = [];
    if (this.#paused || !this.#port.online()) {
      const code = this.#paused ? 'paused' : 'offline';
      for (const end of waiting) end({ code, status: 0, detail: 'No network, or paused.' });
      this.#port.state(code);
      return this.#sleep(undefined, signal);
    }
    const failure = await this.#guard(() => this.#round(signal));
    if (signal.aborted) {
      // Another tab goes on, or none: `end` tells those who wait.
      this.#rounds.push(...waiting);
      return;
    }
    if (failure.kind === 'failed') {
      for (const end of waiting) end(failure.problem);
      return this.#failed(failure.problem, signal);
    }
    this.#failures = 0;
    for (const end of waiting) end();
    if (this.#woken) return;

    this.#port.state('idle');
    const watched = await this.#guard(() => this.#watch(failure, signal));
    if (watched.kind === 'failed' && watched.problem.code !== 'aborted') await this.#failed(watched.problem, signal);
  }

  async #round(signal: AbortSignal): Promise<Step> {
    if (!this.#connected) {
      const connected = await this.#repeat('connect', () => this.#connect(signal), signal);
      if (connected.kind === 'failed') return connected;
    }
    const pushed = await this.#repeat('push', () => pushBatch(this.#context, this.#dataset, signal), signal);
    if (pushed.kind === 'failed') return pushed;
    const toLoad = await needsLoad(this.#context, this.#dataset);
    const loaded = await this.#repeat('load', () => loadSnapshot(this.#context, this.#dataset, signal), signal);
    const wish = this.#pullWish;
    if (this.#pulledFor !== wish || loaded.kind === 'failed') {
      const pulled = await this.#repeat('pull', () => pullChanges(this.#context, this.#dataset, 0, signal), signal);
      if (pulled.kind === 'failed') return pulled;
      this.#pulledFor = wish;
    }
    // What a pull found may have to be loaded, and what was loaded may let edits go on their way.
    const again = toLoad || (await needsLoad(this.#context, this.#dataset));
    if (again && loaded.kind !== 'failed') return this.#round(signal);
    return loaded.kind === 'failed' ? loaded : pushed;
  }

  async #connect(signal: AbortSignal): Promise<Step> {
    const sentMs = this.#context.now();
    const reply = await this.#context.transport.describe(this.#dataset, signal);
    if (!reply.ok) return { kind: 'failed', problem: reply.problem };
    await updateState(this.#context, this.#dataset, state => {
      state.limits = reply.value.limits;
    });
    await noteServerTime(this.#context, this.#dataset, reply.value.serverTime, sentMs);
    this.#connected = true;
    return DONE;
  }

  async #repeat(name: string, step: () => Promise<Step>, signal: AbortSignal): Promise<Step> {
    for (;;) {
      this.#port.state(this.#connected ? 'syncing' : 'connecting');
      const result = await step();
      this.#port.log(`${name}: ${result.kind === 'failed' ? result.problem.code : result.kind}`);
      if (result.kind !== 'more' || signal.aborted) return result;
    }
  }

  /** Waits for what others change, until something comes, an edit is made here, or an accepted batch is to be asked about. */
  async #watch(pushed: Step, signal: AbortSignal): Promise<Step> {
    const limits = limitsOf(await loadState(this.#context, this.#dataset));
    const waitSeconds =
      pushed.kind === 'waiting' ? Math.min(Math.ceil(pushed.retryAfterMs / 1000), limits.waitSeconds) : limits.waitSeconds;
    const watch = new AbortController();
    const stop = () => watch.abort();
    signal.addEventListener('abort', stop);
    this.#endWatch = stop;
    try {
      if (this.#woken) stop();
      const result = await pullChanges(this.#context, this.#dataset, waitSeconds, watch.signal);
      this.#port.log(`watch: ${result.kind === 'failed' ? result.problem.code : result.kind}`);
      if (result.kind === 'more') this.#pullWish += 1;
      return result;
    } finally {
      this.#endWatch = undefined;
      signal.removeEventListener('abort', stop);
    }
  }

  async #failed(problem: Problem, signal: AbortSignal): Promise<void> {
    this.#failures += 1;
    this.#pullWish += 1;
    this.#port.state(problem.code === 'network' ? 'offline' : 'error', problem);
    const delayMs = backOffMs(this.#failures, this.#context.random(), problem.retryAfterMs);
    this.#port.log(`wait: ${delayMs} ms after ${problem.code}`);
    await this.#sleep(delayMs, signal);
  }

  #sleep(delayMs: number | undefined, signal: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      const timer = delayMs === undefined ? undefined : setTimeout(() => this.#endSleep?.(), delayMs);
      this.#endSleep = () => {
        clearTimeout(timer);
        this.#endSleep = undefined;
        resolve();
      };
      if (this.#urgent || signal.aborted) this.#endSleep();
    });
  }

  /** What storage or a callback of the app throws is a failure like any other: the loop goes on. */
  async #guard(work: () => Promise<Step>): Promise<Step> {
    try {
      return await work();
    } catch (error) {
      const { name = 'error', message = String(error) } = (error ?? {}) as Partial<Error>;
      this.#port.log(`error: ${name}`);
      return { kind: 'failed', problem: { code: name, status: 0, detail: message } };
    }
  }
}
