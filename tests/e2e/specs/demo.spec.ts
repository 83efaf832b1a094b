import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { eventually, PATIENCE_MS } from '../support/app.js';
import { addLabel, badge, findings, goOffline, inStep, labels, openInspection, recordVerdict } from '../support/demo.js';
import { launch } from '../support/device.js';
import { type OwnStack, startStack } from '../support/stack.js';

/** Enough for several pages of a snapshot. */
const PLACES = 3000;
/** How long the build of the pages may take; a hook has no more. */
const BUILD_MS = 110_000;

let stack: OwnStack;
let browser: Browser;
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  stack = await startStack({ demoPlaces: PLACES });
  browser = await launch();
  // The pages are built once, by whoever comes first.
  await vi.waitFor(async () => expect((await fetch(`${stack.url}/demo/`)).status).toBe(200), { timeout: BUILD_MS, interval: 500 });
});

afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
});

afterAll(async () => {
  await browser?.close();
  await stack?.dispose();
});

/** A browser of its own. Everything of it that goes wrong fails the test. */
async function open(address: string, faults: string[] = []): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1500, height: 1000 } });
  context.setDefaultTimeout(PATIENCE_MS);
  contexts.push(context);
  const page = await context.newPage();
  page.on('pageerror', error => faults.push(error.message));
  page.on('console', message => message.type() === 'error' && faults.push(message.text()));
  await page.goto(`${stack.url}/demo/${address}`);
  return page;
}

/** Two people side by side, with the same inspection open. */
async function pair(inspection: string) {
  const page = await open('#/together');
  const [ada, ben] = [page.frameLocator('iframe >> nth=0'), page.frameLocator('iframe >> nth=1')];
  for (const person of [ada, ben]) await openInspection(person, inspection);
  return { ada, ben };
}

test('the first visit loads inspections and places, and tells how far it is', async () => {
  const faults: string[] = [];
  const page = await open('', faults);
  await page.getByRole('button', { name: /Ada Okafor/ }).click();
  const bar = page.getByRole('progressbar');
  await bar.waitFor();
  await page.getByRole('link', { name: /Tram bridge/ }).waitFor();
  await bar.waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Places' }).click();

  await eventually(() => page.getByText('places on this device').innerText()).toBe('3,000 places on this device');
  expect(faults).toEqual([]);
});

test('places are found without their accents, and what one person corrects others see', async () => {
  const [ada, ben] = [await open('?as=ada#/places'), await open('?as=ben#/places')];
  for (const page of [ada, ben]) {
    await eventually(() => page.getByText('places on this device').innerText()).toBe('3,000 places on this device');
    await page.getByRole('searchbox', { name: 'Search places' }).fill('sant julia, andorra');
    await page.getByRole('link', { name: /Sant Julià de Lòria/ }).click();
  }

  await ada.getByRole('textbox', { name: 'Population' }).fill('9595');
  await ada.getByRole('textbox', { name: 'Population' }).press('Enter');

  await eventually(() => ben.getByRole('textbox', { name: 'Population' }).inputValue()).toBe('9595');
});

test('what one person edits the other sees', async () => {
  const { ada, ben } = await pair('Lift 3');

  await ada.getByRole('textbox', { name: 'Title' }).fill('Lift 3 and 4, yearly load test');
  await ada.getByRole('textbox', { name: 'Title' }).press('Enter');
  await ben.getByRole('combobox', { name: 'Priority' }).selectOption('High');

  await eventually(() => ben.getByRole('textbox', { name: 'Title' }).inputValue()).toBe('Lift 3 and 4, yearly load test');
  await eventually(() => ada.getByRole('combobox', { name: 'Priority' }).inputValue()).toBe('high');
});

test('edits made offline outlive the page, and go up when one is back', async () => {
  const [ada, ben] = [await open('?as=ada'), await open('?as=ben')];
  for (const page of [ada, ben]) await openInspection(page, 'Silo 4');
  await goOffline(ada, true);
  await ada.getByRole('button', { name: 'Mark as done' }).click();
  await eventually(() => badge(ada)).toMatch(/Offline · 1 to send/);

  await ada.reload();
  await eventually(() => badge(ada)).toMatch(/Offline · 1 to send/);
  expect(await ben.getByRole('button', { name: 'Mark as done' }).isVisible()).toBe(true);
  await goOffline(ada, false);

  await inStep(ada);
  await ben.getByRole('button', { name: 'Done', exact: true }).waitFor();
});

test('findings that two people count offline add up, and labels that both add are all in', async () => {
  const { ada, ben } = await pair('Quay wall');
  const before = Number(await findings(ada));
  for (const person of [ada, ben]) await goOffline(person, true);

  for (let i = 0; i < 2; i++) await ada.getByRole('button', { name: 'One finding more' }).click();
  await ben.getByRole('button', { name: 'One finding more' }).click();
  await addLabel(ada, 'from ada');
  await addLabel(ben, 'from ben');
  await ben.getByRole('button', { name: 'Remove label diving' }).click();
  for (const person of [ada, ben]) await goOffline(person, false);

  for (const person of [ada, ben]) {
    await eventually(() => findings(person)).toBe(String(before + 3));
    await eventually(() => labels(person)).toEqual(['from ada', 'from ben', 'harbour']);
  }
});

test('two different verdicts are decided by a person, field by field', async () => {
  const { ada, ben } = await pair('Cable car');
  for (const person of [ada, ben]) await goOffline(person, true);
  await recordVerdict(ada, 'Passed', 'Brake within limits.');
  await recordVerdict(ben, 'Failed', 'Brake pads worn to 3 mm.');
  await goOffline(ada, false);
  await inStep(ada);
  await goOffline(ben, false);

  await ben.getByRole('button', { name: 'Decide now' }).click();
  await ben
    .getByRole('row', { name: /Recorded by/ })
    .getByRole('radio', { name: 'Ada Okafor' })
    .check();
  await ben.getByRole('button', { name: 'Save decision' }).click();

  for (const person of [ada, ben]) {
    await eventually(() => person.getByRole('textbox', { name: 'Note' }).inputValue()).toBe('Brake pads worn to 3 mm.');
    await eventually(() => person.getByText('Recorded by').innerText()).toBe('Recorded by Ada Okafor');
    await eventually(() => person.getByRole('radio', { name: 'Failed' }).isChecked()).toBe(true);
  }
  await eventually(() => ben.getByRole('button', { name: 'Decide now' }).count()).toBe(0);
});

test('on a phone an inspection shows from its top, and the list again where it was left', async () => {
  const page = await open('?as=ada');
  await page.setViewportSize({ width: 390, height: 500 });
  await page.getByRole('link', { name: /Tram bridge/ }).waitFor();
  await page.getByRole('progressbar').waitFor({ state: 'detached' });
  const last = page.getByRole('region', { name: 'List of inspections' }).getByRole('link').last();
  await last.scrollIntoViewIfNeeded();
  const scrolled = () => page.evaluate(() => scrollY);
  const before = await scrolled();
  expect(before).toBeGreaterThan(0);

  await last.click();
  await page.getByRole('heading', { name: 'Findings' }).waitFor();
  expect(await scrolled()).toBe(0);
  await page.getByRole('link', { name: 'All inspections' }).click();

  await last.waitFor();
  expect(await scrolled()).toBe(before);
});

test('an inspection is planned with the keyboard alone', async () => {
  const page = await open('?as=ada');
  await page.getByRole('link', { name: /Tram bridge/ }).waitFor();
  await page.getByRole('progressbar').waitFor({ state: 'detached' });
  const { keyboard } = page;

  await keyboard.press('Tab');
  await keyboard.press('Enter');
  await keyboard.press('Tab');
  await keyboard.press('Enter');
  await keyboard.type('Weir, fish ladder');
  await keyboard.press('Tab');
  await keyboard.type('encamp');
  await page.getByRole('option').first().waitFor();
  await keyboard.press('Enter');
  await keyboard.press('Tab');
  for (let i = 0; i < 10 && !(await focused(page)).includes('Plan inspection'); i++) await keyboard.press('Tab');
  await keyboard.press('Enter');

  await eventually(() => page.getByRole('textbox', { name: 'Title' }).inputValue()).toBe('Weir, fish ladder');
  await eventually(() => page.getByRole('combobox', { name: 'Place' }).inputValue()).toBe('Encamp, AD');
});

/** What the focus is on, in words. */
const focused = (page: Page): Promise<string> => page.evaluate(() => document.activeElement?.textContent ?? '');
