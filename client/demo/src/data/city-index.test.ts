import { describe, expect, it } from 'vitest';
import { CityIndex, type CityReader } from './city-index.js';
import type { CitiesRecord } from './stores.js';

const CITIES: [number, CitiesRecord][] = [
  [1, { name: 'Newport', country: 'GB', lat: 51.6, lng: -3, admin1: 'Wales' }],
  [2, { name: 'Porto', country: 'PT', lat: 41.1, lng: -8.6, admin1: 'Porto' }],
  [4, { name: 'Pôrto Alegre', country: 'BR', lat: -30, lng: -51.2, admin1: 'Rio Grande do Sul' }],
  [5, { name: 'Vila do Porto', country: 'PT', lat: 36.9, lng: -25.1, admin1: 'Azores' }],
];

function readerOf(records: Map<number, CitiesRecord>): CityReader {
  return {
    after: async (key, limit) => {
      const found = [...records].filter(([one]) => one > key).slice(0, limit);
      return { keys: found.map(([one]) => one), values: found.map(([, value]) => value) };
    },
    get: async key => records.get(key),
  };
}

async function filled() {
  const records = new Map(CITIES);
  const index = new CityIndex();
  await index.extend(readerOf(records));
  return { index, records, reader: readerOf(records) };
}

const namesOf = (index: CityIndex, text: string) => index.search(text, 10).cities.map(city => city.name);

describe('a search', () => {
  it('puts the name itself first, then beginnings, then words, then anywhere, and knows no accents', async () => {
    const { index } = await filled();

    expect(namesOf(index, 'PORTO')).toEqual(['Porto', 'Pôrto Alegre', 'Vila do Porto']);
    expect(namesOf(index, 'port')).toEqual(['Porto', 'Pôrto Alegre', 'Vila do Porto', 'Newport']);
  });

  it('takes what follows a comma for the country or the region', async () => {
    const { index } = await filled();

    expect(namesOf(index, 'porto, portugal')).toEqual(['Porto', 'Vila do Porto']);
    expect(namesOf(index, 'porto, rio')).toEqual(['Pôrto Alegre']);
    expect(namesOf(index, ', gb')).toEqual(['Newport']);
  });

  it('counts all and gives the best', async () => {
    const { index } = await filled();

    expect(index.search('port', 1)).toMatchObject({ total: 4, cities: [{ name: 'Porto' }] });
    expect(index.search(' ', 1)).toEqual({ total: 0, cities: [] });
  });
});

describe('an index', () => {
  it('takes what has come since, in the order of keys', async () => {
    const { index, records, reader } = await filled();
    records.set(9, { name: 'Oporto', country: 'XX', lat: 0, lng: 0 });

    expect(await index.extend(reader)).toBe(true);
    expect(await index.extend(reader)).toBe(false);
    expect(namesOf(index, 'oporto')).toEqual(['Oporto']);
  });

  it('shows what has changed, and nothing of what is gone', async () => {
    const { index, records, reader } = await filled();
    records.set(2, { ...records.get(2)!, name: 'O Porto' });
    records.delete(5);

    await index.refresh([2, 5, 77], reader);

    expect(namesOf(index, 'porto')).toEqual(['Pôrto Alegre', 'O Porto']);
    expect(index.get(2)).toMatchObject({ key: 2, name: 'O Porto' });
  });
});
