/** Path of the Chromium to test with; `tests/e2e/Chromium.cs` looks for one. */
export const CHROMIUM_VARIABLE = 'MYRIADSYNC_CHROMIUM';

/** How it is started: without a screen, also as root in a container, and calling nobody. */
export const launchOptions = () => ({
  executablePath: process.env[CHROMIUM_VARIABLE],
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
