/** The pages of experiments in a real browser, on an engine that answers from memory. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { FakeEngine } from '../support/fakeEngine.ts';
import { isRequired } from '../support/isRequired.ts';
import { drawn, overflowOf, setScheme, violationsOf } from './support/browserPage.ts';
import { findChromium, whatTheBrowserLacks } from './support/chromium.ts';
import { eachOnFakeEngine } from './support/eachOnFakeEngine.ts';

const browser = findChromium();
const missing = whatTheBrowserLacks();
if (missing !== '') console.warn(`The pages of experiments are not tried: ${missing}`);

test.runIf(isRequired('browser'))('what the pages of experiments need is there', () => {
  expect(missing).toBe('');
});

const pages = {
  list: '/experiments',
  decided: '/experiments/hints',
  open: '/experiments/motivation?variant=streaks',
  alarmed: '/experiments/short-videos',
  harmed: '/experiments/adaptive-order',
  clusters: '/experiments/peer-teaching',
  draft: '/experiments/oral-tests',
  form: '/experiments/new',
  edit: '/experiments/hints/edit',
  planner: '/experiments/plan',
} as const;

describe.skipIf(missing !== '')('the pages of experiments', () => {
  let engine: FakeEngine;
  let page: Page;
  const open = eachOnFakeEngine(browser!, (given) => {
    ({ engine, page } = given);
  });

  test.each(['light', 'dark'] as const)(
    'no violation that axe-core finds: %s',
    async (scheme) => {
      await setScheme(page, scheme);
      const found: Record<string, string[]> = {};
      // Dark differs in its colours only: the pages that have all of them are enough.
      const looked = scheme === 'light' ? Object.keys(pages) : ['list', 'decided', 'draft', 'edit'];
      for (const name of looked as (keyof typeof pages)[]) {
        await open(pages[name]);
        found[name] = await violationsOf(page);
      }
      await open(pages.decided);
      await page.getByRole('button', { name: 'Ship …' }).click();
      await page.getByRole('dialog').waitFor();
      await page.getByRole('button', { name: 'Ship it' }).click();
      found['dialog'] = await violationsOf(page);
      await page.keyboard.press('Escape');
      await page.keyboard.press('t');
      await page.locator('.chart-data').first().waitFor();
      found['tables'] = await violationsOf(page);
      expect(found).toEqual(Object.fromEntries(Object.keys(found).map((name) => [name, []])));
    },
    120_000,
  );

  test('no page is wider than its screen', async () => {
    for (const width of [390, 768]) {
      await page.setViewportSize({ width, height: 844 });
      for (const [name, path] of Object.entries(pages)) {
        await open(path);
        expect(await overflowOf(page), `${name} at ${width} px`).toBeUndefined();
      }
    }
  }, 60_000);

  test('the list says what needs a decision, g e opens it, and a name leads to its verdict', async () => {
    await open('/pipelines');
    await page.keyboard.press('g');
    await page.keyboard.press('e');
    await page.waitForURL(/\/experiments/);
    await page.locator('h1:has-text("3\u00a0experiments need you: “Short")').waitFor();
    await page.getByRole('link', { name: 'Hints before answers' }).click();
    await page.getByText('Effect over time').waitFor();
    expect(await page.locator('h1').textContent()).toContain('It can be shipped.');
  });

  test('without an experiment the list shows the next step', async () => {
    engine.experiments.clear();
    await open(pages.list);
    await page.getByText('Or from a terminal, a first draft:').waitFor();
    await page.getByRole('link', { name: 'New experiment' }).click();
    await page.waitForURL(/\/experiments\/new/);
  });

  test('metric, variant and range stand in the address, and a chart speaks by its arrows', async () => {
    await open(pages.open);
    await page.getByLabel('Metric', { exact: true }).selectOption('solved');
    await page.waitForURL(/metric=solved/);
    await page.getByLabel('Shown').selectOption('range');
    await page.waitForURL(/course=range/);
    await page.reload();
    await page.getByRole('heading', { name: 'Solved within a day: Streaks' }).waitFor();
    await drawn(page);
    await page.locator('.chart-plot').first().focus();
    await page.keyboard.press('ArrowRight');
    await page
      .locator('.chart [aria-live]:has-text("Evidence")')
      .first()
      .waitFor({ state: 'attached' });
    await page.keyboard.press('c');
    await page.getByText('each point holds all data since the start').waitFor();
  });

  test('a move shows what it brings about, wants a reason, and is done once', async () => {
    await open(pages.decided);
    await page.getByRole('button', { name: 'Ship …' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Everyone gets “With hints” from now on.').waitFor();
    await dialog.getByRole('button', { name: 'Ship it' }).click();
    await dialog.getByText('Say why').waitFor();
    expect(engine.requests.filter((each) => each.startsWith('POST'))).toEqual([]);
    await dialog.getByLabel('Reason').fill('It helps');
    await dialog.getByRole('button', { name: 'Ship it' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page
      .getByRole('heading', { name: '“With hints” was shipped: everyone gets it.' })
      .waitFor();
    expect(engine.experiments.get('hints')?.experiment.decision).toMatchObject({
      verdict: 'ship',
      variant: 'with',
      reason: 'It helps',
    });
  });

  test('a note is written and taken away by keyboard, comes back, and says what is missing', async () => {
    await open(pages.decided);
    const opener = page.getByRole('button', { name: 'Note something …' });
    await opener.focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('Note', { exact: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('Say what happened.').waitFor();
    await page.keyboard.press('Escape');
    expect(await opener.evaluate((button) => button === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await page.keyboard.type('Fire drill');
    await page.getByLabel('When').fill('');
    await page.keyboard.press('Enter');
    await page.getByText('Give the date and the time.').waitFor();
    await page.getByLabel('When').fill('2026-01-15T09:30');
    await page.keyboard.press('Enter');
    await page.getByRole('listitem').filter({ hasText: 'Fire drill' }).waitFor();
    const notes = () => engine.experiments.get('hints')!.experiment.annotations;
    const drill = { at: new Date('2026-01-15T09:30').getTime(), text: 'Fire drill' };
    expect(notes()).toContainEqual(drill);
    await opener.waitFor();
    expect(await opener.evaluate((button) => button === document.activeElement)).toBe(true);
    // The note is what happened, not that it was written; the record has both.
    expect(await page.locator('.happenings').getByText('Noted').count()).toBe(0);
    await page.getByRole('rowheader', { name: 'Noted: “Fire drill”' }).waitFor();
    await page.getByRole('button', { name: 'Remove the note “Fire drill”' }).click();
    await page.getByText('The note “Fire drill” is removed.').waitFor();
    expect(notes()).not.toContainEqual(drill);
    await opener.click();
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('listitem').filter({ hasText: 'Fire drill' }).waitFor();
    expect(notes()).toContainEqual(drill);
  });

  test('a note that is being written stays when the first result comes', async () => {
    const hints = engine.experiments.get('hints')!;
    const { result } = hints;
    hints.result = null;
    await open(pages.decided);
    await page.getByRole('button', { name: 'Note something …' }).click();
    await page.keyboard.type('Fire');
    hints.result = result;
    // The pages ask again when somebody comes back to them.
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await page.getByRole('heading', { name: 'Effect over time' }).waitFor();
    await page.keyboard.type(' drill');
    await page.keyboard.press('Enter');
    await page.getByRole('listitem').filter({ hasText: 'Fire drill' }).waitFor();
  });

  test('a note that the engine does not take stays in its field, with the reason', async () => {
    await open(pages.draft);
    await page.getByText('Nothing yet.').waitFor();
    await page.getByRole('button', { name: 'Note something …' }).click();
    await page.getByLabel('Note', { exact: true }).fill('Rooms are booked');
    engine.experiments.clear();
    await page.getByRole('button', { name: 'Note it' }).click();
    await page.getByText('There is no experiment "oral-tests".').first().waitFor();
    expect(await page.getByLabel('Note', { exact: true }).inputValue()).toBe('Rooms are booked');
  });

  test('a refused start says why, where it was asked for', async () => {
    await open(pages.draft);
    await page.getByRole('button', { name: 'Start …' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('It cannot start like this').waitFor();
    await dialog.getByText('There is no variant').waitFor();
  });

  test('a draft survives a reload, what was removed comes back, and it becomes an experiment', async () => {
    await open(pages.form);
    await page.getByLabel('Name', { exact: true }).fill('Quiet mode');
    expect(await page.getByLabel('Key', { exact: true }).first().inputValue()).toBe('quiet-mode');
    await page.getByLabel('Add a metric …').selectOption('solved');
    await page.getByLabel('Smallest effect that matters').fill('2,5');
    await page.reload();
    await page.getByText('Your draft from before is here again.').waitFor();
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Quiet mode');
    await page.getByRole('button', { name: 'Remove the metric Solved within a day' }).click();
    await page.getByText('No metric is primary').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Nothing stands against it').waitFor();
    await page.getByLabel('Reason').fill('An idea');
    await page.getByRole('button', { name: 'Create draft' }).click();
    await page.waitForURL(/\/experiments\/quiet-mode/);
    expect(engine.experiments.get('quiet-mode')?.experiment).toMatchObject({
      minimumEffect: 0.025,
      metrics: [{ metric: 'solved', role: 'primary' }],
    });
    await page.getByText('This is a draft').waitFor();
    await page.goBack();
    await page.getByText('Nothing written yet').waitFor();
  });

  test('a metric is made without leaving the form', async () => {
    await open(pages.form);
    await page.getByRole('button', { name: 'New metric …' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Came back');
    await dialog.getByRole('button', { name: 'Create metric' }).click();
    await dialog.getByText('Name the type of events that count.').waitFor();
    await dialog.getByLabel('Type of events').fill('viewed');
    await dialog.getByRole('button', { name: 'Create metric' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.waitForFunction(
      () =>
        (document.querySelector('[aria-label="Metric 1"]') as HTMLSelectElement | null)?.value ===
        'came-back',
    );
  });

  test('a change of a running experiment says before it is saved what it will be', async () => {
    await open(pages.edit);
    await page.getByLabel('Error level').fill('10');
    await page.getByText('This change is refused').waitFor();
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await page.getByLabel('Error level').fill('5');
    await page.getByLabel('Traffic').fill('50');
    await page.getByText('Begins stage 3').waitFor();
    await page.getByLabel('Reason').fill('Fewer, for a while');
    // Somebody else is faster.
    engine.experiments.get('hints')!.revision += 1;
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('somebody has changed the experiment meanwhile').waitFor();
    await page.getByRole('button', { name: /Take the newest version/ }).click();
    await page.getByLabel('Traffic').fill('50');
    await page.getByLabel('Reason').fill('Fewer, for a while');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.waitForURL(/\/experiments\/hints(\?|$)/);
    expect(engine.experiments.get('hints')?.experiment.stages).toHaveLength(3);
  });

  test('the planner answers a slider, keeps its plan in the address and hands it to the draft', async () => {
    await open(pages.form);
    await page.getByLabel('Name', { exact: true }).fill('Longer breaks');
    await page.getByLabel('Add a metric …').selectOption('solved');
    await page.getByLabel('Smallest effect that matters').fill('3');
    await page.getByRole('link', { name: 'How long would it take?' }).click();
    await page.waitForURL(/\/experiments\/plan/);
    await page.locator('h1:has-text("3\u00a0points would be found within")').waitFor();
    const slider = page.getByRole('slider', { name: 'Smallest effect that matters, slider' });
    await slider.focus();
    await page.keyboard.press('ArrowRight');
    await page.waitForURL(/0\.031/);
    await page.locator('h1:has-text("3.1\u00a0points")').waitFor();
    await page.getByRole('button', { name: 'Take these values into the draft' }).click();
    await page.waitForURL(/\/experiments\/new/);
    expect(await page.getByLabel('Smallest effect that matters').inputValue()).toBe('3.1');
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Longer breaks');
  });
});
