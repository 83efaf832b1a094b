import { isDeepStrictEqual } from 'node:util';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Todo } from '../page/app.js';

/** How long something may take that a spec waits for, in milliseconds. */
export const PATIENCE_MS = 60_000;

/** Every todo of a tab's device, by id. */
export function readTodos(page: Page): Promise<Record<string, Todo>> {
  return page.evaluate(async () => Object.fromEntries((await window.db.getAll('todos')).map(todo => [todo.id, todo])));
}

/** Pushes and pulls to the end. */
export function syncNow(page: Page): Promise<void> {
  return page.evaluate(() => window.db.syncNow());
}

/** Edits that a tab's device has and the server has not settled. */
export function pending(page: Page): Promise<number> {
  return page.evaluate(async () => (await window.db.status()).pending);
}

/** Waits until a value is what it should be. */
export function eventually<T>(read: () => Promise<T>) {
  return expect.poll(read, { timeout: PATIENCE_MS, interval: 100 });
}

/** Waits until a device has pushed all that it has. */
export async function allPushed(page: Page): Promise<void> {
  await eventually(() => pending(page)).toBe(0);
}

/** How a tab's database stands, in a word. */
export const stateOf = (page: Page): Promise<string> => page.evaluate(async () => (await window.db.status()).state);

/** True in the tab that syncs. */
export const leads = (page: Page): Promise<boolean> => page.evaluate(async () => (await window.db.status()).leader);

/** How often a tab's app was told of an event. */
export const told = (page: Page, name: string): Promise<number> =>
  page.evaluate(name => window.events.filter(event => event.name === name).length, name);

/** Waits until tabs have nothing to push and show the same todos, and answers those. */
export async function converged(...pages: Page[]): Promise<Record<string, Todo>> {
  await Promise.all(pages.map(allPushed));
  let shown: Record<string, Todo>[] = [];
  await eventually(async () => {
    shown = await Promise.all(pages.map(readTodos));
    return shown.every(todos => isDeepStrictEqual(todos, shown[0]));
  }).toBe(true);
  return shown[0]!;
}
