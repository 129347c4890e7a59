/**
 * Walks through the dashboard as a person would, in Chromium, against any address that serves it with data.
 *
 * Says what it found; the caller judges. `send` brings new events to the engine, so that a live update can be seen.
 */
import type { Page } from 'playwright-core';
import { drawn, overflowOf, setScheme, violationsOf, withPage } from './browserPage.ts';

export interface WalkFindings {
  /** Charts drawn as SVG, by page. */
  readonly charts: Readonly<Record<'overview' | 'pipelines', number>>;
  readonly headlines: Readonly<Record<'overview' | 'pipelines', string>>;
  /** A figure changed without anything being touched. */
  readonly updated: boolean;
  /** Keyboard steps that did not do what they should. */
  readonly keyboardFaults: readonly string[];
  /** `page scheme rule: target` of axe-core. */
  readonly violations: readonly string[];
  /** Errors of the console and of the page. */
  readonly errors: readonly string[];
  /** Widths at which the page is wider than the screen. */
  readonly overflows: readonly string[];
}

/** A busy machine takes its time to commit and to draw. */
const updateMaxMs = 60_000;

const paths = { overview: '/', pipelines: '/pipelines' } as const;
const names = ['overview', 'pipelines'] as const;

/** @param browser its executable */
export function walk(
  browser: string,
  url: string,
  send?: () => Promise<void>,
): Promise<WalkFindings> {
  return withPage(browser, (page, errors) => walkOn(page, errors, url, send));
}

async function walkOn(
  page: Page,
  errors: readonly string[],
  url: string,
  send: (() => Promise<void>) | undefined,
): Promise<WalkFindings> {
  const charts = { overview: 0, pipelines: 0 };
  const headlines = { overview: '', pipelines: '' };
  for (const name of names) {
    await open(page, url, name);
    charts[name] = await page.locator('.chart-plot[data-phase=drawn] svg').count();
    headlines[name] = (await page.locator('h1').textContent()) ?? '';
  }
  const updated = await updates(page, url, send);
  const keyboardFaults = await keyboard(page, url);
  const violations = await accessibility(page, url);
  const overflows = await narrow(page, url);
  return { charts, headlines, updated, keyboardFaults, violations, errors, overflows };
}

/** Opens a page and waits until its charts are drawn and nothing is a skeleton any more. */
async function open(page: Page, url: string, name: (typeof names)[number]): Promise<void> {
  await page.goto(`${url}${paths[name]}`);
  await page.locator('.chart-plot[data-phase=drawn]').first().waitFor();
  await drawn(page);
}

async function updates(
  page: Page,
  url: string,
  send: (() => Promise<void>) | undefined,
): Promise<boolean> {
  await open(page, url, 'pipelines');
  await page.locator('.live-live').waitFor();
  // The offset of partition 0 up to which everything is committed: nothing but new data changes it.
  const cell = 'main .data-table td:nth-of-type(6)';
  const before = await page.locator(cell).first().textContent();
  await send?.();
  return page
    .waitForFunction(
      ([selector, text]) => document.querySelector(selector)?.textContent !== text,
      [cell, before] as const,
      { timeout: updateMaxMs },
    )
    .then(
      () => true,
      () => false,
    );
}

async function keyboard(page: Page, url: string): Promise<string[]> {
  const faults: string[] = [];
  const expect = async (name: string, check: () => Promise<unknown>) => {
    try {
      await check();
    } catch (error) {
      faults.push(`${name}: ${error instanceof Error ? error.message.split('\n')[0] : error}`);
    }
  };
  const short = { timeout: 5_000 };
  await open(page, url, 'overview');
  await expect('g p opens Pipelines', async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('p');
    await page.waitForURL(/\/pipelines/, short);
  });
  await expect('g o opens Overview', async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('o');
    await page.waitForURL((address) => address.pathname === '/', short);
  });
  await expect('[ goes back in time and ] forward', async () => {
    await page.keyboard.press('[');
    await page.waitForURL(/back=1/, short);
    await page.keyboard.press(']');
    await page.waitForURL((address) => !address.search.includes('back'), short);
  });
  await expect('t shows tables', async () => {
    await page.keyboard.press('t');
    await page.locator('.chart-data').first().waitFor(short);
    await page.keyboard.press('t');
    await page.locator('.chart-plot[data-phase=drawn]').first().waitFor(short);
  });
  await expect('l pauses and resumes', async () => {
    await page.keyboard.press('l');
    await page.locator('.live-paused').waitFor(short);
    await page.keyboard.press('l');
    await page.locator('.live-live').waitFor(short);
  });
  await expect('arrows announce points', async () => {
    await page.locator('.chart-plot').first().focus();
    await page.keyboard.press('ArrowRight');
    await page
      .locator('.chart [aria-live]:has-text(":")')
      .first()
      .waitFor({
        ...short,
        state: 'attached',
      });
  });
  await expect('? opens help and Escape closes it', async () => {
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor(short);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ ...short, state: 'detached' });
  });
  await expect('the first tab stop leads to the content', async () => {
    await page.goto(url);
    await page.locator('h1').waitFor(short);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.id === 'page', undefined, short);
  });
  return faults;
}

async function accessibility(page: Page, url: string): Promise<string[]> {
  const violations: string[] = [];
  for (const scheme of ['light', 'dark'] as const) {
    await setScheme(page, scheme);
    for (const name of names) {
      // The tables are the same in all themes and pages, and long: one look is enough.
      for (const table of scheme === 'light' && name === 'overview' ? [false, true] : [false]) {
        await open(page, url, name);
        if (table) {
          await page.keyboard.press('t');
          await page.locator('.chart-data').first().waitFor();
        }
        const found = await violationsOf(page);
        violations.push(...found.map((each) => `${name} ${scheme} ${each}`));
      }
    }
  }
  return violations;
}

async function narrow(page: Page, url: string): Promise<string[]> {
  const overflows: string[] = [];
  for (const width of [390, 768]) {
    await page.setViewportSize({ width, height: 844 });
    for (const name of names) {
      await open(page, url, name);
      const wide = await overflowOf(page);
      if (wide !== undefined) overflows.push(`${name} at ${width} px is ${wide} px wide`);
    }
  }
  return overflows;
}
