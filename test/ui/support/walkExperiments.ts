/**
 * Walks through the pages of experiments as an administrator would, on an engine that plays the campus: looks at one that runs,
 * plans another, defines it, starts it, notes what happens, and stops it with a decision.
 *
 * Says what it found; the caller judges.
 */
import type { Page } from 'playwright-core';
import { drawn, violationsOf, withPage } from './browserPage.ts';

export interface ExperimentFindings {
  /** As the list shows them. */
  readonly listed: readonly string[];
  /** Of the one that was looked at: its headline, and charts drawn as SVG. */
  readonly seen: { readonly headline: string; readonly charts: number };
  /** Headlines of the planner, before and after its slider was moved. */
  readonly planned: readonly [string, string];
  /** What happened to the one that was made, as its page tells it while it runs. */
  readonly happened: readonly string[];
  /** Its decision log, the newest first: what, why and who. */
  readonly log: readonly (readonly string[])[];
  /** Its standing and its headline at the end. */
  readonly standing: string;
  readonly ended: string;
  /** Fields that ask for a name that is known. */
  readonly askedAgain: number;
  /** `page scheme rule: target` of axe-core. */
  readonly violations: readonly string[];
  readonly errors: readonly string[];
}

interface Walk {
  readonly page: Page;
  readonly url: string;
  readonly violations: string[];
}

/**
 * @param browser its executable
 * @param name    of the experiment to look at
 */
export function walkExperiments(
  browser: string,
  url: string,
  name: string,
): Promise<ExperimentFindings> {
  return withPage(browser, async (page, errors) => {
    const violations: string[] = [];
    const walk: Walk = { page, url, violations };
    const { listed, seen } = await look(walk, name);
    const planned = await plan(walk);
    const conducted = await conduct(walk);
    return { listed, seen, planned, ...conducted, violations, errors };
  });
}

async function judge({ page, violations }: Walk, name: string): Promise<void> {
  await drawn(page);
  const found = await violationsOf(page);
  violations.push(...found.map((each) => `${name}: ${each}`));
}

async function textsOf(page: Page, selector: string): Promise<string[]> {
  return (await page.locator(selector).allTextContents()).map((text) => text.trim());
}

async function headlineOf(page: Page): Promise<string> {
  return (await page.locator('h1').textContent()) ?? '';
}

async function look(walk: Walk, name: string) {
  const { page, url } = walk;
  await page.goto(`${url}/experiments`);
  await page.getByRole('link', { name }).waitFor();
  await judge(walk, 'list light');
  const listed = await textsOf(page, '.entry-name h3');
  await page.getByRole('link', { name }).click();
  await page.locator('.chart-plot[data-phase=drawn]').first().waitFor();
  await judge(walk, 'detail light');
  const charts = await page.locator('.chart-plot[data-phase=drawn] svg').count();
  return { listed, seen: { headline: await headlineOf(page), charts } };
}

async function plan(walk: Walk): Promise<[string, string]> {
  const { page, url } = walk;
  await page.goto(`${url}/experiments/plan`);
  await page.locator('.chart-plot[data-phase=drawn]').first().waitFor();
  await judge(walk, 'planner light');
  const before = await headlineOf(page);
  await page.getByRole('slider').first().focus();
  for (let step = 0; step < 5; step += 1) await page.keyboard.press('ArrowRight');
  // The effect is said at once, the days when they are computed.
  await page.waitForFunction((text) => {
    const daysOf = (sentence: string | null | undefined) =>
      /\d+\s(?=days)/.exec(sentence ?? '')?.[0];
    const days = daysOf(document.querySelector('h1')?.textContent);
    return days !== undefined && days !== daysOf(text);
  }, before);
  await drawn(page);
  return [before, await headlineOf(page)];
}

/** Defines an experiment by the form, and takes it to its end. */
async function conduct(walk: Walk) {
  const { page, url } = walk;
  await page.goto(`${url}/experiments/new`);
  await page.getByLabel('Name', { exact: true }).fill('Longer breaks');
  await page.getByLabel('Hypothesis').fill('Who rests for longer solves more.');
  await page.getByLabel('Add a metric …').selectOption({ label: 'Answers given' });
  await page.getByLabel('Smallest effect that matters').fill('2');
  await page.getByText('Nothing stands against it').waitFor();
  await judge(walk, 'form light');
  await page.getByLabel('Reason').fill('Asked for by the students');
  // It is asked for once.
  await page.getByLabel('Your name').fill('María Klein');
  await page.getByRole('button', { name: 'Create draft' }).click();
  await page.getByText('This is a draft').waitFor();
  await judge(walk, 'draft light');
  await move(page, 'Start …', 'Start it', 'The classes have been told');
  await page.locator('.standing').getByText('Running').waitFor();
  await page.getByRole('button', { name: 'Note something …' }).click();
  await page.keyboard.type('Fire drill');
  await page.keyboard.press('Enter');
  const note = page.locator('.happenings li').filter({ hasText: 'Fire drill' });
  await note.waitFor();
  const happened = await textsOf(page, '.happenings li[data-kind=own] > :last-child');
  await page.getByRole('button', { name: 'Stop …' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Decision').selectOption('Stop: keep the control');
  await dialog.getByLabel('Reason').fill('The timetable allows no longer breaks');
  const askedAgain = await page.getByLabel('Your name').count();
  await judge(walk, 'dialog light');
  await dialog.getByRole('button', { name: 'Stop it' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.locator('h1:has-text("It was stopped")').waitFor();
  const rows = await page.locator('table[class=data-table] tr:has(th[scope=row])').all();
  const log: string[][] = [];
  for (const row of rows) {
    const cells = await row.locator('th, td').allTextContents();
    // The log is the only table that begins with a time.
    if (/\d{2}:\d{2}:\d{2}$/.test(cells[0] ?? '')) log.push(cells.slice(1, 4));
  }
  const standing = (await page.locator('.standing').textContent()) ?? '';
  const ended = await headlineOf(page);
  return { happened, log, standing, ended, askedAgain };
}

async function move(page: Page, opens: string, confirms: string, reason: string): Promise<void> {
  await page.getByRole('button', { name: opens }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill(reason);
  await dialog.getByRole('button', { name: confirms }).click();
  await dialog.waitFor({ state: 'detached' });
}
