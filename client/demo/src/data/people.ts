/** Somebody of the team. */
export interface Person {
  /** The user of the token, and of the database on this device. */
  id: string;
  name: string;
  trade: string;
}

export const PEOPLE: readonly Person[] = [
  { id: 'ada', name: 'Ada Okafor', trade: 'Structures' },
  { id: 'ben', name: 'Ben Larsen', trade: 'Electrical' },
  { id: 'chloe', name: 'Chloé Martin', trade: 'Lifting gear' },
  { id: 'dmitri', name: 'Dmitri Sala', trade: 'Water and gas' },
];

const CHOSEN = 'fieldbook.person';

/** Who uses this page: named in its address, as in a pane, or chosen before; undefined: nobody yet. */
export function currentPerson(): Person | undefined {
  const id = new URLSearchParams(location.search).get('as') ?? localStorage.getItem(CHOSEN);
  return PEOPLE.find(person => person.id === id);
}

/** Keeps who uses this browser; undefined: nobody. */
export function choosePerson(person: Person | undefined): void {
  if (person) localStorage.setItem(CHOSEN, person.id);
  else localStorage.removeItem(CHOSEN);
}

/** True where the address asks for what sync does to be written to the console. */
export const debugging = (): boolean => new URLSearchParams(location.search).has('debug');

/** True in one of two panes side by side. */
export const inPane = (): boolean => new URLSearchParams(location.search).has('as') && window.parent !== window;
