/** From a number to its events in a real browser: by the keyboard, from each page, in both schemes and on a phone. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { FakeEngine } from '../support/fakeEngine.ts';
import { fakeOverview } from '../support/fakeOverview.ts';
import { isRequired } from '../support/isRequired.ts';
import { drawn, overflowOf, setScheme, violationsOf } from './support/browserPage.ts';
import { findChromium, whatTheBrowserLacks } from './support/chromium.ts';
import { eachOnFakeEngine } from './support/eachOnFakeEngine.ts';

const browser = findChromium();
const missing = whatTheBrowserLacks();
if (missing !== '') console.warn(`Events behind numbers are not tried: ${missing}`);

test.runIf(isRequired('browser'))('what these pages need is there', () => {
  expect(missing).toBe('');
});

describe.skipIf(missing !== '')('the events behind a number', () => {
  let engine: FakeEngine;
  let page: Page;
  const open = eachOnFakeEngine(
    browser!,
    (given) => {
      ({ engine, page } = given);
    },
    () => {
      const overview = fakeOverview(Date.now());
      const [own] = overview.models.models;
      // Drift is of another pipeline there.
      const models = [own!, { ...own!, pipeline: 'learning' }];
      return { overview: { ...overview, models: { models } } };
    },
  );
  const drawer = () => page.getByRole('dialog', { name: 'Events behind this' });
  const table = () => drawer().getByRole('table');
  const asked = () =>
    engine.requests
      .filter((request) => request.includes('/v1/events/behind'))
      .map((request) =>
        Object.fromEntries(new URL(request.split(' ')[1]!, 'http://engine').searchParams),
      );
  /** Opened by a press, and its events are there. */
  const shown = async () => {
    await table().waitFor();
    return asked().at(-1)!;
  };

  test('of a point of a chart: all by keyboard, and the focus comes back', async () => {
    await open('/');
    const plot = page.getByRole('application', { name: /^answer\.correct/ });
    expect(await plot.getAttribute('aria-label')).toContain('Enter shows the events behind');
    await plot.focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    const { from, to, ...question } = await shown();
    expect(question).toEqual({
      ...{ of: 'metric', pipeline: 'campus', metric: 'answer.correct', limit: '50' },
    });
    expect(Number(to)).toBeGreaterThan(Number(from));
    expect(await drawer().textContent()).toContain('The number is of 76 events, and 75 of them');
    expect(await drawer().textContent()).toContain('One event that it counted is no longer kept');
    expect(await drawer().textContent()).toContain('2 events in the archive came too late');
    const link = page.url();
    expect(link).toContain('behind');
    await page.keyboard.press('Escape');
    await drawer().waitFor({ state: 'hidden' });
    expect(page.url()).not.toContain('behind');
    await expect
      .poll(() => plot.evaluate((element) => element === document.activeElement))
      .toBe(true);
    // The address alone leads back.
    await page.goto(link);
    await shown();
  });

  test('has pages, a file of each, each event as it came, and leads to the person', async () => {
    await open('/');
    await page.getByRole('button', { name: /^Show as table: answer\.correct/ }).click();
    await page
      .getByRole('button', { name: /^Events behind answer\.correct, / })
      .first()
      .click();
    await shown();
    await drawer().getByText('As it came').first().click();
    const raw = drawer().locator('pre').first();
    expect(await raw.textContent()).toContain('<script>alert(1)</script>');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      drawer()
        .getByRole('button', { name: /CSV|as a file/i })
        .first()
        .click(),
    ]);
    const lines = (await readFile(await file.path(), 'utf8')).trim().split('\n');
    expect(lines).toHaveLength(51);
    await drawer().getByRole('button', { name: 'Earlier events' }).click();
    await drawer().getByText('Page 2').waitFor();
    await expect.poll(() => table().getByRole('row').count()).toBe(26);
    expect(asked().at(-1)).toMatchObject({ after: '50' });
    expect(await drawer().textContent()).toContain('76 events');
    await drawer().getByRole('button', { name: 'Later events' }).click();
    await expect.poll(() => table().getByRole('row').count()).toBe(51);
    await drawer().getByRole('link', { name: 'student-3' }).first().click();
    await page.waitForURL(/\/personalization\/users\/student-3/);
    await drawer().waitFor({ state: 'hidden' });
  });

  test('of a bar of a column: by keyboard, by a click, and from the table', async () => {
    await open('/drift/context_latency_ms');
    const plot = page.getByRole('application', { name: /^Share of rows/ });
    await plot.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    const lowest = await shown();
    expect(lowest).toMatchObject({ of: 'column', column: 'context_latency_ms' });
    expect(Object.keys(lowest)).toContain('upTo');
    expect(Object.keys(lowest)).not.toContain('above');
    expect(await drawer().textContent()).toContain(
      'Rows of the column “context_latency_ms” at most',
    );
    await page.keyboard.press('Escape');
    await drawer().waitFor({ state: 'hidden' });
    const box = (await plot.locator('svg').boundingBox())!;
    // The second bar: beneath the legend and the first.
    await page.mouse.click(box.x + 155, box.y + 26 + 30 + 6);
    const second = await shown();
    expect(second).toMatchObject({ above: lowest['upTo'] });
    expect(Number(second['upTo'])).toBeGreaterThan(Number(second['above']));
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Show as table: Share of rows/ }).click();
    await page.getByRole('button', { name: /^Events behind Share of rows, \(missing\)/ }).click();
    expect(await shown()).toMatchObject({ column: 'context_latency_ms', value: '' });
    expect(await drawer().textContent()).toContain('without a value');
    expect(await drawer().textContent()).toContain('has no value');
  });

  test('of a value that the reference has not', async () => {
    await page.route(/\/v1\/drift\/context_skill/, async (route) => {
      const answer = await route.fetch();
      const unseen = [{ value: 'sets', share: 0.03 }];
      await route.fulfill({ response: answer, json: { ...(await answer.json()), unseen } });
    });
    await open('/drift/context_skill');
    await page.getByRole('button', { name: 'Events behind sets' }).click();
    expect(await shown()).toMatchObject({ column: 'context_skill', value: 'sets' });
    expect(await drawer().textContent()).toContain(
      'Rows of the column “context_skill” that are “sets”',
    );
  });

  test('of a column that another pipeline profiles none are known', async () => {
    await open('/drift/context_device');
    await page.getByText('whiteboard').first().waitFor();
    expect(await page.getByRole('button', { name: /^Events behind/ }).count()).toBe(0);
    const plot = page.getByRole('application', { name: /^Share of rows/ });
    expect(await plot.getAttribute('aria-label')).not.toContain('Enter shows');
  });

  test('of a click into a chart, wherever its line is', async () => {
    await open('/');
    const plot = page.getByRole('application', { name: /^answer\.correct/ });
    await plot.scrollIntoViewIfNeeded();
    const box = (await plot.boundingBox())!;
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    expect(await shown()).toMatchObject({ of: 'metric', metric: 'answer.correct' });
  });

  test.each([
    ['an arm’s units', '/experiments/short-videos', /Units/, { of: 'experiment' }],
    ['an arm’s mean', '/experiments/short-videos', /Mean/, { of: 'experiment' }],
    ['an action', '/personalization/tutor', /Decisions/, { of: 'policy', key: 'tutor' }],
    ['a day of a column', '/drift/context_skill', /rows/, { of: 'column' }],
    ['a day of predictions', '/drift/prediction', /rows/, { of: 'model', model: 'answer' }],
    ['a break', '/drift/context_latency_ms', /202\d$/, { of: 'column', value: '' }],
    ['a tile', '/', /Outcomes|Feedback|Learning/, { of: 'model', model: 'answer' }],
  ] as const)('of %s', async (_, path, name, question) => {
    await open(path);
    const button = page
      .getByRole('button', { name: /^Events behind/ })
      .filter({ hasText: /\d/ })
      .and(page.getByRole('button', { name }));
    await button.first().focus();
    await page.keyboard.press('Enter');
    expect(await shown()).toMatchObject(question);
  });

  test.each(['light', 'dark'] as const)(
    'is read by all, in %s and on a phone',
    async (scheme) => {
      await open('/');
      await setScheme(page, scheme);
      const plot = page.getByRole('application', { name: /^answer\.correct/ });
      await plot.focus();
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('Enter');
      await shown();
      expect(await violationsOf(page)).toEqual([]);
      await page.setViewportSize({ width: 390, height: 844 });
      await drawn(page);
      await shown();
      expect(await violationsOf(page)).toEqual([]);
      expect(await overflowOf(page)).toBeUndefined();
    },
    120_000,
  );
});
