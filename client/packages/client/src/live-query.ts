import type { SyncEvent } from './events.js';

/** A query that runs again whenever a store that it reads changes. Runs one at a time; changes that come meanwhile make one more. */
export class LiveQuery<T> {
  readonly #stores: ReadonlySet<string>;
  readonly #run: () => Promise<T>;
  readonly #callback: (result: T) => void;
  readonly #failed: (error: unknown) => void;
  #running = false;
  #again = false;
  #ended = false;

  constructor(stores: Iterable<string>, run: () => Promise<T>, callback: (result: T) => void, failed: (error: unknown) => void) {
    this.#stores = new Set(stores);
    this.#run = run;
    this.#callback = callback;
    this.#failed = failed;
  }

  /** Runs if the event is about a store of the query. */
  notice(event: SyncEvent): void {
    if (event.name === 'change' && event.detail.changes.some(change => this.#stores.has(change.store))) this.refresh();
  }

  /** Runs. */
  refresh(): void {
    this.#again = true;
    if (!this.#running) void this.#work();
  }

  /** Calls back no more. */
  end(): void {
    this.#ended = true;
  }

  async #work(): Promise<void> {
    this.#running = true;
    while (this.#again && !this.#ended) {
      this.#again = false;
      try {
        const result = await this.#run();
        // A newer result is on its way: this one would only flicker.
        if (!this.#ended && !this.#again) this.#callback(result);
      } catch (error) {
        if (!this.#ended) this.#failed(error);
      }
    }
    this.#running = false;
  }
}
