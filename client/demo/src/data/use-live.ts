import type { EditProblem, SyncDatabase, SyncStatus } from '@myriadsync/client';
import { useEffect, useState } from 'preact/hooks';
import type { TeamDatabase } from './team.js';

/** What a query of the team's data gives, now and whenever it may have changed; undefined: not read yet. */
export function useLive<T>(
  db: TeamDatabase,
  stores: readonly ('todos' | 'verdicts')[],
  read: () => Promise<T>,
  inputs: readonly unknown[] = [],
): T | undefined {
  const [result, setResult] = useState<T>();
  useEffect(() => db.live(stores, read, value => setResult(() => value)), [db, ...inputs]);
  return result;
}

/** Ages are told in words, which change by themselves. */
const REFRESH_MS = 5000;
const EVENTS = ['status', 'change', 'conflict', 'rejected', 'poisoned', 'resolved'] as const;

/** How sync stands. */
export function useSyncStatus(db: Pick<SyncDatabase, 'status' | 'on'>): SyncStatus | undefined {
  return useOnEvents(db, () => db.status());
}

/** The edits that wait for somebody's decision. */
export function useConflicts(db: TeamDatabase): EditProblem[] {
  return useOnEvents(db, () => db.conflicts()) ?? [];
}

/** The keys of the inspections with edits that are not on the server yet. */
export function usePending(db: TeamDatabase, ids: readonly string[]): ReadonlySet<string> {
  const read = async () => {
    const pending = await Promise.all(ids.map(async id => (await db.isPending('todos', id)) || (await db.isPending('verdicts', id))));
    return new Set(ids.filter((_, i) => pending[i]));
  };
  return useOnEvents(db, read, [ids.join()]) ?? new Set();
}

function useOnEvents<T>(db: Pick<SyncDatabase, 'on'>, read: () => Promise<T>, inputs: readonly unknown[] = []): T | undefined {
  const [value, setValue] = useState<T>();
  useEffect(() => {
    let ended = false;
    let reading = false;
    let again = false;
    const refresh = async () => {
      again = reading;
      if (reading) return;
      reading = true;
      try {
        const next = await read();
        if (!ended) setValue(() => next);
      } catch {
        // The database is closed: a newer version of the app has it, and the page says so.
      } finally {
        reading = false;
        if (again && !ended) void refresh();
      }
    };
    void refresh();
    const ends = EVENTS.map(name => db.on(name, () => void refresh()));
    const timer = setInterval(() => void refresh(), REFRESH_MS);
    return () => {
      ended = true;
      clearInterval(timer);
      for (const end of ends) end();
    };
  }, [db, ...inputs]);
  return value;
}
