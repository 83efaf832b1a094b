import { useState } from 'preact/hooks';
import type { Found } from '../data/city-index.js';
import { useObservable } from '../data/observable.js';
import { type Register, useComplete } from '../data/register.js';
import type { Place } from '../data/team.js';
import { formatCount, plural } from './format.js';
import { PlaceDetail } from './place-detail.js';
import { placeHref } from './route.js';
import { SearchField } from './search-field.js';
import { useDeferred } from './use-deferred.js';
import { WorldMap } from './world-map.js';

interface Props {
  register: Register;
  selected: number | undefined;
  onInspect: (place: Place) => void;
}

const SHOWN = 60;
const NOTHING: Found = { cities: [], total: 0 };

/** The register of places: search, a map of all of them, and one in full. */
export function PlacesPage({ register, selected, onInspect }: Props) {
  const version = useObservable(register.version);
  const [text, setText] = useState('');
  const wanted = useDeferred(text);
  const { index } = register;
  const soFar = useComplete(register) ? '' : ' so far';
  const found = wanted.trim() === '' ? NOTHING : index.search(wanted, SHOWN);
  const city = selected === undefined ? undefined : index.get(selected);
  return (
    <div class={selected === undefined ? 'split places' : 'split places has-detail'}>
      <section class="split-list" aria-label="Search places">
        <div class="list-tools">
          <h1>Places</h1>
          <SearchField label="Search places" placeholder="Gent, or San José, Costa Rica" value={text} onInput={setText} />
          <p class="hint" role="status">
            {wanted.trim() === '' ? `${formatCount(index.size)} places on this device${soFar}` : resultText(found, soFar)}
          </p>
        </div>
        <ul class="results">
          {found.cities.map(one => (
            <li key={one.key} class={one.key === selected ? 'item current' : 'item'}>
              <a href={placeHref(one.key)} aria-current={one.key === selected ? 'true' : undefined}>
                <span class="item-title">{one.name}</span>
                <span class="item-facts">{[one.admin1, index.countryOf(one.country)].filter(Boolean).join(', ')}</span>
              </a>
            </li>
          ))}
        </ul>
      </section>
      <section class="split-detail" aria-label="Map and place">
        <WorldMap index={index} version={version} found={found.cities} selected={city} />
        {city ? (
          <PlaceDetail key={city.key} register={register} city={city} onInspect={onInspect} />
        ) : (
          <p class="empty">
            {selected === undefined
              ? 'Each dot is a place of the register. Search for one to see it here.'
              : 'This place is not on this device.'}
          </p>
        )}
        <p class="fine">Places: GeoNames, CC BY 4.0.</p>
      </section>
    </div>
  );
}

function resultText({ cities, total }: Found, soFar: string): string {
  const count = plural(total, 'place') + soFar;
  return total > cities.length ? `${count}, the first ${cities.length} are shown` : count;
}
