/** The pages of drift in a real browser, on an engine that answers from memory. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { FakeEngine } from '../support/fakeEngine.ts';
import { isRequired } from '../support/isRequired.ts';
import { drawn, overflowOf, setScheme, violationsOf } from './support/browserPage.ts';
import { findChromium, whatTheBrowserLacks } from './support/chromium.ts';
import { eachOnFakeEngine } from './support/eachOnFakeEngine.ts';

const browser = findChromium();
const missing = whatTheBrowserLacks();
if (missing !== '') console.warn(`The pages of drift are not tried: ${missing}`);

test.runIf(isRequired('browser'))('what the pages of drift need is there', () => {
  expect(missing).toBe('');
});

const pages = {
  list: '/drift',
  raw: '/drift?drift=raw&range=all',
  skill: '/drift/context_skill',
  latency: '/drift/context_latency_ms',
  prediction: '/drift/prediction',
  absent: '/drift/nothing',
} as const;

describe.skipIf(missing !== '')('the pages of drift', () => {
  let engine: FakeEngine;
  let page: Page;
  const open = eachOnFakeEngine(browser!, (given) => {
    ({ engine, page } = given);
  });

  const spoken = (text: string) =>
    page
      .locator('.chart [aria-live]')
      .filter({ hasText: text })
      .first()
      .waitFor({ state: 'attached' });

  test.each(['light', 'dark'] as const)(
    'no violation that axe-core finds: %s',
    async (scheme) => {
      await setScheme(page, scheme);
      const found: Record<string, string[]> = {};
      const looked = ['list', 'latency'] as const;
      for (const name of scheme === 'light' ? Object.keys(pages) : looked) {
        await open(pages[name as keyof typeof pages]);
        found[name] = await violationsOf(page);
      }
      await page.keyboard.press('t');
      await open(pages.list);
      await page.keyboard.press('t');
      await page.locator('.chart-data').first().waitFor();
      found['table'] = await violationsOf(page);
      expect(found).toEqual(Object.fromEntries(Object.keys(found).map((name) => [name, []])));
    },
    120_000,
  );

  test('no page is wider than its screen, and all pages can be reached on a telephone', async () => {
    for (const width of [390, 768, 1_080]) {
      await page.setViewportSize({ width, height: 844 });
      for (const [name, path] of Object.entries(pages)) {
        await open(path);
        expect(await overflowOf(page), `${name} at ${width} px`).toBeUndefined();
      }
    }
    await page.setViewportSize({ width: 390, height: 844 });
    const rail = page.getByRole('navigation', { name: 'Pages' });
    for (const link of await rail.getByRole('link').all()) {
      // What has no room is reached by a swipe.
      await link.scrollIntoViewIfNeeded();
      const { x, width, height } = (await link.boundingBox())!;
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(390);
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(44);
    }
  }, 60_000);

  test('g d opens the page, which says what has drifted and what kind of drift it is', async () => {
    await open('/pipelines');
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    await page.waitForURL(/\/drift/);
    await page
      .locator('h1')
      .filter({ hasText: /^Three of seven columns have drifted; .* concept drift of algebra/ })
      .waitFor();
    const told = page.getByRole('region', { name: 'What it is' });
    expect(await told.getByRole('button').allTextContents()).toEqual([
      ...['Concept drift', 'Data-quality break', 'Data-quality break', 'Data drift'],
    ]);
    await told.getByRole('link', { name: 'See latency ms' }).click();
    await page.waitForURL(/\/drift\/context_latency_ms/);
    await page.locator('h1').filter({ hasText: 'Latency ms has drifted since' }).waitFor();
  });

  test('the grid speaks cell by cell in both directions, and Enter opens the column on that day', async () => {
    await open(pages.list);
    await page.locator('.chart-plot').focus();
    await page.keyboard.press('ArrowRight');
    await spoken('Column Predictions. Day ');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await spoken('Column skill. Day ');
    for (let i = 0; i < 20; i += 1) await page.keyboard.press('ArrowRight');
    await spoken('Level Strong drift');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/drift\/context_skill\?.*day=\d+/);
    await page.getByRole('heading', { name: /^Reference against \d+ \w+ \d+$/ }).waitFor();
  });

  test('a click on a cell opens its column', async () => {
    await open(pages.list);
    const box = (await page.locator('.chart-plot canvas').boundingBox())!;
    // Beneath the lane of flags and the bar of the reference, in the middle of the first row.
    await page.mouse.click(box.x + box.width - 30, box.y + 20 + 24 + 15);
    await page.waitForURL(/\/drift\/prediction\?.*day=\d+/);
  });

  test('the order and the reference stand in the address', async () => {
    await open(pages.list);
    await page.getByText('Raw drift', { exact: true }).click();
    await page.waitForURL(/drift=raw/);
    await page.getByText('Sorted by drift alone.').waitFor();
    await page.locator('.chart-plot').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await spoken('Column device. Day ');
    const newest = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    const before = new Date(Date.now() - 5 * 86_400_000).toISOString().slice(0, 10);
    await page.getByLabel('to', { exact: true }).fill(newest);
    await page.getByLabel('Reference from').fill(before);
    await page.waitForURL(/referenceFrom=\d+.*referenceTo=\d+/);
    await page.getByText(/^The reference has no (\w+day, )?\w+day: such days/).waitFor();
    await page.reload();
    await drawn(page);
    expect(await page.getByLabel('Reference from').inputValue()).toBe(before);
    // What is so now is the reference now: nothing has drifted from it.
    await page.locator('h1').filter({ hasText: 'No column has drifted, but there is' }).waitFor();
    await page.getByRole('button', { name: 'First days of the model' }).click();
    await page.waitForURL((address) => !address.search.includes('referenceFrom'));
  });

  test('a column shows its course, its values then and now, and what broke', async () => {
    await open(pages.latency);
    expect(await page.locator('.chart-plot[data-phase=drawn]').count()).toBe(3);
    await page
      .getByText(/^latency ms is missing in \d+ % of rows; it was 0 %\.$/)
      .first()
      .waitFor();
    await page.locator('.chart-plot').first().focus();
    await page.keyboard.press('Home');
    await spoken('Day ');
    await page.keyboard.press('Enter');
    await page.waitForURL(/day=\d+/);
    await open('/drift/context_device');
    const unseen = page.getByRole('region', { name: 'Values that the reference has not' });
    await unseen.getByText('whiteboard').waitFor();
  });

  test('a column stands beside the days before, and the grid says why it does not', async () => {
    await open(`${pages.latency}?range=7d&compare=true&table=true`);
    await page.getByRole('columnheader', { name: 'PSI, before' }).waitFor();
    await page.getByRole('columnheader', { name: 'Moved, before' }).waitFor();
    await page.getByRole('columnheader', { name: 'Median, before' }).waitFor();
    await open('/drift?compare=true');
    await page.getByText('a cell is a distance from the reference already').waitFor();
    await page.keyboard.press('c');
    await page.waitForURL((address) => !address.search.includes('compare'));
    await page
      .getByText('a cell is a distance from the reference already')
      .waitFor({ state: 'detached' });
  });

  test('a range without days, too few days, no answer: each is told in words', async () => {
    engine.drift.days = 2;
    await open(pages.list);
    await page
      .locator(
        'h1:has-text("Nothing can be judged yet: four complete days are needed, two are stored.")',
      )
      .waitFor();
    await page.getByText('That takes 4 complete days (UTC)').waitFor();
    engine.drift.days = 30;
    await open('/drift?range=custom&from=1000&to=2000');
    await page.getByText('Nothing in this range').waitFor();
    await page.getByRole('button', { name: 'Show all data' }).click();
    await page.locator('.chart-plot[data-phase=drawn]').waitFor();
    await open(pages.absent);
    await page.locator('h1:has-text("There is no such column.")').waitFor();
    await page.getByRole('link', { name: 'Back to all columns' }).click();
    await page.waitForURL(/\/drift(\?|$)/);
    await page.route('**/v1/drift*', (route) =>
      route.fulfill({ status: 503, json: { detail: 'The storage does not answer.' } }),
    );
    await page.goto(`${engine.url}${pages.list}`);
    await page.locator('h1:has-text("The engine does not say what has drifted.")').waitFor();
    await page.getByText('The storage does not answer.').waitFor();
  });

  test('the grid is exported as a drawing, a picture and data', async () => {
    await open(pages.list);
    for (const [item, name] of [
      ['Drawing (SVG)', 'distance-from-the-reference.svg'],
      ['Picture (PNG)', 'distance-from-the-reference.png'],
      ['Data (CSV)', 'distance-from-the-reference.csv'],
    ] as const) {
      await page.getByRole('button', { name: /^Export: Distance/ }).click();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: item }).click(),
      ]);
      expect(download.suggestedFilename()).toBe(name);
      await page.getByRole('menu').waitFor({ state: 'detached' });
    }
  });
});
