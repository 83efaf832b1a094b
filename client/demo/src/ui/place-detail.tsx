import type { City } from '../data/city-index.js';
import type { Register } from '../data/register.js';
import type { CitiesRecord } from '../data/stores.js';
import type { Place } from '../data/team.js';
import { DraftField } from './draft-field.js';
import { formatPosition } from './format.js';
import { Back, Plus } from './icons.js';
import { placeOf } from './place-picker.js';

interface Props {
  register: Register;
  city: City;
  onInspect: (place: Place) => void;
}

/** One place. What is put right here is so for everybody: of two edits, the later one holds. */
export function PlaceDetail({ register, city, onInspect }: Props) {
  const patch = (fields: Partial<CitiesRecord>) => void register.db.then(db => db.patch('cities', city.key, fields));
  return (
    <article class="detail">
      <div class="row spread detail-tools">
        <a class="button quiet small back" href="#/places">
          <Back />
          All places
        </a>
        <button type="button" class="button primary small" onClick={() => onInspect(placeOf(city))}>
          <Plus />
          Plan an inspection here
        </button>
      </div>
      <DraftField class="title-field" label="Name" hideLabel value={city.name} onCommit={name => patch({ name })} />
      <dl class="facts">
        <dt>Country</dt>
        <dd>{register.index.countryOf(city.country)}</dd>
        <dt>Region</dt>
        <dd>{city.admin1 || 'not known'}</dd>
        <dt>Position</dt>
        <dd>{formatPosition(city.lat, city.lng)}</dd>
      </dl>
      <DraftField
        class="short"
        label="Population"
        numeric
        value={city.population === undefined ? '' : String(city.population)}
        onCommit={text => {
          const population = Number(text);
          if (Number.isSafeInteger(population) && population >= 0) patch({ population });
        }}
      />
      <p class="hint">Corrections go to everybody who uses the register.</p>
    </article>
  );
}
