/** `system`: as the device has it. */
export type Theme = 'system' | 'light' | 'dark';

const KEY = 'fieldbook.theme';

export function currentTheme(): Theme {
  const kept = localStorage.getItem(KEY);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}

export function setTheme(theme: Theme): void {
  if (theme === 'system') localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, theme);
  apply();
}

/** Shows the theme that was chosen, here or in another tab or pane. */
export function followTheme(): void {
  apply();
  addEventListener('storage', event => {
    if (event.key === KEY) apply();
  });
}

function apply(): void {
  const theme = currentTheme();
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
