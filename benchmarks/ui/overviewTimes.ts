/** How long the first page takes in a browser that has never seen it: until it can be read and used, and until its charts are there. */
import type { BrowserContext } from 'playwright-core';
import { drawn, readable } from './browser.ts';

export interface OverviewTime {
  readonly readableMs: number;
  readonly drawnMs: number;
}

const longest = `performance.getEntriesByType('longtask').length`;

/** @param times that it is opened, each time with an empty cache */
export async function openOverview(
  context: BrowserContext,
  url: string,
  times: number,
): Promise<OverviewTime[]> {
  const measured: OverviewTime[] = [];
  for (let i = 0; i < times; i += 1) {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Network.setCacheDisabled', { cacheDisabled: true });
    const started = performance.now();
    await page.goto(`${url}/?range=30d`, { waitUntil: 'commit' });
    await readable(page);
    // A click is answered at once: the page is not busy with itself.
    await page.evaluate(longest);
    const readableMs = performance.now() - started;
    await drawn(page);
    measured.push({ readableMs, drawnMs: performance.now() - started });
    await page.close();
  }
  return measured;
}
