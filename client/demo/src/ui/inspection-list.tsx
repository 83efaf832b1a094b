import { useState } from 'preact/hooks';
import { fold } from '../data/fold.js';
import type { Inspection, TeamDatabase, Verdict } from '../data/team.js';
import { usePending } from '../data/use-live.js';
import { daysUntil, formatDue, plural } from './format.js';
import { Plus, Upload } from './icons.js';
import { inspectionHref } from './route.js';
import { SearchField } from './search-field.js';
import { VERDICTS } from './verdict-words.js';

interface Props {
  db: TeamDatabase;
  inspections: readonly Inspection[] | undefined;
  verdicts: readonly Verdict[];
  selected: string | undefined;
  onCreate: () => void;
}

type Shown = 'open' | 'done' | 'all';
const SHOWN: readonly [Shown, string][] = [
  ['open', 'Open'],
  ['done', 'Done'],
  ['all', 'All'],
];

/** The inspections by when they are due. */
export function InspectionList({ db, inspections, verdicts, selected, onCreate }: Props) {
  const [shown, setShown] = useState<Shown>('open');
  const [text, setText] = useState('');
  const found = (inspections ?? []).filter(one => (shown === 'all' || (shown === 'done') === (one.done ?? false)) && matches(one, text));
  const pending = usePending(
    db,
    found.map(one => one.id),
  );
  const groups = groupByDue(found, Date.now());
  return (
    <>
      <div class="list-tools">
        <div class="row spread">
          <h1>Inspections</h1>
          <button type="button" class="button primary" onClick={onCreate}>
            <Plus />
            New
          </button>
        </div>
        <SearchField label="Search inspections" placeholder="Title, place or label" value={text} onInput={setText} />
        <fieldset class="segments">
          <legend class="sr">Which ones</legend>
          {SHOWN.map(([value, name]) => (
            <label key={value}>
              <input type="radio" name="shown" checked={shown === value} onChange={() => setShown(value)} />
              <span>{name}</span>
            </label>
          ))}
        </fieldset>
        <p class="sr" role="status">
          {plural(found.length, 'inspection')}
        </p>
      </div>
      {inspections && found.length === 0 && (
        <p class="empty">
          {inspections.length === 0 ? 'No inspections are on this device yet.' : 'Nothing here. Try other words, or look at all of them.'}
        </p>
      )}
      {groups.map(([name, members]) => (
        <section key={name} class="group" aria-label={name}>
          <h2 class={name === 'Overdue' ? 'late' : undefined}>{name}</h2>
          <ul>
            {members.map(one => (
              <Row
                key={one.id}
                inspection={one}
                verdict={verdicts.find(verdict => verdict.id === one.id)}
                pending={pending.has(one.id)}
                current={one.id === selected}
                onDone={done => void db.patch('todos', one.id, { done })}
              />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

interface RowProps {
  inspection: Inspection;
  verdict: Verdict | undefined;
  pending: boolean;
  current: boolean;
  onDone: (done: boolean) => void;
}

function Row({ inspection, verdict, pending, current, onDone }: RowProps) {
  const { title, done = false, due, priority, votes = 0, place } = inspection;
  const details = [place?.name, due && formatDue(due, Date.now()), votes > 0 && plural(votes, 'finding')].filter(Boolean);
  return (
    <li class={current ? 'item current' : 'item'}>
      <input
        type="checkbox"
        class="tick"
        aria-label={`Done: ${title}`}
        checked={done}
        onChange={event => onDone(event.currentTarget.checked)}
      />
      <a href={inspectionHref(inspection.id)} aria-current={current ? 'true' : undefined}>
        <span class={done ? 'item-title done' : 'item-title'}>{title || 'Without a title'}</span>
        <span class="item-facts">{details.join(' · ')}</span>
      </a>
      <span class="item-marks">
        {pending && (
          <span class="unsent" title="Not sent yet">
            <Upload />
            <span class="sr">Not sent yet</span>
          </span>
        )}
        {verdict && <span class={`chip ${verdict.result}`}>{VERDICTS[verdict.result]}</span>}
        {priority === 'high' && !done && !verdict && <span class="chip high">High</span>}
      </span>
    </li>
  );
}

function matches({ title, place, tags }: Inspection, text: string): boolean {
  const wanted = fold(text.trim());
  return wanted === '' || [title, place?.name ?? '', ...(tags ?? [])].some(one => fold(one).includes(wanted));
}

function groupByDue(inspections: readonly Inspection[], nowMs: number): [string, Inspection[]][] {
  const names = ['Overdue', 'Today', 'Within a week', 'Later', 'No date', 'Done'];
  const groups = new Map<string, Inspection[]>(names.map(name => [name, []]));
  const ascending = [...inspections].sort((a, b) => (a.due?.getTime() ?? 0) - (b.due?.getTime() ?? 0) || a.title.localeCompare(b.title));
  for (const one of ascending) groups.get(groupOf(one, nowMs))!.push(one);
  return [...groups].filter(([, members]) => members.length > 0);
}

function groupOf({ done, due }: Inspection, nowMs: number): string {
  if (done) return 'Done';
  if (!due) return 'No date';
  const days = daysUntil(due, nowMs);
  if (days < 0) return 'Overdue';
  if (days === 0) return 'Today';
  return days <= 7 ? 'Within a week' : 'Later';
}
