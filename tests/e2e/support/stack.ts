/** A local stack, and what a spec can do to it. */
export interface Stack {
  url: string;
  token(sub: string, options?: { roles?: string[]; expiresIn?: number }): Promise<string>;
  /** Lets the log of a dataset forget all that it has, as if it were past retention. */
  forget(dataset: string): Promise<void>;
}

/** A stack of a spec's own. */
export interface OwnStack extends Stack {
  /** Ends the app between two instructions. Only of a stack with a process of its own. */
  kill(): Promise<void>;
  /** Stops the app as an operator does. */
  stop(): Promise<void>;
  /** Starts it again, on the same port and data. */
  start(): Promise<void>;
  /** Ends all of it. */
  dispose(): Promise<void>;
}

/** The stack that all specs share: take a dataset of your own, with a name that nobody else takes. */
export function sharedStack(): Stack {
  const url = environment('MYRIADSYNC_STACK_URL');
  return {
    ...stackAt(url),
    token: async (sub, options) => {
      const reply = await fetch(`${url}/dev/token`, { method: 'POST', headers: JSON_CONTENT, body: JSON.stringify({ sub, ...options }) });
      return ((await reply.json()) as { token: string }).token;
    },
  };
}

/**
 * Starts a stack for a spec that does something to it.
 * @param options.demoPlaces places of its demo; it has none without
 * @param options.ownProcess true: the app can be killed; pages reach it through the page server only (`startPageServer`), because it allows no other origin
 */
export async function startStack({
  ownProcess = false,
  demoPlaces,
}: { ownProcess?: boolean; demoPlaces?: number } = {}): Promise<OwnStack> {
  const demo = demoPlaces === undefined ? '' : `&demoPlaces=${demoPlaces}`;
  const { url } = (await (await call(`?ownProcess=${ownProcess}${demo}`)).json()) as { url: string };
  return stackAt(url);
}

function stackAt(url: string): OwnStack {
  // The host knows its stacks by their ports.
  const id = new URL(url).port;
  const order = async (verb: string, method = 'POST') => void (await call(`/${id}${verb}`, method));
  return {
    url,
    token: async (sub, options) => (await call(`/${id}/token`, 'POST', { sub, ...options })).text(),
    forget: dataset => order(`/forget/${dataset}`),
    kill: () => order('/kill'),
    stop: () => order('/stop'),
    start: () => order('/start'),
    dispose: () => order('', 'DELETE'),
  };
}

const JSON_CONTENT = { 'Content-Type': 'application/json' };

async function call(path: string, method = 'POST', body?: unknown): Promise<Response> {
  const reply = await fetch(`${environment('MYRIADSYNC_STACK_HOST')}/stacks${path}`, {
    method,
    ...(body !== undefined && { headers: JSON_CONTENT, body: JSON.stringify(body) }),
  });
  if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
  return reply;
}

function environment(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set. The specs are run by \`dotnet run --project tests/e2e\`.`);
  return value;
}
