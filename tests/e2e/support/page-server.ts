import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Serves the page that the specs work in: an app of a few lines on the SDK (`page/app.ts`). */
export interface PageServer {
  /** Address of the page. */
  url: string;
  /** Where the page finds the API. */
  api: string;
  stop(): Promise<void>;
}

const PAGE = '<!doctype html><meta charset="utf-8"><title>MyriadSync</title><script type="module" src="/app.js"></script>';

/**
 * Starts it on a free port: an origin of its own, as an app has that is not served by the function app.
 * @param stackUrl the stack of the page
 * @param options.sameOrigin true: passes `/api` on to the stack, as a gateway in front of both does
 */
export async function startPageServer(stackUrl: string, { sameOrigin = false } = {}): Promise<PageServer> {
  const script = await bundle();
  const server = createServer((incoming, outgoing) => {
    if (incoming.url?.startsWith('/api/')) passOn(stackUrl, incoming, outgoing);
    else if (incoming.url === '/app.js') outgoing.setHeader('Content-Type', 'text/javascript').end(script);
    else outgoing.setHeader('Content-Type', 'text/html').end(PAGE);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  const stop = () => {
    server.closeAllConnections();
    return new Promise<void>(resolve => server.close(() => resolve()));
  };
  return { url, api: sameOrigin ? url : stackUrl, stop };
}

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../page/app.ts', import.meta.url))],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
  });
  return outputFiles[0]!.text;
}

function passOn(stackUrl: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const onward = request(new URL(incoming.url!, stackUrl), { method: incoming.method, headers: incoming.headers }, reply => {
    outgoing.writeHead(reply.statusCode!, reply.headers);
    reply.on('error', () => outgoing.destroy()).pipe(outgoing);
  });
  // A server that is gone looks to the page as it does without anything between: the connection breaks.
  onward.on('error', () => outgoing.destroy());
  outgoing.on('close', () => onward.destroy());
  incoming.pipe(onward);
}
