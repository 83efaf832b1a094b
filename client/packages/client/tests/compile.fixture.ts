import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** The workspace of the browser packages. */
export const workspace = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
/** The repository. */
export const repository = (path: string): string => workspace(`../${path}`);

/** Packages as apps import them. A package of ours that brings another version of Dexie than the workspace has means that one. */
const PATHS: { [pattern: string]: string[] } = {
  '@myriadsync/client': ['packages/client/src/index.ts'],
  '@myriadsync/client/testing': ['packages/client/src/testing/index.ts'],
  '@myriadsync/client/*': ['packages/client/src/*.ts'],
  '@myriadsync/*': ['packages/*/src/index.ts'],
  dexie: ['packages/dexie/node_modules/dexie', 'node_modules/dexie'],
};

const OPTIONS: ts.CompilerOptions = {
  noEmit: true,
  strict: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  jsx: ts.JsxEmit.ReactJSX,
  types: [],
  baseUrl: workspace('.'),
  paths: PATHS,
};

/** A compilation of files of the workspace, and of modules that exist as texts only; those lie at the workspace's root. */
export function compile(files: readonly string[], texts: ReadonlyMap<string, string> = new Map()): ts.Program {
  const made = new Map([...texts].map(([name, text]) => [workspace(name), text]));
  const host = ts.createCompilerHost(OPTIONS);
  const { readFile, getSourceFile } = host;
  host.fileExists = path => made.has(path) || existsSync(path);
  host.readFile = path => made.get(path) ?? readFile(path);
  host.getSourceFile = (path, version, ...rest) => {
    const text = made.get(path);
    return text === undefined ? getSourceFile(path, version, ...rest) : ts.createSourceFile(path, text, version);
  };
  return ts.createProgram([...files.map(workspace), ...made.keys()], OPTIONS, host);
}

/** What the compiler has to say, a line each. */
export function faults(program: ts.Program): string[] {
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const at = file && `${file.fileName.replace(workspace(''), '')}:${file.getLineAndCharacterOfPosition(start ?? 0).line + 1} `;
    return `${at ?? ''}${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}
