import { HttpError } from './http-error.js';
import type { TokenSource } from './options.js';

const UNAUTHORIZED = 401;

/** Requests to one address of the service, with a token that is renewed once when it is refused. */
export class Service {
  readonly #base: string;
  readonly #source: TokenSource;
  readonly #fetch: typeof fetch;
  #token: Promise<string> | undefined;

  constructor(base: string, source: TokenSource, fetcher: typeof fetch) {
    this.#base = base;
    this.#source = source;
    this.#fetch = fetcher;
  }

  /** The answer, which is a good one. */
  async request(path: string, init: RequestInit = {}): Promise<Response> {
    let response = await this.#send(path, init, await this.#current(false));
    if (response.status === UNAUTHORIZED) {
      await response.body?.cancel();
      response = await this.#send(path, init, await this.#current(true));
    }
    if (!response.ok) throw new HttpError(response.status, await response.text());
    return response;
  }

  #send(path: string, init: RequestInit, token: string): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('Authorization', `Bearer ${token}`);
    return this.#fetch(this.#base + path, { ...init, headers, cache: 'no-store' });
  }

  #current(expired: boolean): Promise<string> {
    if (this.#token === undefined || expired) {
      const token = Promise.resolve(typeof this.#source === 'string' ? this.#source : this.#source(expired));
      this.#token = token;
      // What could not be got is asked for again.
      token.catch(() => {
        if (this.#token === token) this.#token = undefined;
      });
    }
    return this.#token;
  }
}
