import { useState } from 'preact/hooks';
import { Cross } from './icons.js';

interface Props {
  labels: readonly string[];
  onAdd: (label: string) => void;
  onRemove: (label: string) => void;
}

/** The labels of an inspection. */
export function Labels({ labels, onAdd, onRemove }: Props) {
  const [text, setText] = useState('');
  const add = (event: Event) => {
    event.preventDefault();
    const label = text.trim().toLowerCase();
    setText('');
    if (label !== '' && !labels.includes(label)) onAdd(label);
  };
  return (
    <section class="block" aria-labelledby="labels">
      <h2 id="labels">Labels</h2>
      <p class="hint">A set: what several people add at the same time is all in.</p>
      <ul class="labels">
        {labels.map(label => (
          <li key={label} class="label">
            {label}
            <button type="button" aria-label={`Remove label ${label}`} onClick={() => onRemove(label)}>
              <Cross />
            </button>
          </li>
        ))}
        <li>
          <form class="row" onSubmit={add}>
            <input
              type="text"
              class="label-input"
              aria-label="New label"
              placeholder="Add a label"
              maxLength={50}
              value={text}
              onInput={event => setText(event.currentTarget.value)}
            />
            <button type="submit" class="button quiet small" disabled={text.trim() === ''}>
              Add
            </button>
          </form>
        </li>
      </ul>
    </section>
  );
}
