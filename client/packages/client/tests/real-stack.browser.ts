import { inject } from 'vitest';
import type { RealStack } from './real-stack.fixture.js';
import { tokenFor } from './stack-token.fixture.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the stack of the tests answers; a page cannot start one. */
    stackUrl: string;
  }
}

/** In a browser, in place of the function of the same name that starts a stack: the one that the run was given. */
export async function startStack(): Promise<RealStack> {
  const url = inject('stackUrl');
  return { url, token: (sub, roles) => tokenFor(url, sub, roles), stop: async () => undefined };
}
