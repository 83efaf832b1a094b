/** How far the local stack is with the demo's data. */
export interface SeedProgress {
  state: 'waiting' | 'loading' | 'done' | 'failed';
  loaded: number;
  total: number;
}

const ASK_AGAIN_MS = 600;

/**
 * Waits until the stack has put all places on the server: a load before that would only be the beginning of it.
 * Without an answer there is nothing to wait for: what is on the device is used.
 * @returns how many there are; 0: not known
 */
export async function seeded(tell: (progress: SeedProgress) => void): Promise<number> {
  for (;;) {
    const progress = await ask();
    if (!progress || progress.state === 'done' || progress.state === 'failed') return progress?.total ?? 0;
    tell(progress);
    await new Promise(resolve => setTimeout(resolve, ASK_AGAIN_MS));
  }
}

async function ask(): Promise<SeedProgress | undefined> {
  try {
    const reply = await fetch('/dev/demo');
    return reply.ok ? ((await reply.json()) as { data: SeedProgress }).data : undefined;
  } catch {
    // The stack is away, as a server may be; the app goes on without it.
    return undefined;
  }
}
