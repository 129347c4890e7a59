/**
 * Walks through the pages of models as somebody would who answers for one: looks at all of them, at that of the engine, and at one
 * from outside, whose threshold is moved.
 *
 * Says what it found; the caller judges.
 */
import type { Page } from 'playwright-core';
import { drawn, overflowOf, setScheme, violationsOf, withPage } from './browserPage.ts';

export interface ModelFindings {
  /** As the list names them: those of the engine, then those from outside. */
  readonly listed: readonly string[];
  readonly own: SeenModel;
  readonly outside: SeenModel;
  /** Cases that are acted upon at the monitor's threshold, and at a lower one. */
  readonly acted: readonly [number, number];
  /** `page scheme rule: target` of axe-core. */
  readonly violations: readonly string[];
  readonly errors: readonly string[];
  readonly overflows: readonly string[];
}

interface SeenModel {
  readonly headline: string;
  readonly charts: number;
  /** Values of all slices that are shown. */
  readonly slices: readonly string[];
}

export interface ModelWalk {
  readonly own: string;
  readonly outside: string;
}

/** @param browser its executable */
export function walkModels(
  browser: string,
  url: string,
  { own, outside }: ModelWalk,
): Promise<ModelFindings> {
  return withPage(browser, async (page, errors) => {
    const violations: string[] = [];
    const judge = async (name: string) => {
      await drawn(page);
      violations.push(...(await violationsOf(page)).map((each) => `${name}: ${each}`));
    };
    await page.goto(`${url}/models`);
    await page.getByRole('link', { name: outside, exact: true }).waitFor();
    await judge('list light');
    const listed = await page.locator('.data-table tbody th a').allTextContents();
    const see = async (model: string) => {
      await page.goto(`${url}/models`);
      await page.getByRole('link', { name: model, exact: true }).click();
      // Where the link was, there may be a name that explains itself.
      await page.mouse.move(0, 0);
      await page.locator('.chart-plot[data-phase=drawn]').first().waitFor();
      await judge(`${model} light`);
      return seen(page);
    };
    const ofEngine = await see(own);
    const fromOutside = await see(outside);
    const acted = await moveThreshold(page);
    await setScheme(page, 'dark');
    await judge(`${outside} dark`);
    await setScheme(page, 'light');
    await page.setViewportSize({ width: 390, height: 844 });
    const overflows: string[] = [];
    for (const path of ['/models', new URL(page.url()).pathname]) {
      await page.goto(`${url}${path}`);
      await judge(`telephone ${path.split('/').at(-1)}`);
      const wide = await overflowOf(page);
      if (wide !== undefined) overflows.push(`${path} is ${wide} px wide`);
    }
    return {
      ...{ listed, own: ofEngine, outside: fromOutside },
      ...{ acted, violations, errors, overflows },
    };
  });
}

async function seen(page: Page): Promise<SeenModel> {
  return {
    headline: (await page.locator('h1').textContent()) ?? '',
    charts: await page.locator('.chart-plot[data-phase=drawn] svg').count(),
    slices: await page.locator('.data-table tbody th').allTextContents(),
  };
}

async function moveThreshold(page: Page): Promise<[number, number]> {
  const acted = async () => {
    const counts = await page
      .locator('.confusion tbody tr')
      .first()
      .locator('.number')
      .textContent();
    return Number((counts ?? '').replace(/\D/g, ''));
  };
  const before = await acted();
  await page.getByRole('slider', { name: 'Threshold' }).focus();
  for (let i = 0; i < 15; i += 1) await page.keyboard.press('ArrowLeft');
  await page.waitForURL(/threshold=0\.35/);
  return [before, await acted()];
}
