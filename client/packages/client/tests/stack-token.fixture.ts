/** A token of a local stack, for a user of any dataset. */
export async function tokenFor(url: string, sub: string, roles = ['read', 'write', 'operate']): Promise<string> {
  const reply = await fetch(`${url}/dev/token`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ sub, roles, datasets: ['*'] }),
  });
  return ((await reply.json()) as { token: string }).token;
}
