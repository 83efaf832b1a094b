/**
 * Tokens of the local stack, which gives anybody any. A real app takes them from its sign-in; the shape of the callback is the same.
 * @returns what `openSyncDatabase` asks for a token before each request
 */
export function devTokens(sub: string, dataset: string): (options: { refresh: boolean }) => Promise<string> {
  let token: Promise<string> | undefined;
  return ({ refresh }) => {
    if (refresh) token = undefined;
    token ??= fetchToken(sub, dataset).catch(error => {
      token = undefined;
      throw error;
    });
    return token;
  };
}

async function fetchToken(sub: string, dataset: string): Promise<string> {
  const reply = await fetch('/dev/token', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ sub, roles: ['read', 'write'], datasets: [dataset] }),
  });
  if (!reply.ok) throw new Error(`No token: ${reply.status}`);
  return ((await reply.json()) as { token: string }).token;
}
