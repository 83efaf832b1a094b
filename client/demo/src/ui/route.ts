import { useEffect, useState } from 'preact/hooks';

/** Where in the app somebody is; it stands in the address after `#/`. */
export type Route = { page: 'inspections'; id?: string } | { page: 'places'; key?: number } | { page: 'together' };

export const inspectionHref = (id: string): string => `#/inspections/${encodeURIComponent(id)}`;
export const placeHref = (key: number): string => `#/places/${key}`;

/** Reads an address; one that means nothing is the first page. */
export function parseRoute(hash: string): Route {
  const [page, part] = hash.replace(/^#\/?/, '').split('/');
  if (page === 'together') return { page };
  if (page === 'places') return part && /^\d+$/.test(part) ? { page, key: Number(part) } : { page };
  return part ? { page: 'inspections', id: decodeURIComponent(part) } : { page: 'inspections' };
}

/**
 * Where somebody is, and again whenever they go elsewhere.
 * @param leave is called before, while what they leave is still shown
 */
export function useRoute(leave: (route: Route) => void): Route {
  const [route, setRoute] = useState(() => parseRoute(location.hash));
  useEffect(() => {
    const follow = ({ oldURL }: HashChangeEvent) => {
      leave(parseRoute(new URL(oldURL).hash));
      setRoute(parseRoute(location.hash));
    };
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, [leave]);
  return route;
}
