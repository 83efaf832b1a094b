import type { Locks } from './tabs/leadership.js';
import { openTabChannel, type TabChannel } from './tabs/tab-channel.js';

/** What of the browser is used beside IndexedDB. A test gives its own. */
export interface Environment {
  /** Unix time in milliseconds. */
  now(): number;
  /** From 0 (inclusive) to 1 (exclusive). */
  random(): number;
  /** A new id of 1 to 64 of `A-Z a-z 0-9 - _`. */
  newId(): string;
  /** Web Locks; undefined: this tab is alone. */
  locks: Locks | undefined;
  /** The channel between the tabs of a database. */
  openChannel(name: string): TabChannel;
  /** False: it is known that there is no network. */
  online(): boolean;
  /** Calls back when the network has come or gone, or the page is looked at again; returns how to end it. */
  onWake(callback: () => void): () => void;
  /** The origin's storage; undefined where there is no telling. */
  storage: Pick<StorageManager, 'estimate' | 'persist' | 'persisted'> | undefined;
}

/** The browser's window, frame or worker that this runs in. */
export function browserEnvironment(): Environment {
  // A service worker has no document, Node.js no listeners.
  const scope = globalThis as Partial<Pick<Window, 'navigator' | 'document' | 'addEventListener'>>;
  return {
    now: () => Date.now(),
    random: () => Math.random(),
    newId: () => Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join(''),
    locks: scope.navigator?.locks,
    openChannel: openTabChannel,
    online: () => scope.navigator?.onLine !== false,
    onWake: callback => {
      const global = scope.addEventListener ? (globalThis as unknown as EventTarget) : undefined;
      const targets: [EventTarget | undefined, string][] = [
        [global, 'online'],
        [global, 'offline'],
        [scope.document, 'visibilitychange'],
      ];
      const wake = () => {
        if (scope.document?.visibilityState !== 'hidden') callback();
      };
      for (const [target, event] of targets) target?.addEventListener(event, wake);
      return () => {
        for (const [target, event] of targets) target?.removeEventListener(event, wake);
      };
    },
    storage: scope.navigator?.storage,
  };
}
