import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { compile, faults, repository, workspace } from './compile.fixture.js';

/** The modules that packages are imported by. */
const ENTRIES = [
  'packages/client/src/index.ts',
  'packages/client/src/testing/index.ts',
  'packages/client/src/engine.ts',
  'packages/client/src/addon.ts',
  'packages/dexie/src/index.ts',
  'packages/rxdb/src/index.ts',
];

/** The modules that a text shows, under names that others of it may import them by. */
function modulesOf(name: string, text: string): [string, string][] {
  const stem = name.replace(/^.*\//, '').replace('.md', '').toLowerCase();
  return [...text.matchAll(/^```(tsx?)\n(.*?)^```$/gms)].map(([, kind, code], i) => [`recipe-${stem}-${i + 1}.${kind}`, code!]);
}

it('what the documentation shows compiles', { timeout: 300_000 }, () => {
  const recipes = readdirSync(repository('docs/recipes')).map(file => `docs/recipes/${file}`);
  const modules = new Map(['client/README.md', ...recipes].flatMap(file => modulesOf(file, readFileSync(repository(file), 'utf8'))));
  modules.set('stores.ts', readFileSync(repository('tests/golden/types/stores.ts'), 'utf8'));

  expect(modules.size).toBeGreaterThan(12);
  expect(faults(compile(['packages/client/tests/recipes.fixture.d.ts'], modules))).toEqual([]);
});

it('everything that is exported says what it is', { timeout: 300_000 }, () => {
  const program = compile(ENTRIES);
  const checker = program.getTypeChecker();
  const silent = new Set<string>();
  const says = (symbol: ts.Symbol) => symbol.getDocumentationComment(checker).length > 0;

  for (const entry of ENTRIES) {
    for (const exported of checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(workspace(entry))!)!)) {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      if (!isOurs(symbol)) continue;
      if (!says(symbol)) silent.add(symbol.name);
      for (const member of methodsOf(checker, symbol)) if (!says(member)) silent.add(`${symbol.name}.${member.name}`);
    }
  }

  expect([...silent]).toEqual([]);
});

const isOurs = (symbol: ts.Symbol): boolean => !symbol.declarations?.some(node => node.getSourceFile().fileName.includes('node_modules'));

/** What a class or an interface can be called for, as far as an app may. */
function methodsOf(checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol[] {
  if (!(symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface))) return [];
  return checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol)).filter(member => {
    const declared = member.valueDeclaration;
    const hidden =
      !declared ||
      !('name' in declared) ||
      ts.isPrivateIdentifier((declared as ts.MethodDeclaration).name) ||
      Boolean(ts.getCombinedModifierFlags(declared) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected));
    return !hidden && isOurs(member) && Boolean(member.flags & (ts.SymbolFlags.Method | ts.SymbolFlags.Accessor));
  });
}
