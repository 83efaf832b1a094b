import type { SyncEvent } from '../events.js';

/** What tabs tell each other. */
export type TabMessage =
  /** Something happened that every tab's app wants to know. */
  | { kind: 'event'; event: SyncEvent }
  /** The tab that syncs has something to do. */
  | { kind: 'poke'; dataset: string }
  | { kind: 'retry' }
  | { kind: 'pause'; paused: boolean }
  /** A tab has come and wants to know how things stand. */
  | { kind: 'hello' }
  /** The tab that syncs lives. */
  | { kind: 'alive' }
  /** Asks the tab that syncs to sync now; it answers under the same id. */
  | { kind: 'sync'; id: string }
  | { kind: 'synced'; id: string; problem?: { code: string; detail: string } };

/** The channel between the tabs of one database. A tab does not hear itself. */
export interface TabChannel {
  send(message: TabMessage): void;
  listen(listener: (message: TabMessage) => void): void;
  close(): void;
}

/** A channel over BroadcastChannel; where there is none, a tab is alone. */
export function openTabChannel(name: string): TabChannel {
  if (typeof BroadcastChannel === 'undefined') return { send: () => undefined, listen: () => undefined, close: () => undefined };
  const open = () => new BroadcastChannel(`myriadsync:${name}`);
  const channel = open();
  let closed = false;
  return {
    send: message => {
      if (!closed) return channel.postMessage(message);
      // An edit that was under way when the database was closed has been kept: the tab that syncs is to know.
      const last = open();
      last.postMessage(message);
      last.close();
    },
    listen: listener => {
      channel.onmessage = (event: MessageEvent<TabMessage>) => listener(event.data);
    },
    close: () => {
      closed = true;
      channel.close();
    },
  };
}
