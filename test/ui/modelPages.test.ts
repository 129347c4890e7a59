/** The pages of models in a real browser, on an engine that answers from memory. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type FakeEngine, startFakeEngine } from '../support/fakeEngine.ts';
import { fakeModels } from '../support/fakePerformance.ts';
import { isRequired } from '../support/isRequired.ts';
import {
  type Browser,
  drawn,
  openBrowser,
  openPage,
  overflowOf,
  setScheme,
  violationsOf,
} from './support/browserPage.ts';
import { findChromium, whatTheBrowserLacks } from './support/chromium.ts';
import { now } from './support/performanceSamples.ts';

const browser = findChromium();
const missing = whatTheBrowserLacks();
if (missing !== '') console.warn(`The pages of models are not tried: ${missing}`);

test.runIf(isRequired('browser'))('what the pages of models need is there', () => {
  expect(missing).toBe('');
});

const pages = {
  list: '/models',
  probability: '/models/watch/dropout',
  drifted: '/models/watch/drifted?figure=logLoss',
  calibration: '/models/watch/dropout?figure=calibrationError&course=range&range=7d',
  unlabelled: '/models/watch/young',
  number: '/models/watch/grade',
  absent: '/models/watch/nothing',
} as const;

describe.skipIf(missing !== '')('the pages of models', () => {
  let engine: FakeEngine;
  let chrome: Browser;
  let page: Page;
  let errors: string[];

  beforeAll(async () => {
    chrome = await openBrowser(browser!);
    engine = await startFakeEngine({ models: fakeModels(now) });
  });
  afterAll(async () => {
    await chrome?.close();
    await engine?.close();
  });
  beforeEach(async () => {
    ({ page, errors } = await openPage(chrome, { width: 1280, height: 900 }));
    page.setDefaultTimeout(25_000);
  });
  afterEach(async () => {
    await page.close();
    expect(errors).toEqual([]);
  });

  async function open(path: string): Promise<void> {
    await page.goto(`${engine.url}${path}`);
    await drawn(page);
  }

  test('no violation that axe-core finds, in light and dark, and as tables', async () => {
    const found: Record<string, string[]> = {};
    for (const [name, path] of Object.entries(pages)) {
      await open(path);
      found[name] = await violationsOf(page);
    }
    await setScheme(page, 'dark');
    for (const name of ['list', 'probability', 'unlabelled'] as const) {
      await open(pages[name]);
      found[`${name} dark`] = await violationsOf(page);
    }
    await open(`${pages.probability}?table=true`);
    found['table'] = await violationsOf(page);
    expect(found).toEqual(Object.fromEntries(Object.keys(found).map((name) => [name, []])));
  }, 120_000);

  test('no page is wider than its screen', async () => {
    for (const width of [390, 768, 1_080]) {
      await page.setViewportSize({ width, height: 844 });
      for (const [name, path] of Object.entries(pages)) {
        await open(path);
        expect(await overflowOf(page), `${name} at ${width} px`).toBeUndefined();
      }
    }
  }, 90_000);

  test('g m opens the list, which leads to each model', async () => {
    await open('/pipelines');
    await page.keyboard.press('g');
    await page.keyboard.press('m');
    await page.waitForURL(/\/models/);
    await page
      .locator('h1')
      .filter({ hasText: /4\smodels are watched from outside/ })
      .waitFor();
    await page.getByRole('link', { name: 'dropout' }).click();
    await page.waitForURL(/\/models\/watch\/dropout/);
    await page.locator('h1').filter({ hasText: 'Accuracy held at' }).waitFor();
    await page.getByRole('link', { name: 'Models' }).last().click();
    await page.getByRole('link', { name: 'grade' }).waitFor();
  });

  test('on a telephone every page of the rail is within reach', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await open('/pipelines');
    const link = page.getByRole('navigation', { name: 'Pages' }).getByRole('link', {
      name: 'Pipelines',
    });
    const box = (await link.boundingBox())!;
    expect(box.x + box.width).toBeLessThanOrEqual(390);
  });

  test('the figure stands in the address, and slices follow it where they can', async () => {
    await open(pages.probability);
    await page.getByLabel('Figure', { exact: true }).selectOption('Precision');
    await page.waitForURL(/figure=precision/);
    await page.locator('h1').filter({ hasText: 'Precision held at' }).waitFor();
    await page.getByText('By precision; the most harmful first').waitFor();
    await page.getByLabel('Figure', { exact: true }).selectOption('AUC');
    await page.getByText('By log loss; the most harmful first').waitFor();
    await page.reload();
    await drawn(page);
    expect(await page.getByLabel('Figure', { exact: true }).inputValue()).toBe('auc');
    await page.getByLabel('Shown', { exact: true }).selectOption({ label: 'In range: 24 h' });
    await page.waitForURL(/course=range/);
    await page.getByText(/\d\swindows? of a day/).waitFor();
  });

  test('the threshold moves by the arrows: cases are counted anew, and the address keeps it', async () => {
    await open(pages.probability);
    const matrix = page.getByRole('table', { name: 'Cases at this threshold, table' });
    const counts = async () =>
      (await matrix.locator('b').allTextContents()).map((text) => Number(text.replace(/\D/g, '')));
    const before = await counts();
    const slider = page.getByRole('slider', { name: 'Threshold' });
    await slider.focus();
    for (let i = 0; i < 20; i += 1) await page.keyboard.press('ArrowLeft');
    await page.waitForURL(/threshold=0\.3/);
    const after = await counts();
    const sum = (of: number[]) => of.reduce((total, count) => total + count, 0);
    expect(sum(after)).toBe(sum(before));
    // More are acted upon, fewer missed.
    expect(after[0]).toBeGreaterThan(before[0]!);
    expect(after[2]).toBeLessThan(before[2]!);
    expect(await slider.getAttribute('aria-valuetext')).toMatch(/^0\.3: .* cases at or above/);
    await page.reload();
    await drawn(page);
    expect(await counts()).toEqual(after);
    await page.getByRole('button', { name: 'Back to the monitor’s' }).click();
    await page.waitForURL((address) => !address.search.includes('threshold'));
    expect(await counts()).toEqual(before);
  });

  test('the course speaks by its arrows of what was expected and what came true', async () => {
    await open(pages.probability);
    await page.locator('.chart-plot').first().focus();
    await page.keyboard.press('Home');
    await page
      .locator('.chart [aria-live]')
      .first()
      .filter({ hasText: /Expected 0\.\d+, .*Confirmed 0\.\d+, So far –, .*Share with labels 9\d/ })
      .waitFor({ state: 'attached' });
  });

  test('tiles and course stand beside as many windows before', async () => {
    await open(`${pages.probability}?compare=true`);
    await page.getByText('Of the range before nothing is known.').first().waitFor();
    await open(`${pages.probability}?course=range&range=7d&compare=true&table=true`);
    await page
      .getByText(/(more|less) than before|as before/)
      .first()
      .waitFor();
    await page.getByRole('columnheader', { name: 'Confirmed, before' }).waitFor();
  });

  test('slices have their harm and what is left out; groups their curves', async () => {
    await open(pages.probability);
    const table = page.getByRole('region', { name: 'Course, table' });
    expect(await table.locator('tbody th').first().textContent()).toBe('algebra');
    await table.locator('tbody tr').first().getByText('Worse').waitFor();
    const fairness = page.getByRole('region', { name: 'Is it fair?' });
    await fairness.getByText('At the monitor’s threshold of 0.5').waitFor();
    expect(await fairness.locator('.chart-plot[data-phase=drawn] svg').count()).toBe(1);
  });

  test('an estimate that did not hold is told in words', async () => {
    await open(pages.drifted);
    await page.getByText(/What was expected of .* did not come: the model does worse/).waitFor();
    await page.locator('h1').filter({ hasText: 'it used to be' }).waitFor();
  });

  test('no label, no model, no answer: each is told, with what to do next', async () => {
    await open(pages.unlabelled);
    await page.locator('h1').filter({ hasText: 'labels have not come yet' }).waitFor();
    await page.getByText('"type":"label"').waitFor();
    await page.getByText("groups: { column: 'context.group'").waitFor();
    await open(pages.absent);
    await page.locator('h1:has-text("There is no such model.")').waitFor();
    await page.getByRole('link', { name: 'All models' }).click();
    await page.waitForURL(/\/models$/);
    await page.route('**/v1/watched-models', (route) =>
      route.fulfill({ status: 503, json: { detail: 'The storage does not answer.' } }),
    );
    await page.goto(`${engine.url}${pages.list}`);
    await page.locator('h1:has-text("The engine does not say which models it watches.")').waitFor();
    await page.unroute('**/v1/watched-models');
    const empty = await startFakeEngine({ models: { ...fakeModels(now), models: [] } });
    try {
      await page.goto(`${empty.url}${pages.list}`);
      await page.locator('h1:has-text("No model is watched yet.")').waitFor();
      await page.getByText(`curl ${empty.url}/v1/events`).first().waitFor();
    } finally {
      await empty.close();
    }
  });
});
