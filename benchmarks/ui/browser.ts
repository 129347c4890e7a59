/** A Chromium for the measurements, and what it says of a page. Scripts of the page are text: they run where there is a document. */
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

const args = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];

/** @throws Error when there is no Chromium in PATH */
export async function withBrowser<Value>(
  use: (context: BrowserContext) => Promise<Value>,
): Promise<Value> {
  const executablePath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((directory) => join(directory, 'chromium'))
    .find(isExecutable);
  if (executablePath === undefined) {
    throw new Error('chromium is not in PATH: nothing was measured');
  }
  const profile = mkdtempSync(join(tmpdir(), 'millrace-browser-'));
  const options = { executablePath, args, viewport: { width: 1440, height: 900 } };
  const context = await chromium.launchPersistentContext(profile, options);
  try {
    return await use(context);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const patienceMs = 30_000;

/**
 * Asks again and again: pages forbid themselves the evaluation of text that waiting within them needs.
 *
 * @throws Error after half a minute
 */
export async function untilTrue(page: Page, condition: string): Promise<void> {
  const until = performance.now() + patienceMs;
  while (!((await page.evaluate(condition)) as boolean)) {
    if (performance.now() > until) throw new Error(`It did not become so: ${condition}`);
    await sleep(5);
  }
}

/** Words and figures are there: a heading, and nothing is a skeleton any more. */
export async function readable(page: Page): Promise<void> {
  await untilTrue(
    page,
    `document.querySelector('h1') !== null && document.querySelector('.mantine-Skeleton-root') === null`,
  );
}

/** And every chart is drawn. */
export async function drawn(page: Page): Promise<void> {
  await readable(page);
  await untilTrue(page, `document.querySelector('.chart-plot:not([data-phase=drawn])') === null`);
}

/** `rule: target`, of WCAG 2.1 AA and of what axe-core holds to be good practice. */
export async function violationsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${id}: ${target.join(' ')}`),
  );
}
