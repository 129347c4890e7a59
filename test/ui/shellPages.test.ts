/** The shell in a real browser: the palette, keys, comparison and dates, what happened, files, paper, and the order of focus. */
import { readFile } from 'node:fs/promises';
import type { Download, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { FakeEngine } from '../support/fakeEngine.ts';
import { fakeOverview } from '../support/fakeOverview.ts';
import { isRequired } from '../support/isRequired.ts';
import { drawn, overflowOf, setScheme, violationsOf } from './support/browserPage.ts';
import { findChromium, whatTheBrowserLacks } from './support/chromium.ts';
import { eachOnFakeEngine } from './support/eachOnFakeEngine.ts';

const browser = findChromium();
const missing = whatTheBrowserLacks();
if (missing !== '') console.warn(`The shell is not tried: ${missing}`);

test.runIf(isRequired('browser'))('what the shell needs is there', () => {
  expect(missing).toBe('');
});

const pages = {
  overview: '/',
  models: '/models',
  model: '/models/watch/dropout',
  versions: '/models/answer/versions',
  experiments: '/experiments',
  experiment: '/experiments/short-videos',
  personalization: '/personalization',
  policy: '/personalization/tutor',
  anomalies: '/anomalies?range=7d',
  watches: '/anomalies/watches',
  drift: '/drift',
  retraining: '/retraining',
  pipelines: '/pipelines',
} as const;

describe.skipIf(missing !== '')('the shell', () => {
  let engine: FakeEngine;
  let page: Page;
  const open = eachOnFakeEngine(
    browser!,
    (given) => {
      ({ engine, page } = given);
    },
    () => ({ overview: fakeOverview(Date.now()) }),
  );

  const saved = async (press: () => Promise<unknown>) => {
    const [download] = await Promise.all([page.waitForEvent('download'), press()]);
    const file: Download = download;
    return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
  };

  describe('the palette', () => {
    const field = () => page.getByRole('combobox', { name: /^Find/ });
    const options = () => page.getByRole('option');

    test('opens by Ctrl K, finds by letters, opens by Enter, and remembers', async () => {
      await open('/pipelines');
      await page.keyboard.press('Control+k');
      await field().waitFor();
      expect(await options().first().getAttribute('aria-selected')).toBe('true');
      await page.keyboard.type('short expl');
      await options().filter({ hasText: 'Short explanation videos' }).first().waitFor();
      const active = await field().getAttribute('aria-activedescendant');
      const selected = page.locator(`[id="${active}"]`);
      expect(await selected.getAttribute('aria-selected')).toBe('true');
      expect(await selected.textContent()).toContain('Short explanation videos');
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/experiments\/short-videos/);
      await drawn(page);
      await page.keyboard.press('Meta+k');
      await page
        .getByRole('group', { name: 'Recent' })
        .getByText('Short explanation videos')
        .waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('ArrowUp');
      expect(await options().last().getAttribute('aria-selected')).toBe('true');
      await page.keyboard.press('Escape');
      await field().waitFor({ state: 'hidden' });
      expect(await page.evaluate(() => document.body.contains(document.activeElement))).toBe(true);
    });

    test('says when nothing fits, and does what is no page', async () => {
      await open('/pipelines');
      await page.getByRole('button', { name: /^Find a page/ }).click();
      await field().waitFor();
      await page.keyboard.type('zzqx');
      await page.getByText('Nothing fits “zzqx”.').waitFor();
      expect(await violationsOf(page)).toEqual([]);
      await page.keyboard.press('Control+a');
      await page.keyboard.type('keys and help');
      await page.keyboard.press('Enter');
      await page.getByRole('dialog', { name: 'Keys and settings' }).waitFor();
    });

    test('knows models, alerts, policies, watches and runs', async () => {
      await open('/');
      await page.keyboard.press('Control+k');
      await field().waitFor();
      for (const [typed, group] of [
        ['dropout', 'Models'],
        ['fell to 4', 'Open alerts'],
        ['tutor', 'Policies'],
        ['correct share', 'Watches'],
        ['answer', 'Training runs'],
      ] as const) {
        await page.keyboard.press('Control+a');
        await page.keyboard.type(typed);
        await page.getByRole('group', { name: group }).getByRole('option').first().waitFor();
      }
    });
  });

  test('c compares with the range before: in the address, in charts, tables, files and tiles', async () => {
    await open('/');
    await page.keyboard.press('c');
    await page.waitForURL(/compare=true/);
    await page
      .getByText(/(more|less) than before|as before/)
      .first()
      .waitFor();
    await page.getByText('Before', { exact: true }).first().waitFor();
    await page.keyboard.press('t');
    await page.getByRole('columnheader', { name: 'Mean, before' }).waitFor();
    const curve = page.getByRole('figure', { name: /Learning curve/ });
    await curve.getByRole('button', { name: /^Export/ }).click();
    const { text } = await saved(() => page.getByRole('menuitem', { name: /CSV/ }).click());
    const [head, first] = text.split('\r\n');
    expect(head).toMatch(/,"AUC, before","Log loss, before"/);
    expect(first!.split(',').length).toBeGreaterThan(8);
    await page.keyboard.press('Escape');
    await page.keyboard.press('c');
    await page.waitForURL((address) => !address.search.includes('compare'));
  });

  test('a range of dates is chosen by keyboard, and one that ends before it begins is not taken', async () => {
    await open('/pipelines');
    await page.getByRole('button', { name: 'Choose dates' }).click();
    const dialog = page.getByRole('dialog', { name: 'Show from … to …' });
    await dialog.getByLabel('From').fill('2026-03-02T08:00');
    await dialog.getByLabel('To').fill('2026-03-02T07:00');
    await page.keyboard.press('Enter');
    await dialog.getByText('The end must lie behind the beginning.').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await dialog.getByLabel('To').fill('2026-03-03T08:00');
    await page.keyboard.press('Enter');
    await page.waitForURL(/range=custom/);
    const { searchParams } = new URL(page.url());
    expect(Number(searchParams.get('to')) - Number(searchParams.get('from'))).toBe(86_400_000);
    await page.keyboard.press(']');
    await page.waitForURL(
      (address) => address.searchParams.get('from') !== searchParams.get('from'),
    );
  });

  test('what happened is asked for once for all charts of a page, and its kinds can be hidden', async () => {
    await open('/pipelines');
    const list = page.getByRole('region', { name: 'What happened meanwhile' });
    await list.getByText('Version 4.2 of the exercise service went live').waitFor();
    expect(await page.locator('.chart svg text', { hasText: /^2$/ }).count()).toBe(4);
    const asked = engine.requests.filter((request) => request.includes('/v1/happenings'));
    expect(asked.length).toBeLessThanOrEqual(2);
    await list.getByLabel(/^Deployment/).focus();
    await page.keyboard.press('Space');
    await page.waitForURL(/hide=/);
    await expect.poll(() => page.locator('.chart svg text', { hasText: /^2$/ }).count()).toBe(0);
    await page.locator('.chart-plot').first().focus();
    for (let i = 0; i < 46; i += 1) await page.keyboard.press('ArrowRight');
    const spoken = page.locator('.chart [aria-live]').first();
    await expect.poll(() => spoken.textContent()).toMatch(/What happened .*Exam week/);
    // The way leads on with what is hidden.
    await page.keyboard.press('g');
    await page.keyboard.press('o');
    await page.waitForURL((address) => address.pathname === '/' && address.search.includes('hide'));
  });

  test('every table can be saved, with exact figures, and no cell is a formula', async () => {
    await open('/');
    const { name, text } = await saved(() =>
      page.getByRole('button', { name: 'CSV: Models at a glance, table' }).click(),
    );
    expect(name).toBe('models-at-a-glance.csv');
    expect(text.split('\r\n')[1]).toMatch(
      /^answer,1\.4,184200,0\.771,0\.779,0\.553,0\.018,0\.63,20/,
    );
    for (const path of Object.values(pages)) {
      await open(path);
      const tables = await page.locator('table:visible').count();
      expect(await page.locator('.table-export table:visible').count(), path).toBe(tables);
      for (const chart of await page.locator('figure.chart').all()) {
        if ((await chart.locator('.chart-plot').count()) === 0) continue;
        expect(await chart.getByRole('button', { name: /^Export/ }).count(), path).toBe(1);
      }
    }
    const forged = await page.evaluate(() => {
      const cell = document.querySelector('.table-export td, .table-export th[scope=row]')!;
      cell.textContent = '=HYPERLINK("http://x","y")';
      return cell
        .closest('.table-export')!
        .querySelector('.table-save')!
        .getAttribute('aria-label');
    });
    const file = await saved(() => page.getByRole('button', { name: forged! }).first().click());
    expect(file.text).toContain(`"'=HYPERLINK(""http://x"",""y"")"`);
  }, 90_000);

  test('nothing that is pressed is smaller than a finger on a telephone, and no page is too wide', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    const small: string[] = [];
    for (const [name, path] of Object.entries(pages)) {
      await open(path);
      expect(await overflowOf(page), name).toBeUndefined();
      const found = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('button, select, input, summary, [role=radio]')]
          .filter((element) => element.checkVisibility({ visibilityProperty: true }))
          .filter((element) => !element.matches('.definition, .definition *'))
          .flatMap((element) => {
            // A field is as large as the label that it is in.
            const box = (element.closest('label') ?? element).getBoundingClientRect();
            const isHidden = box.width <= 1 || box.height <= 1;
            return isHidden || box.height >= 43.5
              ? []
              : `${element.className || element.tagName} ${Math.round(box.height)}`;
          }),
      );
      small.push(...[...new Set(found)].map((each) => `${name}: ${each}`));
    }
    expect(small).toEqual([]);
  }, 90_000);

  test('Tab goes through a page from its beginning to its end, in the order in which it is read, and is always seen', async () => {
    for (const [name, path] of Object.entries(pages)) {
      await open(path);
      const faults = await page.evaluate(() => {
        const focusable = [
          ...document.querySelectorAll<HTMLElement>(
            'a[href], button, input, select, summary, [tabindex]',
          ),
        ].filter((element) => element.tabIndex > 0);
        return focusable.map((element) => `${element.tagName} has tabindex ${element.tabIndex}`);
      });
      expect(faults, name).toEqual([]);
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.className)).toBe('skip-link');
      await page.keyboard.press('Enter');
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('page');
      let before = -Infinity;
      for (let i = 0; i < 12; i += 1) {
        await page.keyboard.press('Tab');
        const at = await page.evaluate(() => {
          const element = document.activeElement as HTMLElement;
          const inside = element.closest('main') !== null;
          const style = getComputedStyle(element);
          const isSeen =
            style.outlineStyle !== 'none' ||
            style.boxShadow !== 'none' ||
            element.matches('input, select');
          return {
            inside,
            isSeen,
            top: element.getBoundingClientRect().top + scrollY,
            tag: element.outerHTML.slice(0, 80),
          };
        });
        if (!at.inside) break;
        expect(at.isSeen, `${name}: ${at.tag}`).toBe(true);
        // Never back to what stands above, but for what stands beside.
        expect(at.top, `${name}: ${at.tag}`).toBeGreaterThan(before - 700);
        before = at.top;
      }
    }
  }, 90_000);

  test('paper has what is read and nothing that is pressed', async () => {
    await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
    await open('/');
    expect(
      await page
        .locator('.rail, .top-bar, .chart-tools, .table-save')
        .filter({ visible: true })
        .count(),
    ).toBe(0);
    const [ink, paper] = await page.evaluate(() => {
      const style = getComputedStyle(document.body);
      return [style.color, style.backgroundColor];
    });
    expect([ink, paper]).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.length).toBeGreaterThan(20_000);
    await page.emulateMedia({ media: 'screen' });
  });

  test.each(['light', 'dark'] as const)(
    'no violation that axe-core finds on what all pages share: %s',
    async (scheme) => {
      await setScheme(page, scheme);
      const found: Record<string, string[]> = {};
      for (const path of ['/?compare=true', '/pipelines?compare=true&table=true', '/drift']) {
        await open(path);
        found[path] = await violationsOf(page);
      }
      await page.keyboard.press('Control+k');
      await page.getByRole('option').first().waitFor();
      found['palette'] = await violationsOf(page);
      expect(found).toEqual(Object.fromEntries(Object.keys(found).map((name) => [name, []])));
    },
    60_000,
  );
});
