import { useEffect, useState } from 'preact/hooks';

/** Long enough for a key to be followed by the next one, too short to be noticed. */
const DEFER_MS = 60;

/** A value, a moment after it came to rest. */
export function useDeferred<T>(value: T): T {
  const [deferred, setDeferred] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setDeferred(() => value), DEFER_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return deferred;
}
