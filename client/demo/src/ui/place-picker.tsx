import { useId, useState } from 'preact/hooks';
import type { City } from '../data/city-index.js';
import { useObservable } from '../data/observable.js';
import { type Register, useComplete } from '../data/register.js';
import type { Place } from '../data/team.js';
import { formatCount } from './format.js';

interface Props {
  register: Register;
  place: Place | undefined;
  onChoose: (place: Place) => void;
}

const OFFERED = 8;

/** What a city is called as the place of an inspection. */
export const placeOf = ({ name, country, lat, lng }: City): Place => ({ name: `${name}, ${country}`, lat, lng });

/** A field that offers cities as one types. */
export function PlacePicker({ register, place, onChoose }: Props) {
  const id = useId();
  const version = useObservable(register.version);
  const complete = useComplete(register);
  const [draft, setDraft] = useState<string>();
  const [active, setActive] = useState(0);
  const offered = draft === undefined || draft.trim() === '' ? [] : register.index.search(draft, OFFERED).cities;
  const open = draft !== undefined && draft.trim() !== '';

  const choose = (city: City | undefined) => {
    setDraft(undefined);
    if (city) onChoose(placeOf(city));
  };
  const press = (event: KeyboardEvent) => {
    if (!open) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setActive((active + (event.key === 'ArrowDown' ? 1 : -1) + offered.length) % Math.max(1, offered.length));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      choose(offered[active]);
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      event.preventDefault();
      setDraft(undefined);
    }
  };

  return (
    <div class="field picker">
      <label class="field-name" for={`${id}-input`}>
        Place
      </label>
      <input
        id={`${id}-input`}
        type="text"
        role="combobox"
        autocomplete="off"
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={open && offered[active] ? `${id}-${active}` : undefined}
        placeholder={version === 0 ? 'Places are being loaded' : `Search ${formatCount(register.index.size)} places`}
        value={draft ?? place?.name ?? ''}
        onInput={event => {
          setDraft(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={press}
        onBlur={() => setDraft(undefined)}
      />
      <ul id={`${id}-list`} class="options" role="listbox" aria-label="Places" hidden={!open}>
        {offered.map((city, i) => (
          // The field must not lose the focus before the press counts.
          <li
            key={city.key}
            id={`${id}-${i}`}
            role="option"
            aria-selected={i === active}
            onMouseDown={event => event.preventDefault()}
            onClick={() => choose(city)}
          >
            <span>{city.name}</span>
            <small>{[city.admin1, register.index.countryOf(city.country)].filter(Boolean).join(', ')}</small>
          </li>
        ))}
        {open && offered.length === 0 && <li class="none">{complete ? 'No such place' : 'No such place so far: more are being loaded'}</li>}
      </ul>
    </div>
  );
}
