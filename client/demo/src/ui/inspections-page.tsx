import type { Person } from '../data/people.js';
import type { Register } from '../data/register.js';
import type { TeamDatabase } from '../data/team.js';
import { useLive } from '../data/use-live.js';
import { InspectionDetail } from './inspection-detail.js';
import { InspectionList } from './inspection-list.js';

interface Props {
  db: TeamDatabase;
  person: Person;
  register: Register;
  selected: string | undefined;
  onCreate: () => void;
}

/** The team's inspections, and one of them in full. */
export function InspectionsPage({ db, person, register, selected, onCreate }: Props) {
  const inspections = useLive(db, ['todos'], () => db.getAll('todos'));
  const verdicts = useLive(db, ['verdicts'], () => db.getAll('verdicts'));
  const inspection = inspections?.find(one => one.id === selected);
  return (
    <div class={selected === undefined ? 'split' : 'split has-detail'}>
      <section class="split-list" aria-label="List of inspections">
        <InspectionList db={db} inspections={inspections} verdicts={verdicts ?? []} selected={selected} onCreate={onCreate} />
      </section>
      <section key={inspection?.id} class="split-detail" aria-label="Inspection">
        {inspection ? (
          <InspectionDetail
            db={db}
            person={person}
            register={register}
            inspection={inspection}
            verdict={verdicts?.find(verdict => verdict.id === inspection.id)}
          />
        ) : (
          <p class="empty">
            {selected === undefined || !inspections ? 'Choose an inspection to see it here.' : 'This inspection is not there any more.'}
          </p>
        )}
      </section>
    </div>
  );
}
