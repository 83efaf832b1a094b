import { openSyncDatabase, type SyncDatabase } from '@myriadsync/client';
import { debugging, type Person } from './people.js';
import type { Stores } from './stores.js';
import { devTokens } from './tokens.js';

/** What a team works on: its inspections, and the verdict on each, which nobody but a person may decide about when two differ. */
export type TeamStores = Pick<Stores, 'todos' | 'verdicts'>;
export type TeamDatabase = SyncDatabase<TeamStores>;
export type Inspection = TeamStores['todos']['value'];
export type Verdict = TeamStores['verdicts']['value'];
export type Place = NonNullable<Inspection['place']>;

const DATASET = 'team-north';
const offlineKey = (person: Person) => `fieldbook.offline.${person.id}`;

/** Opens the team's data as one person has it on this device. */
export function openTeam(person: Person): Promise<TeamDatabase> {
  return openSyncDatabase<TeamStores>({
    name: 'fieldbook',
    user: person.id,
    dataset: DATASET,
    stores: { todos: { keyPath: 'id' }, verdicts: { keyPath: 'id' } },
    server: { url: location.origin, token: devTokens(person.id, DATASET) },
    debug: debugging(),
    autoStart: !isOffline(person),
  });
}

/** True while the person works offline by choice; kept over a reload of the page. */
export const isOffline = (person: Person): boolean => localStorage.getItem(offlineKey(person)) === 'yes';

/** Works offline, or no longer. */
export function setOffline(person: Person, db: TeamDatabase, offline: boolean): void {
  if (offline) localStorage.setItem(offlineKey(person), 'yes');
  else localStorage.removeItem(offlineKey(person));
  if (offline) db.pause();
  else db.resume();
}
