/**
 * Walks through the pages of alerts as somebody on call would, on an engine that plays the campus: makes a watch that must alert,
 * waits for its alert, looks at it, takes care of it and closes it as a false alarm.
 *
 * Says what it found; the caller judges.
 */
import type { Page } from 'playwright-core';
import { drawn, violationsOf, withPage } from './browserPage.ts';

export interface AlertFindings {
  /** What the form says of the past of the new watch. */
  readonly backTest: string;
  /** The list, before the watch alerts and when it has. */
  readonly headlines: readonly [before: string, after: string];
  /** Of the alert: its title, how many charts are drawn, and how it stands after each answer. */
  readonly alert: {
    readonly headline: string;
    readonly charts: number;
    readonly owner: string;
    readonly ended: string;
  };
  /** False alarms of the watch in its table: "1 of them false". */
  readonly counted: string;
  /** `page scheme rule: target` of axe-core. */
  readonly violations: readonly string[];
  readonly errors: readonly string[];
}

/** A busy machine takes its time to judge. */
const alertMaxMs = 120_000;

interface Walk {
  readonly page: Page;
  readonly url: string;
  readonly violations: string[];
}

/**
 * @param browser its executable
 * @param send    makes something happen: what a watch alerts to comes after it was made
 */
export function walkAlerts(
  browser: string,
  url: string,
  send: () => Promise<void>,
): Promise<AlertFindings> {
  return withPage(browser, async (page, errors) => {
    const violations: string[] = [];
    const walk: Walk = { page, url, violations };
    await page.goto(`${url}/anomalies`);
    await judge(walk, 'list light');
    const before = await headline(page);
    const backTest = await makeWatch(walk);
    await page.goto(`${url}/anomalies?watch=${key}`);
    const sending = setInterval(() => void send().catch(() => undefined), 5_000);
    try {
      await page.locator('.alert-entry').first().waitFor({ timeout: alertMaxMs });
    } finally {
      clearInterval(sending);
    }
    await judge(walk, 'alerts light');
    const after = await headline(page);
    const alert = await answer(walk);
    const counted = await look(walk);
    return { backTest, headlines: [before, after], alert, counted, violations, errors };
  });
}

const name = 'Any event at all';
const key = 'any-event-at-all';

async function headline(page: Page): Promise<string> {
  return (await page.locator('h1').textContent()) ?? '';
}

async function judge({ page, violations }: Walk, name: string): Promise<void> {
  await drawn(page);
  const found = await violationsOf(page);
  violations.push(...found.map((each) => `${name}: ${each}`));
}

/** Of every event there is one too many. */
async function makeWatch(walk: Walk): Promise<string> {
  const { page, url } = walk;
  await page.goto(`${url}/anomalies/watches/new`);
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Severity').selectOption('High');
  await page.getByLabel('Metric', { exact: true }).fill('events');
  await page.getByLabel('It alerts when').selectOption('it is beyond a limit');
  // One that is soon over: an alert comes behind its end.
  await page.getByLabel('Bucket', { exact: true }).fill('1 minute');
  await page.getByLabel('Limit', { exact: true }).fill('0');
  const told = page.getByText(/^Over the stored/);
  await told.waitFor();
  const backTest = (await told.textContent()) ?? '';
  await page.getByLabel('Reason').fill('To see that somebody is told');
  await page.getByLabel('Your name').fill('María Klein');
  await judge(walk, 'form light');
  await page.getByRole('button', { name: 'Create the watch' }).click();
  await page.getByRole('link', { name }).waitFor();
  return backTest;
}

async function answer(walk: Walk): Promise<AlertFindings['alert']> {
  const { page } = walk;
  await page.locator('.alert-entry h3 a').first().click();
  await page.getByRole('heading', { name: 'How it went' }).waitFor();
  // Where the link was, there may be a name that explains itself.
  await page.mouse.move(0, 0);
  await judge(walk, 'alert light');
  const title = await headline(page);
  const charts = await page.locator('.chart-plot[data-phase=drawn] svg').count();
  await page.getByRole('button', { name: 'Take care …' }).click();
  await page.getByRole('button', { name: 'Take care of it' }).click();
  const owner = page.locator('.tile', { hasText: 'Takes care' }).locator('.tile-figure');
  await owner.filter({ hasText: 'María Klein' }).waitFor();
  await page.getByRole('button', { name: 'Close …' }).click();
  await page.getByLabel('It was a false alarm').check();
  await page.getByLabel('Note').fill('A watch to try the pages');
  await page.getByRole('button', { name: 'Close it' }).click();
  const ended = page.locator('.standing .state-word');
  await ended.filter({ hasText: 'False alarm' }).waitFor();
  await page.getByText('A watch to try the pages').first().waitFor();
  return {
    ...{ headline: title, charts },
    owner: (await owner.textContent()) ?? '',
    ended: (await ended.textContent()) ?? '',
  };
}

async function look(walk: Walk): Promise<string> {
  const { page, url } = walk;
  await page.goto(`${url}/anomalies/watches`);
  const row = page.getByRole('row', { name: new RegExp(name) });
  const counted = row.getByText(/of them false/);
  await counted.waitFor({ timeout: alertMaxMs });
  await judge(walk, 'watches light');
  await row.getByRole('switch').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill('It has told what it had to');
  await dialog.getByRole('button', { name: 'Switch it off' }).click();
  await row.getByText('Off').waitFor();
  return (await counted.textContent()) ?? '';
}
