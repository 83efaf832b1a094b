import { Search } from './icons.js';

interface Props {
  label: string;
  placeholder: string;
  value: string;
  onInput: (value: string) => void;
}

/** What is looked for in the list below it. */
export function SearchField({ label, placeholder, value, onInput }: Props) {
  return (
    <div class="search-field">
      <Search />
      <input
        type="search"
        aria-label={label}
        placeholder={placeholder}
        value={value}
        onInput={event => onInput(event.currentTarget.value)}
      />
    </div>
  );
}
