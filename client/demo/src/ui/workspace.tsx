import { useEffect, useState } from 'preact/hooks';
import { inPane, type Person } from '../data/people.js';
import type { Register } from '../data/register.js';
import { isOffline, type Place, setOffline, type TeamDatabase } from '../data/team.js';
import { useConflicts } from '../data/use-live.js';
import { ConflictDialog } from './conflict-dialog.js';
import { Header } from './header.js';
import { InspectionsPage } from './inspections-page.js';
import { LoadBar } from './load-bar.js';
import { NewInspection } from './new-inspection.js';
import { plural } from './format.js';
import { PlacesPage } from './places-page.js';
import type { Route } from './route.js';
import { Toasts, useToasts } from './toasts.js';
import { useScroll } from './use-scroll.js';

interface Props {
  db: TeamDatabase;
  person: Person;
  register: Register;
  route: Route;
  onLeave: () => void;
}

/** The app of one person. */
export function Workspace({ db, person, register, route, onLeave }: Props) {
  const conflicts = useConflicts(db);
  const [deciding, setDeciding] = useState(false);
  const [creating, setCreating] = useState<{ place?: Place }>();
  const [offline, setOfflineState] = useState(() => isOffline(person));
  const [toasts, tell] = useToasts();
  useScroll(route);

  useEffect(() => {
    const ends = [
      db.on('superseded', ({ theirs }) => tell(`Somebody edited ${titleOf(theirs)} after you. Theirs is kept.`)),
      db.on('rejected', ({ detail, reason }) => tell(`The server did not take an edit: ${detail ?? reason ?? 'it is not valid'}`)),
      db.on('poisoned', () => tell('An edit could not be processed. It is kept for an operator, and nothing is lost.')),
      db.on('storage-full', () => tell('This device has no space left. Free some, or edits cannot be kept.')),
    ];
    return () => ends.forEach(end => end());
  }, [db]);

  const switchOffline = (next: boolean) => {
    setOffline(person, db, next);
    setOfflineState(next);
    // In two panes the register is of both; one going offline must not take it from the other.
    if (!inPane()) void register.db.then(places => (next ? places.pause() : places.resume()));
  };

  return (
    <div class="shell">
      <a class="skip" href="#content" onClick={focusContent}>
        Skip to content
      </a>
      <Header db={db} person={person} register={register} page={route.page} offline={offline} onOffline={switchOffline} onLeave={onLeave} />
      <LoadBar register={register} />
      {conflicts.length > 0 && (
        <div class="notice" role="status">
          <p>{plural(conflicts.length, 'edit needs', 'edits need')} your decision.</p>
          <button type="button" class="button small" onClick={() => setDeciding(true)}>
            Decide now
          </button>
        </div>
      )}
      <main id="content" tabIndex={-1}>
        {route.page === 'places' ? (
          <PlacesPage register={register} selected={route.key} onInspect={place => setCreating({ place })} />
        ) : (
          <InspectionsPage
            db={db}
            person={person}
            register={register}
            selected={route.page === 'inspections' ? route.id : undefined}
            onCreate={() => setCreating({})}
          />
        )}
      </main>
      {deciding && conflicts.length > 0 && (
        <ConflictDialog db={db} person={person} conflicts={conflicts} onClose={() => setDeciding(false)} />
      )}
      {creating && <NewInspection db={db} register={register} place={creating.place} onClose={() => setCreating(undefined)} />}
      <Toasts toasts={toasts} />
    </div>
  );
}

function titleOf(record: unknown): string {
  const title = (record as { title?: unknown } | undefined)?.title;
  return typeof title === 'string' ? `“${title}”` : 'a record';
}

// The address after # is the app's place; the link must not change it.
function focusContent(event: Event): void {
  event.preventDefault();
  document.getElementById('content')?.focus();
}
