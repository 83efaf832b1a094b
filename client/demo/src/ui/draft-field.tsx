import { useState } from 'preact/hooks';

interface Props {
  label: string;
  hideLabel?: boolean;
  class?: string;
  value: string;
  /** Digits only, and the keyboard for them. */
  numeric?: boolean;
  maxLength?: number;
  /** Called when the field is left, or Enter pressed, with another text in it. */
  onCommit: (value: string) => void;
}

/** A text that is kept when it is left. While it is edited, what others write does not move under the cursor; Escape takes the edit back. */
export function DraftField({ label, hideLabel = false, class: kind = '', value, numeric = false, maxLength, onCommit }: Props) {
  const [draft, setDraft] = useState<string>();
  const commit = () => {
    const text = draft?.trim();
    setDraft(undefined);
    if (text !== undefined && text !== '' && text !== value) onCommit(text);
  };
  return (
    <label class={`field ${kind}`}>
      <span class={hideLabel ? 'sr' : 'field-name'}>{label}</span>
      <input
        type="text"
        inputMode={numeric ? 'numeric' : undefined}
        value={draft ?? value}
        maxLength={maxLength}
        onInput={event => setDraft(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={event => {
          if (event.key === 'Enter') event.currentTarget.blur();
          if (event.key === 'Escape') setDraft(undefined);
        }}
      />
    </label>
  );
}
