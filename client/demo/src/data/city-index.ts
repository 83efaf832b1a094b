import { fold } from './fold.js';
import type { CitiesRecord } from './stores.js';

/** A city as the index holds it. */
export interface City extends CitiesRecord {
  key: number;
}

/** What a search found. */
export interface Found {
  /** The best ones, best first. */
  cities: City[];
  /** All there are. */
  total: number;
}

/** Reads records by their keys. */
export interface CityReader {
  /** The records after a key, in the order of keys. */
  after(key: number, limit: number): Promise<{ keys: number[]; values: CitiesRecord[] }>;
  get(key: number): Promise<CitiesRecord | undefined>;
}

/** Cities read at once: few enough that the page does not notice. */
const CHUNK = 1500;

/**
 * The cities in memory, for what IndexedDB cannot search: any part of a name, without regard to case and accents. It is filled from the database in the order of keys,
 * also while they are still being loaded.
 */
export class CityIndex {
  readonly #cities: City[] = [];
  readonly #names: string[] = [];
  readonly #countries = new Intl.DisplayNames(['en'], { type: 'region' });
  readonly #countryNames = new Map<string, string>();
  #last = 0;

  get size(): number {
    return this.#cities.length;
  }

  at(position: number): City {
    return this.#cities[position]!;
  }

  get(key: number): City | undefined {
    const position = this.#positionOf(key);
    return position < 0 ? undefined : this.#cities[position];
  }

  /** The English name of a country. */
  countryOf(code: string): string {
    let name = this.#countryNames.get(code);
    if (name === undefined) {
      try {
        name = this.#countries.of(code) ?? code;
      } catch {
        // Not a code that this browser knows; a job on the cluster may have written anything.
        name = code;
      }
      this.#countryNames.set(code, name);
    }
    return name;
  }

  /**
   * Reads what has come since the last time.
   * @returns false when there was nothing
   */
  async extend(reader: CityReader): Promise<boolean> {
    const { keys, values } = await reader.after(this.#last, CHUNK);
    keys.forEach((key, i) => {
      this.#cities.push({ ...values[i]!, key });
      this.#names.push(fold(values[i]!.name));
    });
    this.#last = keys.at(-1) ?? this.#last;
    return keys.length > 0;
  }

  /** Reads cities again that have changed. Those that were not read yet will be. */
  async refresh(keys: readonly number[], reader: CityReader): Promise<void> {
    for (const key of keys) {
      const position = this.#positionOf(key);
      if (position < 0) continue;
      const value = await reader.get(key);
      // One that is gone keeps its place, and a name that nobody finds.
      this.#cities[position] = value ? { ...value, key } : { key, name: '', country: '', lat: 0, lng: 0 };
      this.#names[position] = value ? fold(value.name) : '';
    }
  }

  /** Finds by a part of the name and, after a comma, the beginning of the country or the region. */
  search(text: string, limit: number): Found {
    const [name = '', where = ''] = text.split(',').map(part => fold(part.trim()));
    if (name === '' && where === '') return { cities: [], total: 0 };
    const ranks: number[][] = [[], [], [], []];
    let total = 0;
    for (let i = 0; i < this.#names.length; i++) {
      const rank = rankOf(this.#names[i]!, name);
      if (rank < 0 || (where !== '' && !this.#isIn(this.#cities[i]!, where))) continue;
      total++;
      if (ranks[rank]!.length < limit) ranks[rank]!.push(i);
    }
    return {
      cities: ranks
        .flat()
        .slice(0, limit)
        .map(i => this.#cities[i]!),
      total,
    };
  }

  #isIn(city: City, where: string): boolean {
    return (
      city.country.toLowerCase() === where ||
      fold(this.countryOf(city.country)).startsWith(where) ||
      fold(city.admin1 ?? '').startsWith(where)
    );
  }

  #positionOf(key: number): number {
    let [low, high] = [0, this.#cities.length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = this.#cities[middle]!.key;
      if (found === key) return middle;
      if (found < key) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }
}

/** 0: the name itself, 1: its beginning, 2: the beginning of a word, 3: anywhere, -1: not at all. */
function rankOf(name: string, part: string): number {
  const at = name.indexOf(part);
  if (at < 0 || name === '') return -1;
  if (at === 0) return name.length === part.length ? 0 : 1;
  return /[\s\-'(]/.test(name[at - 1]!) ? 2 : 3;
}
