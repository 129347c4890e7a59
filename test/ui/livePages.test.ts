/** The live line in a real browser: one for all tabs, none while nobody looks, back by itself, over when signed out. */
import type { Page, Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SessionAnswer } from '../../contracts/accessApi.ts';
import { type FakeEngine, startFakeEngine } from '../support/fakeEngine.ts';
import { fakeOverview } from '../support/fakeOverview.ts';
import { isRequired } from '../support/isRequired.ts';
import { type Browser, drawn, openBrowser, openPage } from './support/browserPage.ts';
import { findChromium, whatTheBrowserLacks } from './support/chromium.ts';

const browser = findChromium();
const missing = whatTheBrowserLacks();
if (missing !== '') console.warn(`The live line is not tried: ${missing}`);

test.runIf(isRequired('browser'))('what the live line needs is there', () => {
  expect(missing).toBe('');
});

/** As if its tab were behind another, or before it again. */
async function show(page: Page, isShown: boolean): Promise<void> {
  await page.evaluate((shown) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => !shown });
    document.dispatchEvent(new Event('visibilitychange'));
  }, isShown);
}

const nobody: SessionAnswer = {
  ...{ access: 'required', hasAccounts: true, csrf: null, expiresAt: null, now: Date.now() },
  ...{ principal: null, mustChangePassword: false },
};

const live = (page: Page) => page.locator('.live-live').waitFor();

describe.skipIf(missing !== '')('the live line', () => {
  let chrome: Browser;
  let engine: FakeEngine;
  let pages: Page[] = [];

  beforeAll(async () => {
    chrome = await openBrowser(browser!);
  });
  afterAll(() => chrome?.close());
  beforeEach(async () => {
    engine = await startFakeEngine({ overview: fakeOverview(Date.now()) });
  });
  afterEach(async () => {
    for (const page of pages) await page.close();
    pages = [];
    await engine.close();
  });

  async function openTab(path = '/', setUp: (page: Page) => Promise<unknown> = async () => {}) {
    const { page } = await openPage(chrome, { width: 1280, height: 900 });
    pages.push(page);
    page.setDefaultTimeout(15_000);
    await setUp(page);
    await page.goto(`${engine.url}${path}`);
    await drawn(page);
    return page;
  }

  /** Questions about a metric since a moment: what a refresh asks. */
  const asked = () => engine.requests.filter((request) => /\/v1\/metrics\/answer/.test(request));

  test.each([
    ['a worker that they share', async () => {}],
    [
      'a tab that leads where there is no such worker',
      (page: Page) =>
        page.addInitScript(() => {
          Object.defineProperty(window, 'SharedWorker', { value: undefined });
        }),
    ],
  ])(
    'is one for two tabs, by %s, and outlives the first of them',
    async (_, setUp) => {
      const first = await openTab('/', setUp);
      await live(first);
      const second = await openTab('/pipelines', setUp);
      await live(second);
      expect([engine.live.open, engine.live.opened]).toEqual([1, 1]);
      await first.close();
      const before = engine.live.committed;
      await expect.poll(() => engine.live.committed).toBeGreaterThan(before + 1);
      await live(second);
      await expect.poll(() => engine.live.open).toBe(1);
      await second.close();
      pages = [];
      await expect.poll(() => engine.live.open).toBe(0);
    },
    60_000,
  );

  test('rests while all tabs are hidden, and catches up once', async () => {
    engine.live.isStill = true;
    const [first, second] = [await openTab('/'), await openTab('/')];
    await live(first);
    await live(second);
    // Until what was committed at first has settled.
    await first.waitForTimeout(7_500);
    await show(first, false);
    await first.waitForTimeout(400);
    expect(engine.live.open).toBe(1);
    await show(second, false);
    await expect.poll(() => engine.live.open).toBe(0);
    await first.locator('.live-hidden').waitFor();

    const before = asked().length;
    await show(first, true);
    await live(first);
    await first.waitForTimeout(3_000);
    expect(asked().length - before).toBe(0);

    await show(first, false);
    await expect.poll(() => engine.live.open).toBe(0);
    engine.live.committed += 100;
    await first.waitForTimeout(7_000);
    const resting = asked().length;
    await show(first, true);
    await live(first);
    await expect.poll(() => asked().length).toBeGreaterThan(resting);
    await first.waitForTimeout(1_000);
    const once = asked().length - resting;
    await first.waitForTimeout(8_000);
    // Its large chart, its tile and its card are the same question.
    expect(asked().length - resting).toBe(once);
  }, 60_000);

  test('comes back by itself when the engine has been restarted, and asks for nothing twice', async () => {
    const page = await openTab('/pipelines');
    await live(page);
    const port = Number(new URL(engine.url).port);
    await engine.close();
    await page.locator('.live-lost').waitFor();
    await page.getByText('showing the last data').first().waitFor();
    // The figures are still there.
    expect(await page.locator('.chart-plot[data-phase=drawn]').count()).toBe(4);
    engine = await startFakeEngine({ port, overview: fakeOverview(Date.now()) });
    engine.live.isStill = true;
    await live(page);
    await page.waitForTimeout(9_000);
    const epochs = engine.requests.filter((request) => request.includes('/epochs'));
    expect(epochs.length).toBeGreaterThan(0);
    expect(epochs.length).toBeLessThanOrEqual(2);
    expect(engine.live.opened).toBe(1);
    expect(await page.locator('.live-banner').count()).toBe(0);
  }, 60_000);

  test('is over when the session is: the page says so and asks no longer', async () => {
    const page = await openTab('/');
    await live(page);
    engine.live.refusal = { status: 401, code: 'SESSION_EXPIRED' };
    const isOver = (route: Route) => route.fulfill({ json: nobody });
    await page.route('**/v1/session', isOver);
    await show(page, false);
    await expect.poll(() => engine.live.open).toBe(0);
    await show(page, true);
    await page.getByRole('alert').filter({ hasText: 'Your session has ended' }).waitFor();
    await page.getByRole('dialog').waitFor();
    const before = engine.requests.length;
    await page.waitForTimeout(3_000);
    expect(engine.requests.length).toBe(before);
    engine.live.refusal = undefined;
    await page.unroute('**/v1/session', isOver);
    await page.reload();
    await drawn(page);
    await live(page);
  }, 60_000);

  test('has a commit on the page within a second', async () => {
    engine.live.isStill = true;
    const page = await openTab('/');
    await live(page);
    await page.evaluate(() => {
      const shown = Object.assign(window, { shown: [] as [string, number][] });
      new MutationObserver(() => {
        shown.shown.push([document.querySelector('.live-lag')?.textContent ?? '', Date.now()]);
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    const lags: number[] = [];
    engine.live.eventsPerSecond = 0;
    for (let i = 1; i <= 40; i += 1) {
      await page.waitForTimeout(150 + ((i * 37) % 200));
      const [at, text] = [Date.now(), `${100 + i} events behind`];
      engine.live.lagEvents = 100 + i;
      const seen = await page.waitForFunction(
        (words) =>
          (window as unknown as { shown: [string, number][] }).shown.find(
            ([text]) => text === words,
          )?.[1],
        text,
        { timeout: 5_000 },
      );
      lags.push(((await seen.jsonValue()) as number) - at);
    }
    lags.sort((a, b) => a - b);
    console.log(`commit to page: median ${lags[20]} ms, most ${lags.at(-1)} ms`);
    expect(lags.at(-1)!).toBeLessThanOrEqual(1_000);
  }, 60_000);
});
