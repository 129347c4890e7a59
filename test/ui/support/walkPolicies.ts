/**
 * Walks through the pages of policies as an administrator would, on an engine that plays the campus: looks at the tutor, asks what
 * chance and another algorithm would have earned, and looks a student up.
 *
 * Says what it found; the caller judges.
 */
import type { Page } from 'playwright-core';
import { drawn, violationsOf, withPage } from './browserPage.ts';

export interface PolicyFindings {
  /** As the list shows them. */
  readonly listed: readonly string[];
  readonly detail: { readonly headline: string; readonly charts: number; readonly groups: number };
  /** Policies in the order of what they would have earned, as the table names them, and what is said of the first. */
  readonly ranked: readonly string[];
  readonly reason: string;
  /** What the student would get, as the page's title says it. */
  readonly student: string;
  /** Parts of the score and, at the end, the score itself. */
  readonly parts: readonly number[];
  /** Values whose liking is learnt of the student, and decisions that are told. */
  readonly likings: number;
  readonly decisions: number;
  /** `page scheme rule: target` of axe-core. */
  readonly violations: readonly string[];
  readonly errors: readonly string[];
}

/** A busy machine takes its time to replay the log. */
const evaluationMaxMs = 120_000;

interface Walk {
  readonly page: Page;
  readonly url: string;
  readonly violations: string[];
}

export interface PolicyWalk {
  /** Of the policy: its name and its key. */
  readonly name: string;
  readonly key: string;
  readonly student: string;
  /** Attribute and value that are told of the student. */
  readonly told: readonly [field: string, value: string];
}

/** @param browser its executable */
export function walkPolicies(
  browser: string,
  url: string,
  asked: PolicyWalk,
): Promise<PolicyFindings> {
  return withPage(browser, async (page, errors) => {
    const violations: string[] = [];
    const walk: Walk = { page, url, violations };
    const { listed, detail } = await look(walk, asked);
    const { ranked, reason } = await evaluate(walk);
    const person = await lookUp(walk, asked);
    return { listed, detail, ranked, reason, ...person, violations, errors };
  });
}

async function judge({ page, violations }: Walk, name: string): Promise<void> {
  await drawn(page);
  const found = await violationsOf(page);
  violations.push(...found.map((each) => `${name}: ${each}`));
}

async function look(walk: Walk, { name }: PolicyWalk) {
  const { page, url } = walk;
  await page.goto(`${url}/personalization`);
  await page.getByRole('link', { name }).waitFor();
  await judge(walk, 'list light');
  const listed = await page.locator('.entry-name h3').allTextContents();
  await page.getByRole('link', { name }).click();
  // Where the link was, there may be a name that explains itself.
  await page.mouse.move(0, 0);
  await page.locator('.chart-plot[data-phase=drawn]').first().waitFor();
  await judge(walk, 'detail light');
  const headline = (await page.locator('h1').textContent()) ?? '';
  const charts = await page.locator('.chart-plot[data-phase=drawn] svg').count();
  const groups = await page.locator('.matrix tbody tr').count();
  return { listed, detail: { headline, charts, groups } };
}

/** Of chance and of linucb. */
async function evaluate(walk: Walk) {
  const { page } = walk;
  const section = page.getByRole('region', { name: 'What another policy would have earned' });
  for (const box of await section.getByRole('checkbox').all()) await box.uncheck();
  for (const name of ['Chance', 'linucb']) await section.getByRole('checkbox', { name }).check();
  await section.getByRole('button', { name: 'Evaluate' }).click();
  await section.getByRole('table').waitFor({ timeout: evaluationMaxMs });
  await judge(walk, 'evaluation light');
  const ranked = await section
    .locator('.ranked > :first-child')
    .evaluateAll((details) =>
      details.map((each) => each.parentElement?.firstChild?.textContent ?? ''),
    );
  const reason = (await section.locator('.ranked-reason').first().textContent()) ?? '';
  return { ranked, reason };
}

function personPath({ student, key }: PolicyWalk): string {
  return `/personalization/users/${student}?policy=${key}`;
}

async function lookUp(walk: Walk, asked: PolicyWalk) {
  const { page, url } = walk;
  const [field, value] = asked.told;
  await page.goto(`${url}${personPath(asked)}`);
  await page.getByLabel(field).fill(value);
  await page.locator('.contributions:not(.likings)').getByText(`${field} is ${value}`).waitFor();
  await page.getByRole('region', { name: 'Last decisions', exact: true }).waitFor();
  await judge(walk, 'person light');
  const figures = await page.locator('.contributions:not(.likings) b').allTextContents();
  return {
    student: (await page.locator('h1').textContent()) ?? '',
    parts: figures.map((text) => Number(text.replace('−', '-').replace('±', ''))),
    likings: await page.locator('.likings li').count(),
    decisions: await page
      .getByRole('region', { name: 'Last decisions', exact: true })
      .locator('tbody tr')
      .count(),
  };
}
