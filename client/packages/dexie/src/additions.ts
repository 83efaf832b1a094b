import { child, encodeValue, type PatchVerbs } from '@myriadsync/client/addon';
import type { StoreConfig } from '@myriadsync/client/engine';
import { type DBCorePutRequest, Dexie, PropModification } from 'dexie';

/** What an update adds to fields, and takes out of them, by Dexie's `add` and `remove`. */
export interface Additions {
  key: IDBValidKey;
  verbs: PatchVerbs;
  /** Key paths of those fields. */
  paths: string[];
}

type Spec = { [keyPath: string]: unknown };

/** The additions of each row of a request; undefined for those that have none. */
export function additionsOf(request: DBCorePutRequest, store: StoreConfig): (Additions | undefined)[] {
  const { values, keys, changeSpec, updates } = request;
  if (!changeSpec && !updates) return [];
  // Rows that were not there are left out of the values, and not of the updates.
  let at = 0;
  return values.map((value: object, i) => {
    const key = (store.keyPath === null ? keys![i] : Dexie.getByKeyPath(value, store.keyPath)) as IDBValidKey;
    if (changeSpec) return additions(key, changeSpec);
    while (at < updates!.keys.length && indexedDB.cmp(updates!.keys[at], key) !== 0) at += 1;
    return additions(key, updates!.changeSpecs[at++] ?? {});
  });
}

function additions(key: IDBValidKey, spec: Spec): Additions | undefined {
  const verbs: Required<Pick<PatchVerbs, 'inc' | 'add' | 'remove'>> = { inc: {}, add: {}, remove: {} };
  const paths: string[] = [];
  for (const [path, change] of Object.entries(spec)) {
    if (!(change instanceof PropModification)) continue;
    const { add, remove } = change['@@propmod'];
    const pointer = path.split('.').reduce(child, '');
    if (Array.isArray(add)) verbs.add[pointer] = add.map(element => encodeValue(element));
    else if (Array.isArray(remove)) verbs.remove[pointer] = remove.map(element => encodeValue(element));
    else if (add !== undefined) verbs.inc[pointer] = encodeValue(add);
    else if (remove !== undefined) verbs.inc[pointer] = encodeValue(-remove);
    else continue;
    paths.push(path);
  }
  if (paths.length === 0) return undefined;
  return { key, verbs: Object.fromEntries(Object.entries(verbs).filter(([, fields]) => Object.keys(fields).length > 0)), paths };
}
