/** The pages of alerts in a real browser, on an engine that answers from memory. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { manyAlerts } from '../support/fakeAlerts.ts';
import type { FakeEngine } from '../support/fakeEngine.ts';
import { isRequired } from '../support/isRequired.ts';
import { drawn, overflowOf, setScheme, violationsOf } from './support/browserPage.ts';
import { findChromium, whatTheBrowserLacks } from './support/chromium.ts';
import { eachOnFakeEngine } from './support/eachOnFakeEngine.ts';

const browser = findChromium();
const missing = whatTheBrowserLacks();
if (missing !== '') console.warn(`The pages of alerts are not tried: ${missing}`);

test.runIf(isRequired('browser'))('what the pages of alerts need is there', () => {
  expect(missing).toBe('');
});

const pages = {
  list: '/anomalies?range=7d',
  apart: '/anomalies?range=7d&apart=true',
  over: '/anomalies?range=all&standing=resolved',
  alert: '/anomalies/a-main',
  silent: '/anomalies/a-silent',
  old: '/anomalies/a-old-2',
  absent: '/anomalies/nothing',
  watches: '/anomalies/watches',
  form: '/anomalies/watches/new',
  edit: '/anomalies/watches/answered-events',
} as const;

describe.skipIf(missing !== '')('the pages of alerts', () => {
  let engine: FakeEngine;
  let page: Page;
  const open = eachOnFakeEngine(browser!, (given) => {
    ({ engine, page } = given);
  });

  const alert = (id = 'a-main') => engine.alerts.alerts.find((each) => each.id === id)!;
  const newest = (kind: 'watches' | 'routes' | 'mutes' | 'calendar', key: string) =>
    engine.alerts.definitions[kind].get(key)?.at(-1);
  const entry = (name: string) => page.getByRole('article', { name });

  async function confirm(reason: string, button: string): Promise<void> {
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill(reason);
    await dialog.getByRole('button', { name: button }).click();
    await dialog.waitFor({ state: 'detached' });
  }

  test.each(['light', 'dark'] as const)(
    'no violation that axe-core finds: %s',
    async (scheme) => {
      await setScheme(page, scheme);
      const found: Record<string, string[]> = {};
      // The other pages are made of the same parts; dark differs in its colours only.
      const looked = ['list', 'alert', 'silent', 'watches', 'edit'] as const;
      for (const name of scheme === 'light' ? Object.keys(pages) : looked) {
        await open(pages[name as keyof typeof pages]);
        found[name] = await violationsOf(page);
      }
      await open(pages.list);
      await page.getByRole('button', { name: /^Close of “Answered/ }).click();
      await page.getByRole('dialog').waitFor();
      await page.getByLabel('It was a false alarm').check();
      await page.getByRole('button', { name: 'Close it' }).click();
      found['close'] = await violationsOf(page);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: '3 others, likely of the same cause' }).click();
      found['unfolded'] = await violationsOf(page);
      await page.keyboard.press('t');
      await page.locator('.chart-data').first().waitFor();
      found['table'] = await violationsOf(page);
      await open(pages.watches);
      await page.getByRole('button', { name: 'New mute window' }).click();
      await page.getByRole('dialog').waitFor();
      found['mute'] = await violationsOf(page);
      expect(found).toEqual(Object.fromEntries(Object.keys(found).map((name) => [name, []])));
    },
    120_000,
  );

  test('no page is wider than its screen, however many alerts there are', async () => {
    for (const width of [390, 768, 1_080]) {
      await page.setViewportSize({ width, height: 844 });
      for (const [name, path] of Object.entries(pages)) {
        await open(path);
        expect(await overflowOf(page), `${name} at ${width} px`).toBeUndefined();
      }
    }
    engine.alerts.alerts = manyAlerts(engine.alerts.now);
    for (const width of [390, 1_280]) {
      await page.setViewportSize({ width, height: 844 });
      await open('/anomalies?range=24h&apart=true');
      expect(await overflowOf(page), `300 alerts at ${width} px`).toBeUndefined();
      expect(await page.locator('.alert-entry').count()).toBe(20);
    }
    await page.getByRole('button', { name: /Show 20\smore/ }).click();
    expect(await page.locator('.alert-entry').count()).toBe(40);
  }, 90_000);

  test('g a opens the list, which says what is unusual, and the rail how much', async () => {
    await open('/pipelines');
    const rail = page.getByRole('navigation', { name: 'Pages' });
    await rail.getByText('5 open alerts').waitFor({ state: 'attached' });
    await page.keyboard.press('g');
    await page.keyboard.press('a');
    await page.waitForURL(/\/anomalies/);
    await page
      .locator('h1')
      .filter({ hasText: /5\salerts are open, of 2\scauses: answered events fell to 4 %/ })
      .waitFor();
    await entry('Calibration of predictions: no reading for 3 h.')
      .getByText('Jonas Weber takes care of it')
      .waitFor();
    await open('/');
    await page.getByRole('link', { name: 'See what is unusual' }).click();
    await page.waitForURL(/\/anomalies/);
  });

  test('filters stand in the address, and nothing matching is told', async () => {
    await open(pages.list);
    await page.getByLabel('Source', { exact: true }).selectOption('Predictions');
    await page.waitForURL(/lane=prediction/);
    expect(await page.locator('.alert-entry').count()).toBe(1);
    await page.reload();
    await drawn(page);
    expect(await page.locator('.alert-entry').count()).toBe(1);
    await page.getByLabel('State', { exact: true }).selectOption('Over');
    await page.waitForURL(/standing=resolved/);
    await page.getByText('No alert matches').first().waitFor();
    await page.getByRole('button', { name: 'Show all' }).first().click();
    await page.waitForURL((address) => !address.search.includes('lane'));
    expect(await page.locator('.alert-entry').count()).toBe(2);
    await page.getByRole('switch', { name: 'Show each alert by itself' }).check();
    await page.waitForURL(/apart=true/);
    expect(await page.locator('.alert-entry').count()).toBe(5);
  });

  test('the timeline speaks by its arrows, and Enter opens an alert', async () => {
    await open(pages.list);
    await page.locator('.chart-plot').focus();
    await page.keyboard.press('End');
    const spoken = page.locator('.chart [aria-live]');
    await spoken
      .filter({ hasText: 'Source Ingest, State Alert, Severity High, What Answered events fell' })
      .waitFor({ state: 'attached' });
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/anomalies\/a-main/);
    await page.getByRole('heading', { name: 'What contributes to it' }).waitFor();
  });

  test('the timeline is compared with the range before by a count, and by nothing where all is shown', async () => {
    await open('/anomalies?compare=true');
    await page
      .getByText(/^\d+.alerts? in this range: (\d+ (more|less) than|as) before \(\d+\)$/)
      .waitFor();
    await open('/anomalies?range=all&compare=true');
    await page.getByText('Not compared: all times are shown').waitFor();
  });

  test('a click on a capsule opens its alert', async () => {
    engine.alerts.alerts = engine.alerts.alerts.filter(({ id }) => id === 'a-drift-1');
    await open(pages.list);
    const at = await page.evaluate(() => {
      const bars = [...document.querySelectorAll<SVGPathElement>('.chart-holder svg path')].map(
        (path) => ({ box: path.getBoundingClientRect(), fill: path.getAttribute('fill') }),
      );
      const { box } = bars.find(({ fill }) => fill === '#71808f')!;
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    });
    await page.mouse.click(at.x, at.y);
    await page.waitForURL(/\/anomalies\/a-drift-1/);
  });

  test('somebody takes care, which can be given back', async () => {
    await open(pages.list);
    await page.getByRole('button', { name: /^Take care of “Answered/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Who takes care').fill('Ada Okafor');
    await dialog.getByLabel('Note').fill('Looking at the service');
    await dialog.getByLabel('Your name').fill('María Klein');
    await dialog.getByRole('button', { name: 'Take care of it' }).click();
    await entry('Answered events fell').getByText('Ada Okafor takes care of it').waitFor();
    expect(alert()).toMatchObject({ owner: 'Ada Okafor', note: 'Looking at the service' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await entry('Answered events fell').getByText('Nobody takes care of it yet').waitFor();
    expect(alert().owner).toBeNull();
  });

  test('a false alarm is closed with a note, and is open no more', async () => {
    await open('/anomalies/a-silent');
    await page.getByRole('button', { name: 'Close …' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('It is over for good: this cannot be taken back.').waitFor();
    await dialog.getByLabel('It was a false alarm').check();
    await dialog.getByLabel('Note').fill('');
    await dialog.getByRole('button', { name: 'Close it' }).click();
    await dialog.getByText('Say what it was').waitFor();
    expect(alert('a-silent').state).toBe('no-data');
    await dialog.getByLabel('Note').fill('The model was switched off on purpose');
    await dialog.getByRole('button', { name: 'Close it' }).click();
    await page.locator('.standing').getByText('False alarm').waitFor();
    expect(alert('a-silent')).toMatchObject({ state: 'resolved', ending: 'false alarm' });
    expect(await page.getByRole('button', { name: 'Undo' }).count()).toBe(0);
    await page.getByRole('link', { name: 'Anomalies' }).first().click();
    await page
      .locator('h1')
      .filter({ hasText: /^4\salerts are open/ })
      .waitFor();
  });

  test('what the engine refuses is said in the dialog', async () => {
    await open(pages.list);
    await page.route('**/acknowledge', (route) =>
      route.fulfill({ status: 422, json: { detail: 'The alert is over.' } }),
    );
    await page.getByRole('button', { name: /^Take care of “Answered/ }).click();
    await page.getByRole('button', { name: 'Take care of it' }).click();
    await page.getByRole('dialog').getByText('The alert is over.').waitFor();
  });

  test('an alert shows its course, its causes, its like, and where it was told', async () => {
    await open(pages.alert);
    await page.getByText('below what is usual').first().waitFor();
    const readings = page.locator('.chart-plot').first();
    await readings.focus();
    await page.keyboard.press('End');
    const spoken = page.locator('.chart [aria-live]').first();
    await spoken.filter({ hasText: 'Usually from' }).waitFor({ state: 'attached' });
    const causes = page.getByRole('region', { name: 'What contributes to it' });
    expect(await causes.locator('b').allTextContents()).toEqual([
      '44\u00a0%',
      '33\u00a0%',
      '27\u00a0%',
      '−2.8\u00a0%',
    ]);
    const nearby = page.getByRole('region', { name: 'What else changed' });
    await nearby.getByText('11\u00a0min before').waitFor();
    await page
      .getByRole('region', { name: 'Earlier alerts like this' })
      .getByText('“A school holiday that nobody had entered”')
      .waitFor();
    const told = page.getByRole('region', { name: 'Where it was told', exact: true });
    await told.getByText('chat.example.org answered 503').waitFor();
    expect(await page.getByRole('link', { name: 'Runbook' }).getAttribute('href')).toBe(
      'https://example.org/runbooks/answers',
    );
    await page.getByRole('link', { name: /^Correct answers in geometry/ }).click();
    await page.waitForURL(/a-course-geometry/);
    await page.locator('h1:has-text("Correct answers in geometry fell")').waitFor();
  });

  test('no watch, nothing unusual, no answer: each is told in words', async () => {
    engine.alerts.alerts = [];
    engine.alerts.standings.clear();
    await open(pages.list);
    await page.locator('h1:has-text("Nothing is unusual.")').waitFor();
    await page.getByText('No alert is open').waitFor();
    engine.alerts.definitions.watches.clear();
    await open(pages.list);
    await page.getByText(`curl -X PUT ${engine.url}/v1/watches/events-by-type`).waitFor();
    await page.getByRole('link', { name: 'New watch' }).click();
    await page.waitForURL(/watches\/new/);
    await page.route('**/v1/watches', (route) =>
      route.fulfill({ status: 503, json: { detail: 'The storage does not answer.' } }),
    );
    await page.goto(`${engine.url}${pages.list}`);
    await page.locator('h1:has-text("The engine does not say what is unusual.")').waitFor();
    await page.getByText('The storage does not answer.').first().waitFor();
    await page.unroute('**/v1/watches');
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await page.locator('h1:has-text("Nothing is watched yet.")').waitFor();
    await open(pages.absent);
    await page.locator('h1:has-text("There is no such alert.")').waitFor();
  });

  test('a new alert comes without being asked for', async () => {
    await open(pages.list);
    await page.locator('.live-live').waitFor();
    const [first] = engine.alerts.alerts;
    engine.alerts.alerts = [
      {
        ...first!,
        id: 'a-new',
        incident: 'a-new',
        headline: 'Logins fell to 2 % of what is usual.',
      },
      ...engine.alerts.alerts,
    ];
    await entry('Logins fell').waitFor();
    await page
      .locator('h1')
      .filter({ hasText: /^6\salerts are open, of 3/ })
      .waitFor();
  });

  test('a watch is switched off with a reason, and on again', async () => {
    await open(pages.watches);
    await page.locator('h1:has-text("“Events waiting” cannot be judged.")').waitFor();
    await page.getByText('2 of them false').waitFor();
    await page.getByText('at most 1 in 5\u00a0weeks').first().waitFor();
    await page.getByRole('switch', { name: 'Watch “Answered events”' }).click();
    await confirm('Maintenance', 'Switch it off');
    await page.getByRole('switch', { name: 'Watch “Answered events”', checked: false }).waitFor();
    expect(newest('watches', 'answered-events')).toMatchObject({
      definition: { isActive: false },
      ...{ revision: 2, reason: 'Maintenance' },
    });
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('switch', { name: 'Watch “Answered events”', checked: true }).waitFor();
    expect(newest('watches', 'answered-events')?.reason).toBe(
      'Taken back: “Answered events” is switched off.',
    );
  });

  test('routes are tried, made, changed, removed and put back', async () => {
    await open(pages.watches);
    await page.getByRole('button', { name: 'Send a test by “On call”' }).click();
    await page.getByText('The test was sent.').waitFor();
    await page.getByRole('button', { name: 'Send a test by “Ticket system”' }).click();
    await page.getByText('tickets.example.org does not answer').waitFor();
    await page.getByRole('button', { name: 'New route' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('Head of school');
    await dialog.getByRole('button', { name: 'Save the route' }).click();
    await dialog.getByText('Something is missing').waitFor();
    await dialog.getByLabel('E-mail addresses').fill('head@example.org');
    await confirm('Asked for', 'Save the route');
    await page.getByText('The route “Head of school” is saved.').waitFor();
    expect(newest('routes', 'head-of-school')).toMatchObject({
      definition: { least: 'low', to: { kind: 'email', to: ['head@example.org'] } },
    });
    await page.getByRole('button', { name: 'Change “Head of school”' }).click();
    await page.getByRole('button', { name: 'Remove it …' }).click();
    await confirm('Not wanted after all', 'Remove it');
    await page.getByText('“Head of school” is removed.').waitFor();
    expect(newest('routes', 'head-of-school')?.definition).toBeNull();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Change “Head of school”' }).waitFor();
    expect(newest('routes', 'head-of-school')?.revision).toBe(3);
  });

  test('mute windows and days of the calendar are made and changed', async () => {
    await open(pages.watches);
    await page.getByRole('button', { name: 'New mute window' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('Weekends');
    await dialog.getByLabel('When').selectOption('Every week');
    for (const day of ['Mon', 'Tue', 'Wed', 'Thu', 'Fri']) await dialog.getByLabel(day).uncheck();
    for (const day of ['Sat', 'Sun']) await dialog.getByLabel(day).check();
    await dialog.getByLabel('From', { exact: true }).fill('00:00');
    await dialog.getByLabel('To', { exact: true }).fill('00:00');
    await dialog.getByLabel('Logins').check();
    await confirm('Nobody is there', 'Save the window');
    await page.getByText('Sat, Sun, 00:00 – 00:00').waitFor();
    expect(newest('mutes', 'weekends')?.definition).toMatchObject({
      watches: ['logins'],
      when: { kind: 'weekly', days: [6, 7], fromMinute: 0, toMinute: 1_440 },
    });
    await page.getByRole('button', { name: 'Change “Exam week”' }).click();
    await dialog.getByLabel('First day').fill('2026-12-01');
    await dialog.getByLabel('Last day').fill('2026-12-05');
    await confirm('Moved', 'Save the days');
    await page.getByText('1 Dec 2026 – 5 Dec 2026').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('1 Dec 2026 – 5 Dec 2026').waitFor({ state: 'detached' });
    expect(newest('calendar', 'exam-week')?.revision).toBe(3);
  });

  test('a new watch is checked while it is written, with how often it would have alerted', async () => {
    await open(pages.form);
    await page.getByLabel('Name', { exact: true }).fill('Hints asked for');
    await page.getByText('It says not what is looked at.').waitFor();
    await page.getByLabel('Metric', { exact: true }).fill('unheard-of');
    await page.getByText('There is no metric “unheard-of” yet.').waitFor();
    await page.getByText('How often it would have alerted is not known').waitFor();
    await page.getByLabel('Metric', { exact: true }).fill('hint');
    await page.getByText(/Over the stored 6\sweeks it would have alerted 2\stimes\./).waitFor();
    await page.getByText('Without any cause, at most 1.2 would be expected.').waitFor();
    await page.getByText('Events of type answered fell to 4 %').waitFor();
    await page.getByLabel('At most one alert without a cause in').fill('1');
    await page.getByText('Expected: at most one alert a week when nothing happens').waitFor();
    await page.getByText(/it would have alerted 7\stimes\./).waitFor();
    await page.getByLabel('Team chat').check();
    expect(await violationsOf(page)).toEqual([]);
    await page.reload();
    await page.getByText('Your draft from before is here again.').waitFor();
    await page.getByLabel('Reason').fill('Hints are new');
    await page.getByRole('button', { name: 'Create the watch' }).click();
    await page.waitForURL(/\/anomalies\/watches(\?|$)/);
    await page.getByRole('link', { name: 'Hints asked for' }).waitFor();
    expect(newest('watches', 'hints-asked-for')).toMatchObject({
      definition: {
        routes: ['team-chat'],
        source: { metric: 'hint', widthMs: 300_000 },
        judgement: { kind: 'usual', budgetPerWeek: 1 },
      },
      reason: 'Hints are new',
    });
  });

  test('a watch is changed, an older revision put back, and what somebody else saved not overwritten', async () => {
    await open(pages.edit);
    await page.getByLabel('Told after').fill('soon');
    await page.getByText('“soon” is no time').waitFor();
    await page.getByLabel('Told after').fill('15 min');
    await page.getByLabel('Reason').fill('Fewer messages');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.waitForURL(/\/anomalies\/watches(\?|$)/);
    expect(newest('watches', 'answered-events')?.definition).toMatchObject({ pendingMs: 900_000 });
    await page.getByRole('link', { name: 'Answered events' }).click();
    await page.getByRole('rowheader', { name: 'Told after' }).waitFor();
    await page.getByRole('button', { name: 'Put revision 1 back' }).click();
    await page.getByRole('dialog').getByText('It changes: Told after.').waitFor();
    await confirm('It was better', 'Put it back');
    expect(newest('watches', 'answered-events')).toMatchObject({
      definition: { pendingMs: 300_000 },
      revision: 3,
    });
    await page.waitForFunction(
      () =>
        [...document.querySelectorAll('label')]
          .find((label) => label.textContent === 'Told after')
          ?.control?.getAttribute('value') === '5 minutes',
    );
    await page.getByLabel('Told after').fill('1 h');
    const held = engine.alerts.definitions.watches.get('answered-events')!;
    held.push({ ...held.at(-1)!, revision: 4, actor: 'Jonas Weber', reason: 'Meanwhile' });
    await page.getByLabel('Reason').fill('Fewer messages');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: /Take the newest version/ }).click();
    expect(held.at(-1)?.revision).toBe(4);
  });

  test('a watch is removed, and put back from its revisions', async () => {
    await open(pages.edit);
    await page.getByRole('button', { name: 'Remove the watch …' }).click();
    await confirm('Not needed', 'Remove it');
    await page.getByText('It was removed. One of its revisions can be put back.').waitFor();
    await page.getByRole('button', { name: 'Put revision 1 back' }).click();
    await confirm('It is needed after all', 'Put it back');
    await page.locator('h1:has-text("Change “Answered events”")').waitFor();
    expect(newest('watches', 'answered-events')?.revision).toBe(3);
  });
});
