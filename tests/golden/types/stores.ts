// Written by `dotnet run --project local/Cli -- types` from the store files. Change those, and run it again.

/** A record of store cities. */
export type CitiesRecord = {
  name: string;
  country: string;
  lat: number;
  lng: number;
  admin1?: string;
  admin2?: string;
  population?: number;
};

/** A record of store todos. */
export type TodosRecord = {
  id: string;
  title: string;
  done?: boolean;
  due?: Date;
  priority?: 'low' | 'normal' | 'high';
  votes?: number;
  tags?: string[];
  place?: {
    name?: string;
    lat?: number;
    lng?: number;
  };
};

/** A record of store verdicts. */
export type VerdictsRecord = {
  id: string;
  result: 'pass' | 'fail' | 'revisit';
  note?: string;
  by?: string;
};

/** The stores by name: the schema of the client's database. */
export type Stores = {
  cities: { key: IDBValidKey; value: CitiesRecord };
  todos: { key: string; value: TodosRecord };
  verdicts: { key: string; value: VerdictsRecord };
};

/** Where each store has its keys, and its fields whose concurrent edits never conflict. */
export const stores = {
  cities: { kinds: {} },
  todos: { keyPath: 'id', kinds: { '/tags': 'set', '/votes': 'counter' } },
  verdicts: { keyPath: 'id', kinds: {} },
} as const;
