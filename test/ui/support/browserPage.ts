/** A page of a Chromium of its own, and what can be asked of any page: whether it is drawn, sound and not too wide. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Page } from 'playwright-core';

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * @param browser its executable
 * @param visit   what is done there; takes the errors of console and page as they come
 */
export async function withPage<Found>(
  browser: string,
  visit: (page: Page, errors: readonly string[]) => Promise<Found>,
): Promise<Found> {
  const profile = mkdtempSync(join(tmpdir(), 'millrace-walk-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: browser,
    args,
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
  });
  try {
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    return await visit(page, errors);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

/** Waits until all charts are drawn and nothing is a skeleton any more. */
export async function drawn(page: Page): Promise<void> {
  await page.locator('h1').waitFor();
  await page.waitForFunction(
    () =>
      document.querySelectorAll('.chart-plot:not([data-phase=drawn]), .mantine-Skeleton-root')
        .length === 0,
  );
}

/** What axe-core finds: `rule: target`. */
export async function violationsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
}

/** @returns how wide the page is when it is wider than the screen */
export async function overflowOf(page: Page): Promise<number | undefined> {
  const [wide, width] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    window.innerWidth,
  ]);
  return (wide ?? 0) > (width ?? 0) ? wide : undefined;
}
