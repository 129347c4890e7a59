/**
 * Walks through the pages of drift as somebody would who keeps a model, on an engine that plays the campus.
 *
 * Says what it found; the caller judges.
 */
import { drawn, withPage } from './browserPage.ts';
import { lookAt } from './lookAt.ts';

export interface DriftFindings {
  readonly headline: string;
  /** Columns of the grid, as its table names them, and how many cells were judged. */
  readonly columns: readonly string[];
  readonly judged: number;
  /** Kinds of drift that the page tells. */
  readonly words: readonly string[];
  /** Of the page of a column. */
  readonly column: { readonly headline: string; readonly charts: number };
  /** Events behind the day that is compared: the number that leads to them, and what is said of theirs. */
  readonly behind: { readonly rows: string; readonly counts: string };
  /** Of axe-core, and pages that are too wide. */
  readonly violations: readonly string[];
  readonly errors: readonly string[];
}

/**
 * @param browser  its executable
 * @param pictures directory for pictures of each page; absent: none
 */
export function walkDrift(browser: string, url: string, pictures?: string): Promise<DriftFindings> {
  return withPage(browser, async (page, errors) => {
    const violations: string[] = [];
    const look = async (name: string) => {
      await drawn(page);
      violations.push(...(await lookAt(page, { name, pictures })));
    };
    await page.goto(`${url}/drift`);
    await look('drift');
    const headline = (await page.locator('h1').textContent()) ?? '';
    const words = await page
      .getByRole('region', { name: 'What it is' })
      .getByRole('listitem')
      .locator('b')
      .allTextContents();
    await page.keyboard.press('t');
    const cells = page.locator('.chart-data tbody tr');
    await cells.first().waitFor();
    const columns = await cells.locator('td:first-child').allTextContents();
    const levels = await cells.locator('td:nth-child(3)').allTextContents();
    await page.keyboard.press('t');
    await page.goto(`${url}/drift/context_latency_ms`);
    await look('drift-column');
    const column = {
      headline: (await page.locator('h1').textContent()) ?? '',
      charts: await page.locator('.chart-plot[data-phase=drawn]').count(),
    };
    const leading = page.getByRole('button', { name: /^Events behind .* rows$/ });
    const rows = (await leading.textContent()) ?? '';
    await leading.click();
    const drawer = page.getByRole('dialog', { name: 'Events behind this' });
    await drawer.getByRole('table').waitFor();
    const behind = { rows, counts: (await drawer.textContent()) ?? '' };
    return {
      ...{ headline, words, column, behind, violations, errors },
      columns: [...new Set(columns)],
      judged: levels.filter((level) => level !== 'Not judged').length,
    };
  });
}
