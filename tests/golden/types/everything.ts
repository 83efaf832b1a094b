// Written by `dotnet run --project local/Cli -- types` from the store files. Change those, and run it again.

/** A record of store all-of.it. */
export type AllOfItRecord = {
  at: Date;
  n: number;
  id?: string | number;
  /** Raw * / bytes. */
  bytes?: Uint8Array;
  big?: bigint;
  map?: Map<unknown, unknown>;
  names?: Set<string>;
  any?: unknown;
  never?: never;
  open?: Record<string, unknown>;
  empty?: Record<string, never>;
  pair?: [string, number?];
  mixed?: (string | null)[];
  kind?: 'a' | 'it\'s' | 1 | null;
  one?: true;
  both?: {
    x: number;
    [other: string]: unknown;
  } & {
    y?: number;
    [other: string]: unknown;
  };
  'some-name'?: boolean;
  tree?: {
    left?: {
      left?: {
        left?: unknown;
        [other: string]: unknown;
      };
      [other: string]: unknown;
    };
    [other: string]: unknown;
  };
  extra: unknown;
  [other: string]: unknown;
};

/** The stores by name: the schema of the client's database. */
export type Stores = {
  'all-of.it': { key: [Date, number]; value: AllOfItRecord };
};

/** Where each store has its keys, and its fields whose concurrent edits never conflict. */
export const stores = {
  'all-of.it': { keyPath: ['at', 'n'], kinds: { '/n': 'counter' } },
} as const;
