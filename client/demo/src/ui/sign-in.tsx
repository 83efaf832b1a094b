import { PEOPLE, type Person } from '../data/people.js';
import { Columns, Mark } from './icons.js';
import { Initials } from './initials.js';

/** Who is there? On a local stack anybody may be anybody. */
export function SignIn({ onChoose }: { onChoose: (person: Person) => void }) {
  return (
    <main class="sign-in">
      <div class="sign-in-card">
        <Mark />
        <h1>Fieldbook</h1>
        <p class="lead">
          The inspections of Team North. They are on this device, work without a network, and find their way to everybody else by
          themselves.
        </p>
        <h2 id="who">Who are you?</h2>
        <ul class="people" aria-labelledby="who">
          {PEOPLE.map(person => (
            <li key={person.id}>
              <button type="button" class="person" onClick={() => onChoose(person)}>
                <Initials person={person} />
                <span>
                  <strong>{person.name}</strong>
                  <small>{person.trade}</small>
                </span>
              </button>
            </li>
          ))}
        </ul>
        <a class="button quiet wide" href="#/together">
          <Columns />
          Two people side by side
        </a>
        <p class="fine">A demo of MyriadSync on the local stack: no password, and nothing leaves this machine.</p>
      </div>
    </main>
  );
}
