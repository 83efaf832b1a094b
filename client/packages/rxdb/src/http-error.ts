/** The service refused a request, or could not answer it. */
export class HttpError extends Error {
  /** The problem's code, as in the service's documentation. */
  readonly code: string;

  constructor(
    readonly status: number,
    text: string,
  ) {
    super(`${status} ${text.trim()}`);
    this.name = 'HttpError';
    this.code = /^[a-z-]+(?=: )/.exec(text)?.[0] ?? '';
  }

  /** Trying again is of no use until something changes: the user's rights, or the app. */
  get isFinal(): boolean {
    return this.status === 403 || this.status === 426;
  }
}
