import { useLayoutEffect } from 'preact/hooks';
import type { Route } from './route.js';

/** Where the list of each page was left, in pixels. */
const left = new Map<Route['page'], number>();

/** True where a record takes the place of the list; inspections.css has the same width. */
const inOneColumn = (): boolean => matchMedia('(max-width: 60rem)').matches;

/** What of a page is shown in full; undefined: its list alone. */
const recordOf = (route: Route): string | number | undefined => ('id' in route ? route.id : 'key' in route ? route.key : undefined);

/** Notes where a list is left. */
export function leave(route: Route): void {
  if (recordOf(route) === undefined || !inOneColumn()) left.set(route.page, scrollY);
}

/** Shows a record that takes the list's place from its top, and a list again where it was left. */
export function useScroll(route: Route): void {
  const { page } = route;
  const record = recordOf(route);
  useLayoutEffect(() => {
    // The browser would scroll before the page is another one.
    history.scrollRestoration = 'manual';
  }, []);
  useLayoutEffect(() => scrollTo(0, left.get(page) ?? 0), [page]);
  useLayoutEffect(() => {
    if (inOneColumn()) scrollTo(0, record === undefined ? (left.get(page) ?? 0) : 0);
  }, [page, record]);
}
