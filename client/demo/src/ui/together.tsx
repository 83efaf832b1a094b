import { useState } from 'preact/hooks';
import { PEOPLE } from '../data/people.js';
import { Back, Mark } from './icons.js';

const PAIR = PEOPLE.slice(0, 2);

/** Two people's devices side by side: two frames, each with a user, a database and a network switch of its own. */
export function Together() {
  const [front, setFront] = useState(PAIR[0]!.id);
  return (
    <div class="together">
      <header class="together-head">
        <a class="icon-button" href="#/" aria-label="Back to one person">
          <Back />
        </a>
        <Mark />
        <h1>Side by side</h1>
        <p>
          Switch one of them offline, edit the same inspection on both sides, and switch back. Counts and labels add up, other fields merge,
          and two different verdicts are left to a person.
        </p>
      </header>
      <div class="segments pane-choice" role="group" aria-label="Whose device is in front">
        {PAIR.map(person => (
          <button type="button" key={person.id} aria-pressed={front === person.id} onClick={() => setFront(person.id)}>
            {person.name}
          </button>
        ))}
      </div>
      <div class="panes">
        {PAIR.map(person => (
          <iframe
            key={person.id}
            class={front === person.id ? 'pane front' : 'pane'}
            title={`${person.name}’s device`}
            src={`./?as=${person.id}`}
          />
        ))}
      </div>
    </div>
  );
}
