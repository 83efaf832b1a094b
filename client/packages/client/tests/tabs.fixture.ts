import type { Locks } from '../src/tabs/leadership.js';
import type { TabChannel, TabMessage } from '../src/tabs/tab-channel.js';

/** The tabs of one browser: their locks, and the channel between them. */
export class FakeBrowser {
  #holder: { reject: (error: Error) => void } | undefined;
  readonly #queue: (() => void)[] = [];
  readonly #listeners = new Set<(message: TabMessage) => void>();

  /** Web Locks with one name. */
  readonly locks = {
    request: async (_name: string, options: { signal?: AbortSignal; steal?: boolean }, work: () => Promise<void>) => {
      if (options.steal) this.#holder?.reject(new DOMException('Stolen.', 'AbortError'));
      else if (this.#holder) await this.#turn(options.signal);
      const stolen = new Promise<void>((_, reject) => {
        this.#holder = { reject };
      });
      const mine = this.#holder;
      try {
        await Promise.race([work(), stolen]);
      } finally {
        if (this.#holder === mine) {
          this.#holder = undefined;
          this.#queue.shift()?.();
        }
      }
    },
  } as unknown as Locks;

  /** A channel that the other tabs hear. */
  openChannel(): TabChannel {
    let own: ((message: TabMessage) => void) | undefined;
    return {
      send: message => {
        for (const listener of this.#listeners) if (listener !== own) setImmediate(() => listener(structuredClone(message)));
      },
      listen: listener => {
        own = listener;
        this.#listeners.add(listener);
      },
      close: () => {
        if (own) this.#listeners.delete(own);
      },
    };
  }

  #turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#queue.push(resolve);
      signal?.addEventListener('abort', () => {
        this.#queue.splice(this.#queue.indexOf(resolve), 1);
        reject(new DOMException('Aborted.', 'AbortError'));
      });
    });
  }
}
