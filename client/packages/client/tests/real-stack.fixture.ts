import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tokenFor } from './stack-token.fixture.js';

/** Where the stack of the tests answers; `skip`: there is none, and its tests are left out. Not set: the tests start their own. */
export const STACK_VARIABLE = 'MYRIADSYNC_STACK_URL';

/** A local stack that answers. */
export interface RealStack {
  url: string;
  /** A token for a user of any dataset. */
  token(sub: string, roles?: string[]): Promise<string>;
  stop(): Promise<void>;
}

/** The stack that the environment names, or one of our own on free ports. */
export async function startStack(): Promise<RealStack> {
  const named = process.env[STACK_VARIABLE];
  const own = named === undefined ? await spawnStack() : { url: named, stop: async () => undefined };
  return { ...own, token: (sub, roles) => tokenFor(own.url, sub, roles) };
}

async function spawnStack(): Promise<{ url: string; stop(): Promise<void> }> {
  const root = fileURLToPath(new URL('../../../..', import.meta.url));
  const data = mkdtempSync(join(tmpdir(), 'myriadsync-client-'));
  const ports = ['--port', '--hbase-port', '--scheduler-port', '--azurite-port'].flatMap(option => [option, '0']);
  const child = spawn('dotnet', ['run', '--project', 'local/DevStack', '--no-build', '--', '--no-demo', ...ports, '--data', data], {
    cwd: root,
  });
  const ended = once(child, 'exit');
  let output = '';
  const ready = new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const url = /MyriadSync is ready: (\S+)/.exec(output)?.[1];
      if (url) resolve(url);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('error', reject);
    ended.then(() => reject(new Error(`The local stack did not start. Build it first: dotnet build local/DevStack\n${output}`)));
  });
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(data, { recursive: true, force: true });
  };
  try {
    return { url: await ready, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
