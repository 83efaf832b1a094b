import type { RxCollection, RxDocumentData, WithDeleted } from 'rxdb/plugins/core';

/** Fields of documents in storage that are no part of the data. */
const OWN = new Set(['_meta', '_rev', '_attachments', '_deleted']);

interface Schema {
  type?: string | string[] | readonly string[];
  default?: unknown;
  minimum?: number;
  enum?: readonly unknown[];
  required?: readonly string[];
  properties?: Readonly<Record<string, unknown>>;
}

/** The data of documents that the collection has, deleted ones too; by key. */
export async function readLocal<RxDocType>(
  collection: RxCollection<RxDocType>,
  ids: string[],
): Promise<Map<string, Record<string, unknown>>> {
  if (ids.length === 0) return new Map();
  const found = await collection.storageInstance.findDocumentsById(ids, true);
  return new Map(found.map(document => [String(document[collection.schema.primaryPath as keyof typeof document]), dataOf(document)]));
}

/**
 * Gives deleted documents the fields that the schema demands. The service knows only their keys once the log has forgotten what they held, and a storage that
 * validates would refuse them, and with them all that comes after.
 */
export async function completeTombstones<RxDocType>(
  collection: RxCollection<RxDocType>,
  documents: WithDeleted<RxDocType>[],
): Promise<WithDeleted<RxDocType>[]> {
  const primary = collection.schema.primaryPath as string;
  const schema = collection.schema.jsonSchema as Schema;
  const lacking = documents.filter(document => document._deleted && (schema.required ?? []).some(name => !(name in (document as object))));
  if (lacking.length === 0) return documents;
  const local = await readLocal(
    collection,
    lacking.map(document => String(document[primary as keyof typeof document])),
  );
  return documents.map(document =>
    lacking.includes(document)
      ? ({ ...filled(schema), ...local.get(String(document[primary as keyof typeof document])), ...document } as WithDeleted<RxDocType>)
      : document,
  );
}

function dataOf<RxDocType>(document: RxDocumentData<RxDocType>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(document).filter(([name]) => !OWN.has(name)));
}

/** The simplest object that a schema lets pass. */
function filled(schema: Schema): Record<string, unknown> {
  const fields = (schema.required ?? []).filter(name => !name.startsWith('_') && schema.properties?.[name] !== undefined);
  return Object.fromEntries(fields.map(name => [name, simplest(schema.properties?.[name] as Schema)]));
}

function simplest(schema: Schema): unknown {
  if (schema.default !== undefined) return schema.default;
  if (schema.enum?.length) return schema.enum[0];
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'number':
    case 'integer':
      return schema.minimum ?? 0;
    case 'boolean':
      return false;
    case 'array':
      return [];
    case 'object':
      return filled(schema);
    default:
      return '';
  }
}
