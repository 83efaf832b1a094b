import { useEffect, useState } from 'preact/hooks';
import type { Person } from '../data/people.js';
import type { TeamDatabase, Verdict } from '../data/team.js';
import { VERDICTS } from './verdict-words.js';

interface Props {
  db: TeamDatabase;
  person: Person;
  id: string;
  verdict: Verdict | undefined;
}

type Result = Verdict['result'];
const RESULTS = Object.entries(VERDICTS) as [Result, string][];

/** The verdict on an inspection. It is given as a whole, by one person. */
export function VerdictForm({ db, person, id, verdict }: Props) {
  const [result, setResult] = useState(verdict?.result);
  const [note, setNote] = useState(verdict?.note ?? '');
  const [edited, setEdited] = useState(false);
  useEffect(() => {
    if (edited) return;
    setResult(verdict?.result);
    setNote(verdict?.note ?? '');
  }, [verdict, edited]);

  const record = async (event: Event) => {
    event.preventDefault();
    if (!result) return;
    await db.put('verdicts', { id, result, by: person.name, ...(note.trim() !== '' && { note: note.trim() }) });
    setEdited(false);
  };

  return (
    <form class="block verdict" aria-labelledby="verdict" onSubmit={event => void record(event)}>
      <h2 id="verdict">Verdict</h2>
      <p class="hint">Two different ones are never merged: a person decides.</p>
      <fieldset class="segments">
        <legend class="sr">Result</legend>
        {RESULTS.map(([value, text]) => (
          <label key={value} class={value}>
            <input
              type="radio"
              name="result"
              checked={result === value}
              onChange={() => {
                setEdited(true);
                setResult(value);
              }}
            />
            <span>{text}</span>
          </label>
        ))}
      </fieldset>
      <label class="field">
        <span class="field-name">Note</span>
        <textarea
          rows={3}
          maxLength={2000}
          value={note}
          onInput={event => {
            setEdited(true);
            setNote(event.currentTarget.value);
          }}
        />
      </label>
      <div class="row spread">
        <p class="hint">{verdict?.by ? `Recorded by ${verdict.by}` : 'Nobody has recorded one yet.'}</p>
        <button type="submit" class="button" disabled={!edited || !result}>
          Record verdict
        </button>
      </div>
    </form>
  );
}
