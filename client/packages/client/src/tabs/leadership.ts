/** How often the tab that syncs says that it lives, in milliseconds. */
export const ALIVE_EVERY_MS = 5000;
/** Ticks of {@link ALIVE_EVERY_MS} without a word after which another tab takes over. Ticks and not time: those of a tab that was frozen itself stand still. */
const DEAD_AFTER_TICKS = 18;

/** The part of `navigator.locks` that is used. */
export type Locks = Pick<LockManager, 'request'>;

/**
 * Sees to it that one tab of a database syncs. The lock goes to the next tab when its holder ends, however it ends; a holder that hangs, as a tab that the
 * browser has frozen does, is relieved when it has been silent for long. Nothing but wasted work depends on this: two tabs that sync at once do no harm.
 */
export class Leadership {
  readonly #name: string;
  readonly #locks: Locks | undefined;
  readonly #lead: (signal: AbortSignal) => Promise<void>;
  readonly #stop = new AbortController();
  #term: AbortController | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #silentTicks = 0;
  #ended: Promise<unknown> = Promise.resolve();

  /** @param lead runs for as long as this tab leads, and ends soon after its signal is aborted */
  constructor(name: string, locks: Locks | undefined, lead: (signal: AbortSignal) => Promise<void>) {
    this.#name = `myriadsync:${name}`;
    this.#locks = locks;
    this.#lead = lead;
  }

  /** True while this tab is the one that syncs. */
  get leads(): boolean {
    return this.#term !== undefined;
  }

  /** Leads as soon as nobody else does. */
  start(): void {
    this.heard();
    this.#ended = this.#wait(false);
    this.#timer = setInterval(() => {
      this.#silentTicks = this.leads ? 0 : this.#silentTicks + 1;
      if (this.#locks && this.#silentTicks > DEAD_AFTER_TICKS) {
        this.heard();
        this.#ended = Promise.all([this.#ended, this.#wait(true)]);
      }
    }, ALIVE_EVERY_MS);
  }

  /** The tab that syncs has said that it lives. */
  heard(): void {
    this.#silentTicks = 0;
  }

  /** Gives up for good; settles when what was under way has ended. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stop.abort();
    this.#term?.abort();
    await this.#ended;
  }

  async #wait(steal: boolean): Promise<void> {
    if (!this.#locks) return this.#rule();
    while (!this.#stop.signal.aborted) {
      try {
        // A lock cannot be stolen and waited for at once.
        await this.#locks.request(this.#name, steal ? { steal } : { signal: this.#stop.signal }, () => this.#rule());
      } catch (error) {
        // No locks to be had here, as in a page without an origin.
        if ((error as Error | null)?.name !== 'AbortError') return this.#rule();
        // Another tab took the lock because this one was silent for too long, or this one is told to stop.
        this.#term?.abort();
      }
      if (steal) return;
    }
  }

  async #rule(): Promise<void> {
    if (this.leads || this.#stop.signal.aborted) return;
    this.#term = new AbortController();
    try {
      await this.#lead(this.#term.signal);
    } finally {
      this.#term = undefined;
    }
  }
}
