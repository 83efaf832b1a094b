import type { FrameLocator, Page } from 'playwright-core';
import { eventually } from './app.js';

/** A page of the demo, or one of its two panes. */
export type View = Page | FrameLocator;

/** What the badge says of sync. */
export const badge = (view: View): Promise<string> => view.getByRole('button', { name: /^Sync:/ }).innerText();

/** Waits until a person has nothing to send and nothing to get. */
export const inStep = (view: View): Promise<void> => eventually(() => badge(view)).toMatch(/In step/) as unknown as Promise<void>;

/** Opens an inspection of the list. */
export async function openInspection(view: View, title: string): Promise<void> {
  await view.getByRole('link', { name: title }).click();
  await view.getByRole('heading', { name: 'Findings' }).waitFor();
}

/** The demo's own switch: that of the network is of the browser, and of both panes. */
export async function goOffline(view: View, offline: boolean): Promise<void> {
  await view.getByRole('switch', { name: 'Offline' }).setChecked(offline);
}

/** How many findings an inspection has. */
export const findings = (view: View): Promise<string> => view.getByRole('group', { name: 'Findings' }).locator('output').innerText();

/** The labels of an inspection, in alphabetical order. */
export async function labels(view: View): Promise<string[]> {
  const texts = await view
    .getByRole('button', { name: /^Remove label/ })
    .evaluateAll(buttons => buttons.map(button => button.getAttribute('aria-label')!));
  return texts.map(text => text.replace('Remove label ', '')).sort();
}

/** Adds a label. */
export async function addLabel(view: View, label: string): Promise<void> {
  await view.getByRole('textbox', { name: 'New label' }).fill(label);
  await view.getByRole('textbox', { name: 'New label' }).press('Enter');
}

/** Records a verdict. */
export async function recordVerdict(view: View, result: string, note: string): Promise<void> {
  await view.getByRole('radio', { name: result }).check();
  await view.getByRole('textbox', { name: 'Note' }).fill(note);
  await view.getByRole('button', { name: 'Record verdict' }).click();
}
