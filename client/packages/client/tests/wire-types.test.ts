import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { compile, repository, workspace } from './compile.fixture.js';

type Schema = { required?: string[]; properties?: { [name: string]: Schema }; enum?: unknown[]; $ref?: string; items?: Schema };

const { schemas } = (
  JSON.parse(readFileSync(repository('docs/openapi.json'), 'utf8')) as { components: { schemas: { [name: string]: Schema } } }
).components;
const MESSAGES = 'packages/client/src/transport/messages.ts';
const program = compile([MESSAGES]);
const checker = program.getTypeChecker();
const exported = new Map(
  checker
    .getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(workspace(MESSAGES))!)!)
    .map(symbol => [symbol.name, symbol]),
);

/** The members of a type, those of all parts of a union together; true: each part has it, and must. */
function membersOf(name: string): { [member: string]: boolean } {
  const type = checker.getDeclaredTypeOfSymbol(exported.get(name)!);
  const parts = type.isUnion() ? type.types : [type];
  const names = new Set(parts.flatMap(part => checker.getPropertiesOfType(part).map(member => member.name)));
  return Object.fromEntries(
    [...names].map(member => {
      const symbols = parts.map(part => checker.getPropertyOfType(part, member));
      return [member, symbols.every(symbol => symbol && !(symbol.flags & ts.SymbolFlags.Optional))];
    }),
  );
}

function literalsOf(name: string): unknown[] {
  const type = checker.getDeclaredTypeOfSymbol(exported.get(name)!);
  return (type as ts.UnionType).types.map(part => (part as ts.StringLiteralType).value);
}

/** The described members of what may be described in several places. */
function described(...names: string[]): { members: Set<string>; required: Set<string> } {
  const found = names.map(name => schemas[name]!);
  return {
    members: new Set(found.flatMap(schema => Object.keys(schema.properties ?? {}))),
    required: new Set((found[0]!.required ?? []).filter(member => found.every(schema => schema.required?.includes(member)))),
  };
}

describe('what the client sends is as docs/openapi.json has it', () => {
  it.each([
    ['WireBatch', ['Batch']],
    ['WireChange', ['Change']],
    ['ConflictResolution', ['Decision']],
  ])('%s', (type, names) => {
    const { members, required } = described(...names);
    const ours = membersOf(type);

    expect(Object.keys(ours).filter(member => !members.has(member))).toEqual([]);
    expect([...required].filter(member => !ours[member])).toEqual([]);
  });
});

describe('what the client reads is as docs/openapi.json has it, and it relies on no more', () => {
  it.each([
    ['BatchAnswer', ['BatchAnswer']],
    ['ChangeResult', ['ChangeResult']],
    ['ChangesPage', ['Changes']],
    ['WireEntry', ['Entry', 'SnapshotRecord']],
    ['SnapshotPage', ['Snapshot']],
    ['DatasetInfo', ['Dataset']],
  ])('%s', (type, names) => {
    const { members, required } = described(...names);
    const ours = membersOf(type);

    expect(Object.keys(ours).filter(member => !members.has(member))).toEqual([]);
    expect(Object.keys(ours).filter(member => ours[member] && !required.has(member))).toEqual([]);
  });

  it('the limits', () => {
    const { limits } = schemas['Dataset']!.properties!;

    expect(Object.keys(membersOf('DatasetLimits')).sort()).toEqual([...limits!.required!].sort());
  });

  it('the outcomes', () => {
    expect(literalsOf('Outcome').sort()).toEqual([...(schemas['Outcome']!.enum as string[])].sort());
  });
});

it('the problems that the client mends are problems that the server has', () => {
  const codes = schemas['ProblemCode']!.enum as string[];
  const mended = ['push-batch.ts', 'pull-changes.ts', 'load-snapshot.ts'].flatMap(file => {
    const text = readFileSync(workspace(`packages/client/src/sync/${file}`), 'utf8');
    return [...text.matchAll(/(?:case|code [!=]==) '([a-z-]+)'/g)].map(match => match[1]);
  });

  expect(mended.length).toBeGreaterThan(8);
  expect(mended.filter(code => !codes.includes(code!))).toEqual([]);
});
