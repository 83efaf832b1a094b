import { useState } from 'preact/hooks';
import { currentTheme, setTheme, type Theme } from './theme.js';

const THEMES: readonly [Theme, string][] = [
  ['system', 'System'],
  ['light', 'Light'],
  ['dark', 'Dark'],
];

export function ThemeSwitch() {
  const [theme, choose] = useState(currentTheme);
  return (
    <fieldset class="segments">
      <legend class="sr">Theme</legend>
      {THEMES.map(([value, text]) => (
        <label key={value}>
          <input
            type="radio"
            name="theme"
            checked={theme === value}
            onChange={() => {
              setTheme(value);
              choose(value);
            }}
          />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  );
}
