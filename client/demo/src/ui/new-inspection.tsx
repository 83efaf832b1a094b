import { useState } from 'preact/hooks';
import type { Register } from '../data/register.js';
import type { Inspection, Place, TeamDatabase } from '../data/team.js';
import { Dialog } from './dialog.js';
import { PlacePicker } from './place-picker.js';
import { inspectionHref } from './route.js';

interface Props {
  db: TeamDatabase;
  register: Register;
  place: Place | undefined;
  onClose: () => void;
}

/** Plans an inspection. */
export function NewInspection({ db, register, place: given, onClose }: Props) {
  const [title, setTitle] = useState('');
  const [place, setPlace] = useState(given);
  const [due, setDue] = useState(() => new Date().toISOString().slice(0, 10));
  const create = async (event: Event) => {
    event.preventDefault();
    const inspection: Inspection = {
      id: `insp-${crypto.randomUUID()}`,
      title: title.trim(),
      priority: 'normal',
      votes: 0,
      tags: [],
      ...(due !== '' && { due: new Date(`${due}T00:00:00Z`) }),
      ...(place && { place }),
    };
    await db.put('todos', inspection);
    onClose();
    location.hash = inspectionHref(inspection.id);
  };
  return (
    <Dialog title="New inspection" onClose={onClose}>
      <form class="form" onSubmit={event => void create(event)}>
        <label class="field">
          <span class="field-name">What is inspected</span>
          <input type="text" required maxLength={500} autofocus value={title} onInput={event => setTitle(event.currentTarget.value)} />
        </label>
        <PlacePicker register={register} place={place} onChoose={setPlace} />
        <label class="field">
          <span class="field-name">Due</span>
          <input type="date" value={due} onInput={event => setDue(event.currentTarget.value)} />
        </label>
        <div class="row end">
          <button type="button" class="button quiet" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" class="button primary" disabled={title.trim() === ''}>
            Plan inspection
          </button>
        </div>
      </form>
    </Dialog>
  );
}
