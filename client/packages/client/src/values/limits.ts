/** Levels of containers in a value, unless the server says otherwise. */
export const DEFAULT_DEPTH = 64;
/** Canonical bytes of a value, unless the server says otherwise. */
export const DEFAULT_VALUE_BYTES = 262_144;
