import { useState } from 'preact/hooks';
import type { Person } from '../data/people.js';
import type { Register } from '../data/register.js';
import type { Inspection, TeamDatabase, Verdict } from '../data/team.js';
import { ConfirmDelete } from './confirm-delete.js';
import { DraftField } from './draft-field.js';
import { formatPosition } from './format.js';
import { Back, Check, Minus, Plus, Trash } from './icons.js';
import { Labels } from './labels.js';
import { PlacePicker } from './place-picker.js';
import { VerdictForm } from './verdict-form.js';

interface Props {
  db: TeamDatabase;
  person: Person;
  register: Register;
  inspection: Inspection;
  verdict: Verdict | undefined;
}

const PRIORITIES = ['low', 'normal', 'high'] as const;

/** One inspection. Every edit is kept at once; there is nothing to save. */
export function InspectionDetail({ db, person, register, inspection, verdict }: Props) {
  const { id, title, done = false, due, priority = 'normal', votes = 0, tags = [], place } = inspection;
  const [deleting, setDeleting] = useState(false);
  const patch = (fields: Partial<Inspection>) => void db.patch('todos', id, fields);
  return (
    <article class="detail">
      <div class="row spread detail-tools">
        <a class="button quiet small back" href="#/inspections">
          <Back />
          All inspections
        </a>
        <span class="row">
          <button
            type="button"
            class={done ? 'button small' : 'button primary small'}
            aria-pressed={done}
            onClick={() => patch({ done: !done })}
          >
            <Check />
            {done ? 'Done' : 'Mark as done'}
          </button>
          <button type="button" class="icon-button" aria-label="Delete this inspection" onClick={() => setDeleting(true)}>
            <Trash />
          </button>
        </span>
      </div>
      <DraftField class="title-field" label="Title" hideLabel maxLength={500} value={title} onCommit={value => patch({ title: value })} />
      <div class="fields">
        <label class="field">
          <span class="field-name">Due</span>
          <input type="date" value={dayOf(due)} onChange={event => patch({ due: dateOf(event.currentTarget.value) })} />
        </label>
        <label class="field">
          <span class="field-name">Priority</span>
          <select value={priority} onChange={event => patch({ priority: event.currentTarget.value as Inspection['priority'] })}>
            {PRIORITIES.map(value => (
              <option key={value} value={value}>
                {value[0]!.toUpperCase() + value.slice(1)}
              </option>
            ))}
          </select>
        </label>
        <PlacePicker register={register} place={place} onChoose={chosen => patch({ place: chosen })} />
        {place?.lat !== undefined && place.lng !== undefined && <p class="field-note">{formatPosition(place.lat, place.lng)}</p>}
      </div>
      <section class="block" aria-labelledby="findings">
        <div class="row spread">
          <div>
            <h2 id="findings">Findings</h2>
            <p class="hint">A counter: what several people count at the same time adds up.</p>
          </div>
          <div class="counter" role="group" aria-label="Findings">
            <button
              type="button"
              class="icon-button"
              aria-label="One finding less"
              disabled={votes <= 0}
              onClick={() => void db.increment('todos', id, 'votes', -1)}
            >
              <Minus />
            </button>
            <output aria-live="polite">{votes}</output>
            <button
              type="button"
              class="icon-button"
              aria-label="One finding more"
              onClick={() => void db.increment('todos', id, 'votes', 1)}
            >
              <Plus />
            </button>
          </div>
        </div>
      </section>
      <Labels
        labels={tags}
        onAdd={label => void db.addToSet('todos', id, 'tags', label)}
        onRemove={label => void db.removeFromSet('todos', id, 'tags', label)}
      />
      <VerdictForm db={db} person={person} id={id} verdict={verdict} />
      {deleting && <ConfirmDelete db={db} inspection={inspection} onClose={() => setDeleting(false)} />}
    </article>
  );
}

const dayOf = (due: Date | undefined): string => due?.toISOString().slice(0, 10) ?? '';
const dateOf = (day: string): Date | undefined => (day === '' ? undefined : new Date(`${day}T00:00:00Z`));
