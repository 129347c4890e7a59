/** A page of a Chromium of its own, and what can be asked of any page: whether it is drawn, sound and not too wide. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface Browser {
  readonly context: BrowserContext;
  /** With its profile. */
  close(): Promise<void>;
}

/** @param executable that of Chromium */
export async function openBrowser(executable: string): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'millrace-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: executable,
    args,
    reducedMotion: 'reduce',
  });
  return {
    context,
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

export interface Contexts {
  /** One that shares neither cookies nor storage with the others. */
  fresh(): Promise<BrowserContext>;
  close(): Promise<void>;
}

/** For people who do not share a browser. @param executable that of Chromium */
export async function openContexts(executable: string): Promise<Contexts> {
  const browser = await chromium.launch({ executablePath: executable, args });
  return {
    fresh: () =>
      browser.newContext({ reducedMotion: 'reduce', viewport: { width: 1440, height: 900 } }),
    close: () => browser.close(),
  };
}

export interface OpenPage {
  readonly page: Page;
  /** What was thrown on the page, as it comes. */
  readonly errors: string[];
}

export async function openPage(
  { context }: Browser,
  size: { readonly width: number; readonly height: number },
): Promise<OpenPage> {
  const page = await context.newPage();
  await page.setViewportSize(size);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  return { page, errors };
}

/**
 * @param executable that of Chromium
 * @param visit      what is done there; takes the errors of console and page as they come
 */
export async function withPage<Found>(
  executable: string,
  visit: (page: Page, errors: readonly string[]) => Promise<Found>,
): Promise<Found> {
  const browser = await openBrowser(executable);
  try {
    const { page, errors } = await openPage(browser, { width: 1440, height: 900 });
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    return await visit(page, errors);
  } finally {
    await browser.close();
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

/** What a user's system asks for, and the page with all its colours: it takes them from an event, after the answer. */
export async function setScheme(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  if ((await page.locator('html[data-mantine-color-scheme]').count()) === 0) return;
  await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
      }),
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
