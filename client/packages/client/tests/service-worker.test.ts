import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';

/** What a service worker does in this test: opens the database, edits, syncs, and reads what came. */
const WORKER = `
  import { openSyncDatabase } from './src/index.js';
  import { MemoryServer, MemoryTransport } from './src/testing/index.js';

  export async function work() {
    const server = new MemoryServer();
    server.write('team', 'todos', 'b', { id: 'b', title: 'of a job' });
    const db = await openSyncDatabase({
      name: 'worker',
      dataset: 'team',
      stores: { todos: { keyPath: 'id' } },
      server: new MemoryTransport(server),
    });
    const seen = [];
    db.on('change', ({ changes, origin }) => seen.push(...changes.map(change => origin + ' ' + change.key)));
    await db.put('todos', { id: 'a', title: 'of the worker' });
    await db.syncNow();
    const titles = (await db.getAll('todos')).map(todo => todo.title).join();
    const state = await db.status();
    await db.close();
    return JSON.stringify({ titles, sent: Object.keys(server.records('team', 'todos')).join(), pending: state.pending, leader: state.leader, seen });
  }
`;

/** Globals that a service worker has; no window, no document, no local storage. */
const SERVICE_WORKER = [
  'AbortController',
  'AbortSignal',
  'BroadcastChannel',
  'DOMException',
  'TextEncoder',
  'atob',
  'btoa',
  'clearInterval',
  'clearTimeout',
  'console',
  'crypto',
  'queueMicrotask',
  'setInterval',
  'setTimeout',
  'structuredClone',
  ...Object.getOwnPropertyNames(globalThis).filter(name => /^IDB|^indexedDB$/.test(name)),
] as const;

it('a service worker can open, edit and sync a database: nothing needs a window', async () => {
  const listened: string[] = [];
  const scope: { [name: string]: unknown } = Object.fromEntries(
    SERVICE_WORKER.map(name => [name, (globalThis as unknown as { [name: string]: unknown })[name]]),
  );
  scope['navigator'] = { onLine: true };
  scope['addEventListener'] = (event: string) => listened.push(event);
  scope['removeEventListener'] = (event: string) => listened.splice(listened.indexOf(event), 1);
  const { outputFiles } = await build({
    stdin: { contents: WORKER, resolveDir: fileURLToPath(new URL('..', import.meta.url)) },
    bundle: true,
    format: 'iife',
    globalName: 'worker',
    target: 'es2022',
    write: false,
  });
  const context = createContext(scope);

  runInContext(outputFiles[0]!.text, context);
  const result = JSON.parse((await runInContext('worker.work()', context)) as string);

  expect(result).toEqual({ titles: 'of the worker,of a job', sent: '"b","a"', pending: 0, leader: true, seen: ['local a', 'remote b'] });
  expect(listened).toEqual([]);
});
