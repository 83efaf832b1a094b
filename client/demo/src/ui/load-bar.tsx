import { useObservable } from '../data/observable.js';
import type { Register, RegisterState } from '../data/register.js';
import { formatCount } from './format.js';

/** How far the register of places is; nothing when it is here. */
export function LoadBar({ register }: { register: Register }) {
  const state = useObservable(register.state);
  if (state.phase === 'ready') return null;
  const of = state.total > 0 ? ` of ${formatCount(state.total)}` : '';
  return (
    <div class="load-bar">
      <label for="load">{textOf(state)}</label>
      <progress id="load" max={state.total || 1} {...(state.total > 0 && { value: state.loaded })} />
      <output for="load">
        {formatCount(state.loaded)}
        {of}
      </output>
    </div>
  );
}

function textOf({ phase, loaded, total }: RegisterState): string {
  if (phase === 'preparing') return 'First start: the stack puts the places on its cluster';
  return total > 0 && loaded >= total ? 'Checking that nothing is left over' : 'Loading places to this device';
}
