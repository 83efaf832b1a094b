import type { SyncStatus } from '@myriadsync/client';
import { plural } from './format.js';

/** What the badge says, and how it looks. */
export interface Standing {
  tone: 'good' | 'busy' | 'away' | 'bad';
  text: string;
}

/** Puts a status in words. */
export function standingOf(status: SyncStatus | undefined): Standing {
  if (!status) return { tone: 'busy', text: 'Opening' };
  const { state, pending } = status;
  const waiting = pending > 0 ? ` · ${pending} to send` : '';
  switch (state) {
    case 'paused':
      return { tone: 'away', text: `Offline${waiting}` };
    case 'offline':
      return { tone: 'away', text: `No connection${waiting}` };
    case 'error':
      return { tone: 'bad', text: `Cannot sync${waiting}` };
    case 'connecting':
      return { tone: 'busy', text: `Connecting${waiting}` };
    case 'syncing':
    case 'idle':
      if (status.datasets.some(dataset => dataset.waiting)) return { tone: 'busy', text: 'Waiting for the cluster' };
      if (pending > 0) return { tone: 'busy', text: `Sending ${plural(pending, 'edit')}` };
      return state === 'idle' ? { tone: 'good', text: 'In step' } : { tone: 'busy', text: 'Syncing' };
  }
}

/** How sync stands, in two words; a press tells more. */
export function SyncBadge({ status, expanded, onToggle }: { status: SyncStatus | undefined; expanded: boolean; onToggle: () => void }) {
  const { tone, text } = standingOf(status);
  return (
    <>
      <button type="button" class={`badge ${tone}`} aria-expanded={expanded} onClick={onToggle}>
        <span class="dot" aria-hidden="true" />
        <span>
          <span class="sr">Sync: </span>
          {text}
        </span>
      </button>
      <span class="sr" role="status">
        {text}
      </span>
    </>
  );
}
