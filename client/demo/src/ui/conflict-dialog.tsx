import type { Decision, EditProblem } from '@myriadsync/client';
import { useEffect, useState } from 'preact/hooks';
import type { Person } from '../data/people.js';
import type { TeamDatabase } from '../data/team.js';
import { Dialog } from './dialog.js';
import { combined, differences, type Side, wordsOf } from './differences.js';

interface Props {
  db: TeamDatabase;
  person: Person;
  conflicts: readonly EditProblem[];
  onClose: () => void;
}

/** What was edited differently by two people, one record at a time, side by side. */
export function ConflictDialog({ db, person, conflicts, onClose }: Props) {
  const conflict = conflicts[0]!;
  const [title, setTitle] = useState('');
  const [taken, setTaken] = useState<{ [field: string]: Side }>({});
  const [message, setMessage] = useState('');
  const rows = differences(conflict.ours, conflict.theirs);
  const sideOf = (field: string): Side => taken[field] ?? 'ours';
  const differing = rows.filter(row => row.differs);

  useEffect(() => {
    setTaken({});
    setMessage('');
    void db.get('todos', String(conflict.key)).then(inspection => setTitle(inspection?.title ?? ''));
  }, [conflict.id]);

  const decide = async (decision: Decision) => {
    setMessage('');
    try {
      await db.resolve(conflict.id, decision);
      if (conflicts.length === 1) onClose();
    } catch (error) {
      setMessage(error instanceof Error ? error.message : String(error));
    }
  };
  const takeAll = (side: Side) => setTaken(Object.fromEntries(differing.map(row => [row.field, side])));
  const save = () => {
    const sides = new Set(differing.map(row => sideOf(row.field)));
    if (sides.size === 1) return decide([...sides][0]!);
    return decide({ value: combined(rows, conflict.ours, conflict.theirs, sideOf) });
  };

  if (conflict.kind !== 'conflict' && conflict.kind !== 'unconfirmed')
    return (
      <Dialog title="An edit was not taken" onClose={onClose}>
        <p>{conflict.detail ?? conflict.reason ?? 'The server could not take this edit.'}</p>
        <p class="hint">The record shows what the server has.</p>
        <div class="row end">
          <button type="button" class="button primary" onClick={() => void decide('theirs')}>
            I have seen it
          </button>
        </div>
      </Dialog>
    );

  return (
    <Dialog title="Two verdicts, one inspection" kind="wide" onClose={onClose}>
      <p>
        You and somebody else recorded different verdicts on <strong>{title || 'an inspection'}</strong> without knowing of each other.
        Choose what holds.
      </p>
      <table class="compare">
        <thead>
          <tr>
            <td />
            {(['ours', 'theirs'] as const).map(side => (
              <th key={side} scope="col">
                <span>{side === 'ours' ? `Yours, ${person.name}` : 'On record'}</span>
                <button type="button" class="link" onClick={() => takeAll(side)}>
                  Choose all
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.field} class={row.differs ? 'differs' : undefined}>
              <th scope="row">{wordsOf(row.field)}</th>
              {(['ours', 'theirs'] as const).map(side => (
                <td key={side}>
                  {row.differs ? (
                    <label class="choice">
                      <input
                        type="radio"
                        name={`take-${row.field}`}
                        checked={sideOf(row.field) === side}
                        onChange={() => setTaken({ ...taken, [row.field]: side })}
                      />
                      <span>{wordsOf(row[side])}</span>
                    </label>
                  ) : (
                    wordsOf(row[side])
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="error" role="alert">
        {message}
      </p>
      <div class="row end">
        <button type="button" class="button quiet" onClick={onClose}>
          Decide later
        </button>
        <button type="button" class="button primary" onClick={() => void save()}>
          Save decision
        </button>
      </div>
    </Dialog>
  );
}
