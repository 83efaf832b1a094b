import type { Person } from '../data/people.js';

/** Somebody's initials, in a colour of their own. The name stands beside it. */
export function Initials({ person }: { person: Person }) {
  return (
    <span class={`initials ${person.id}`} aria-hidden="true">
      {person.name
        .split(' ')
        .map(word => word[0])
        .join('')}
    </span>
  );
}
