/** What the documentation's code takes for granted: the app around it. */
declare const auth: { token(refresh: boolean): Promise<string> };
declare function render(records: unknown): void;
declare function showSignIn(signedIn: () => unknown): void;
