import { useEffect, useState } from 'preact/hooks';
import { choosePerson, currentPerson, inPane, type Person } from '../data/people.js';
import { Register } from '../data/register.js';
import { openTeam, type TeamDatabase } from '../data/team.js';
import { useRoute } from './route.js';
import { SignIn } from './sign-in.js';
import { Together } from './together.js';
import { leave } from './use-scroll.js';
import { Workspace } from './workspace.js';

/** The page: who is there, and what they see. */
export function App() {
  const route = useRoute(leave);
  const [person, setPerson] = useState(currentPerson);
  if (route.page === 'together' && !inPane()) return <Together />;
  const change = (next: Person | undefined) => {
    choosePerson(next);
    setPerson(next);
  };
  if (!person) return <SignIn onChoose={change} />;
  return <Opened key={person.id} person={person} route={route} onLeave={() => change(undefined)} />;
}

let register: Register | undefined;

function Opened({ person, route, onLeave }: { person: Person; route: ReturnType<typeof useRoute>; onLeave: () => void }) {
  const [db, setDb] = useState<TeamDatabase>();
  const [error, setError] = useState<string>();
  const [places] = useState(() => (register ??= new Register()));
  useEffect(() => {
    let opened: TeamDatabase | undefined;
    let ended = false;
    openTeam(person).then(
      database => {
        opened = database;
        if (ended) return void database.close();
        database.on('outdated', () => setError('A newer version of Fieldbook is open in another tab. Load this page again.'));
        setDb(database);
      },
      (reason: unknown) => setError(reason instanceof Error ? reason.message : String(reason)),
    );
    return () => {
      ended = true;
      void opened?.close();
    };
  }, [person]);

  if (error)
    return (
      <main class="message">
        <h1>Fieldbook cannot go on</h1>
        <p role="alert">{error}</p>
        <button type="button" class="button primary" onClick={() => location.reload()}>
          Load again
        </button>
      </main>
    );
  if (!db) return <main class="message" aria-busy="true" />;
  return <Workspace db={db} person={person} register={places} route={route} onLeave={onLeave} />;
}
