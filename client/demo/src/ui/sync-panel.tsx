import type { SyncStatus } from '@myriadsync/client';
import { useState } from 'preact/hooks';
import type { Register } from '../data/register.js';
import type { TeamDatabase } from '../data/team.js';
import { useObservable } from '../data/observable.js';
import { formatAgo, formatBytes, formatCount, plural } from './format.js';

interface Props {
  db: TeamDatabase;
  register: Register;
  status: SyncStatus | undefined;
  offline: boolean;
}

/** Everything there is to say about sync, for who wants to know. */
export function SyncPanel({ db, register, status, offline }: Props) {
  const places = useObservable(register.state);
  const [message, setMessage] = useState('');
  const now = Date.now();
  const problem = status?.datasets.find(dataset => dataset.problem)?.problem;

  const sync = async () => {
    setMessage('Syncing …');
    try {
      await db.syncNow();
      setMessage('Everything is in step.');
    } catch (error) {
      setMessage(error instanceof Error ? error.message : String(error));
    }
  };

  const copy = async () => {
    await navigator.clipboard.writeText(JSON.stringify(await db.diagnose(), null, 2));
    setMessage('The diagnosis is in the clipboard. It holds no content.');
  };

  return (
    <div class="panel sync-panel" role="region" aria-label="Sync">
      <dl class="facts">
        <dt>Last in step</dt>
        <dd>{status?.lastSyncMs === undefined ? 'not yet' : formatAgo(status.lastSyncMs, now)}</dd>
        <dt>To send</dt>
        <dd>
          {plural(status?.pending ?? 0, 'edit')}
          {status?.oldestPendingMs !== undefined && `, the oldest made ${formatAgo(status.oldestPendingMs, now)}`}
        </dd>
        <dt>This tab</dt>
        <dd>{status?.leader ? 'syncs for all tabs' : 'follows another tab'}</dd>
        <dt>Places</dt>
        <dd>{formatCount(places.loaded)} on this device</dd>
        {status?.storage?.usage !== undefined && (
          <>
            <dt>Storage</dt>
            <dd>{formatBytes(status.storage.usage)}</dd>
          </>
        )}
        {problem && !offline && (
          <>
            <dt>Trouble</dt>
            <dd>{problem.code === 'network' ? 'The server does not answer. It is tried again by itself.' : problem.detail}</dd>
          </>
        )}
      </dl>
      <div class="row">
        <button type="button" class="button small" disabled={offline} onClick={() => void sync()}>
          Sync now
        </button>
        <button type="button" class="button quiet small" onClick={() => void copy()}>
          Copy diagnosis
        </button>
      </div>
      <p class="fine" role="status">
        {message}
      </p>
    </div>
  );
}
