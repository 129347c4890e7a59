/** A page as three readers have it: in light and dark, by axe-core, and on a telephone; with a picture of each, if wanted. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { drawn, overflowOf, setScheme, violationsOf } from './browserPage.ts';
import { palettePng } from './palettePng.ts';

export interface Look {
  /** Of the pictures: `overview` makes `overview-light.png`, `overview-dark.png` and `overview-phone.png`. */
  readonly name: string;
  /** Directory for pictures; absent: none. */
  readonly pictures?: string | undefined;
}

/** A busy machine takes its time to lay a page out anew. */
const settleMaxMs = 10_000;
/** Higher pages are cut there, px. */
const heightMax = { desk: 1_500, telephone: 1_700 } as const;

/**
 * The page that is open; it stays open, in light and 1440 px wide.
 *
 * @returns what is wrong: `name dark rule: target`, `name is 402 px wide`
 */
export async function lookAt(page: Page, { name, pictures }: Look): Promise<string[]> {
  const faults: string[] = [];
  const picture = async (kind: 'light' | 'dark' | 'phone') => {
    if (pictures === undefined) return;
    mkdirSync(pictures, { recursive: true });
    const { width, height } = page.viewportSize()!;
    const needed = await page.evaluate(() => document.documentElement.scrollHeight);
    const most = kind === 'phone' ? heightMax.telephone : heightMax.desk;
    // On a screen so high: what stands at the lower edge of a screen would stand amid a longer picture.
    await page.setViewportSize({ width, height: Math.max(height, Math.min(needed, most)) });
    await drawn(page);
    const taken = await page.screenshot();
    await page.setViewportSize({ width, height });
    writeFileSync(join(pictures, `${name}-${kind}.png`), palettePng(taken));
  };
  // What is under the pointer may explain itself.
  await page.mouse.move(0, 0);
  for (const scheme of ['light', 'dark'] as const) {
    await setScheme(page, scheme);
    await drawn(page);
    faults.push(...(await violationsOf(page)).map((each) => `${name} ${scheme} ${each}`));
    await picture(scheme);
  }
  await setScheme(page, 'light');
  await page.setViewportSize({ width: 390, height: 844 });
  await drawn(page);
  // As on a telephone, where the page is opened at that width.
  await page.evaluate(() =>
    document
      .querySelector('.rail [aria-current=page]')
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' }),
  );
  // What is laid out by script follows a frame later.
  await page
    .waitForFunction(() => document.documentElement.scrollWidth <= window.innerWidth, undefined, {
      timeout: settleMaxMs,
    })
    .catch(() => {});
  const wide = await overflowOf(page);
  if (wide !== undefined) faults.push(`${name} is ${wide} px wide`);
  await picture('phone');
  await page.setViewportSize({ width: 1_440, height: 900 });
  await drawn(page);
  return faults;
}
