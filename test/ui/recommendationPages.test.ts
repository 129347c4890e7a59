/** The page of recommendations in a real browser, on an engine that answers from memory. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { FakeEngine } from '../support/fakeEngine.ts';
import { changed, findingOf, long, Unaccepted } from '../support/fakeInsights.ts';
import { fakeOverview } from '../support/fakeOverview.ts';
import { isRequired } from '../support/isRequired.ts';
import { drawn, overflowOf, setScheme, violationsOf } from './support/browserPage.ts';
import { findChromium, whatTheBrowserLacks } from './support/chromium.ts';
import { eachOnFakeEngine } from './support/eachOnFakeEngine.ts';

const browser = findChromium();
const missing = whatTheBrowserLacks();
if (missing !== '') console.warn(`The page of recommendations is not tried: ${missing}`);

test.runIf(isRequired('browser'))('what the page of recommendations needs is there', () => {
  expect(missing).toBe('');
});

const pages = {
  list: '/recommendations',
  narrowed: '/recommendations?area=data&doing=page',
  open: '/recommendations/i-calibration',
  kept: '/recommendations/p-kept',
  measured: '/recommendations/p-measured',
  done: '/recommendations/p-done',
  script: '/recommendations/i-script',
  long: '/recommendations/i-long',
  absent: '/recommendations/nothing',
  overview: '/',
} as const;

describe.skipIf(missing !== '')('the page of recommendations', () => {
  let engine: FakeEngine;
  let page: Page;
  const open = eachOnFakeEngine(
    browser!,
    (given) => {
      ({ engine, page } = given);
    },
    () => ({ overview: fakeOverview(Date.now()) }),
  );

  const card = (id: string) => engine.insights.cards.find((each) => each.id === id)!;
  const article = (name: string | RegExp) => page.getByRole('article', { name });
  const dialog = () => page.getByRole('dialog');
  const calibration = /^Predictions of answer have been too high/;
  const sent = (part: string) => engine.requests.filter((each) => each.includes(part)).length;
  const headline = (text: RegExp) => page.locator('h1').filter({ hasText: text }).waitFor();

  test.each(['light', 'dark'] as const)(
    'no violation that axe-core finds: %s',
    async (scheme) => {
      await setScheme(page, scheme);
      const found: Record<string, string[]> = {};
      const looked = ['list', 'open', 'kept', 'overview'] as const;
      for (const name of scheme === 'light' ? Object.keys(pages) : looked) {
        await open(pages[name as keyof typeof pages]);
        found[name] = await violationsOf(page);
      }
      await open(pages.list);
      await article(calibration).getByText('2 other findings about the same').click();
      await article(calibration).getByText('Why it stands here').click();
      await page.getByRole('button', { name: 'Why, and what happens if not' }).nth(2).click();
      await page.getByText('Show the rules, and how each is judged').click();
      await page.getByRole('table').waitFor();
      await page.getByText('1 of 11 rules could not be asked').click();
      await drawn(page);
      found['unfolded'] = await violationsOf(page);
      await page.keyboard.press('t');
      await page.locator('.chart-data').first().waitFor();
      found['table'] = await violationsOf(page);
      await article(calibration).getByRole('button', { name: 'Later …' }).click();
      await dialog().getByLabel('Until a day').check();
      found['later'] = await violationsOf(page);
      await page.keyboard.press('Escape');
      await dialog().waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Pause the experiment' }).click();
      await dialog().getByRole('button', { name: 'Pause the experiment' }).click();
      await dialog().getByText('Say why').waitFor();
      found['accept'] = await violationsOf(page);
      await dialog().getByLabel('Reason').fill('The groups are wrong');
      await dialog().getByRole('button', { name: 'Pause the experiment' }).click();
      await dialog().getByText('How it is taken back').waitFor();
      found['done'] = await violationsOf(page);
      expect(found).toEqual(Object.fromEntries(Object.keys(found).map((name) => [name, []])));
    },
    120_000,
  );

  test('no page is wider than its screen, whatever stands in it', async () => {
    for (const width of [390, 768, 1_080]) {
      await page.setViewportSize({ width, height: 844 });
      for (const [name, path] of Object.entries(pages)) {
        await open(path);
        expect(await overflowOf(page), `${name} at ${width} px`).toBeUndefined();
      }
      await open(pages.list);
      for (const more of await page
        .getByRole('button', { name: 'Why, and what happens if not' })
        .all()) {
        await more.scrollIntoViewIfNeeded();
      }
      await page.getByRole('button', { name: /Show 1\smore/ }).click();
      const last = page.getByRole('button', { name: 'Why, and what happens if not' });
      while ((await last.count()) > 0) await last.first().click();
      for (const fold of await page.locator('.recommendation-fold > summary').all()) {
        await fold.click();
      }
      await drawn(page);
      expect(await overflowOf(page), `all unfolded at ${width} px`).toBeUndefined();
    }
  }, 120_000);

  test('g r opens the inbox, which says what to do first, and the rail how much', async () => {
    await open('/pipelines');
    const rail = page.getByRole('navigation', { name: 'Pages' });
    await rail.getByText('11 recommendations').waitFor({ state: 'attached' });
    await page.keyboard.press('g');
    await page.keyboard.press('r');
    await page.waitForURL(/\/recommendations/);
    await headline(
      /^11\sthings to do; the first: about 210 students a week are predicted 4 points/,
    );
    await page.getByText(/Looked 2\S*\smin ago, by 11\srules\./).waitFor();
    const titles = await page
      .getByRole('article')
      .getByRole('heading', { level: 3 })
      .allTextContents();
    expect(titles[0]).toMatch(calibration);
    // The first is unfolded, the others on demand.
    expect(await page.locator('.recommendation .chart').count()).toBe(1);
    await article(/^The groups of/)
      .getByRole('button', { name: /^Why, and/ })
      .click();
    await article(/^The groups of/)
      .getByText('Its result cannot be trusted')
      .waitFor();
    await drawn(page);
    expect(await page.locator('.recommendation .chart').count()).toBe(2);
    await page.keyboard.press('g');
    await page.keyboard.press('t');
    await page.waitForURL(/\/retraining/);
  });

  test('filters stand in the address, and nothing matching is told', async () => {
    await open(pages.list);
    await page.getByLabel('Area', { exact: true }).selectOption('Data');
    await page.waitForURL(/area=data/);
    await page.getByLabel('How it is done').selectOption('Decided on a page');
    await page.waitForURL(/doing=page/);
    expect(await page.getByRole('article').count()).toBe(2);
    await page.reload();
    await drawn(page);
    expect(await page.getByRole('article').count()).toBe(2);
    await page.getByLabel('Kind', { exact: true }).selectOption('Alert noise');
    await page.getByText('Nothing matches').first().waitFor();
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.waitForURL((address) => !/area|doing|rule/.test(address.search));
    // What stands beside what leads a card is found as well.
    await page.getByLabel('Kind', { exact: true }).selectOption('Slice regression');
    await article(calibration).waitFor();
    expect(await page.getByRole('article').count()).toBe(1);
  });

  test('one button does it, with a reason, and says what comes next', async () => {
    await open(pages.list);
    await article(calibration).getByRole('button', { name: 'Calibrate and release anew' }).click();
    await dialog().getByText('Nobody gets other predictions before.').waitFor();
    await dialog().getByText('Operators and administrators may do this.').waitFor();
    const press = dialog().getByRole('button', { name: 'Calibrate and release anew' });
    await press.click();
    await dialog().getByText('Say why: in a year nobody will remember.').waitFor();
    expect(sent('/accept')).toBe(0);
    await dialog().getByLabel('Reason').fill('  Before the exams  ');
    await dialog().getByLabel('Your name').fill('Ada Okafor');
    await press.click();
    await dialog().getByText('It is done: Calibrate and release anew').waitFor();
    await dialog().getByText('Cancel the run on its page, or roll back').waitFor();
    await dialog()
      .getByText(/Whether it helped is judged on/)
      .waitFor();
    expect(await dialog().getByRole('link', { name: 'See it there' }).getAttribute('href')).toBe(
      '/models/answer/versions',
    );
    // Nothing has lost the keyboard.
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Close');
    await page.keyboard.press('Enter');
    await dialog().waitFor({ state: 'detached' });
    expect(card('i-calibration')).toMatchObject({
      state: 'accepted',
      accepted: { actor: 'Ada Okafor', reason: 'Before the exams', kind: 'calibration-slipped' },
    });
    await headline(/^10\sthings to do/);
    // What is now the first has unfolded.
    await article(/^The groups of/)
      .getByText('Its result cannot be trusted')
      .waitFor();
    const past = page.getByRole('region', { name: 'What became of them' });
    expect(await past.getByText('Being measured').count()).toBe(2);
  });

  test('what another finding of the same subject says is done from its card', async () => {
    await open(pages.list);
    const fold = article(calibration);
    await fold.getByText('2 other findings about the same').click();
    await fold.getByRole('button', { name: 'Why, and what happens if not' }).first().click();
    await drawn(page);
    await fold.locator('.chart').nth(1).waitFor();
    await fold.getByRole('link', { name: /^Open the slices/ }).click();
    await page.waitForURL(/\/models\/watch\/answer/);
  });

  test('what is decided on a page is opened there, and asked about afterwards', async () => {
    await open(pages.list);
    await article(/^“Motivation” can be decided/)
      .getByRole('link', { name: /^Decide the experiment/ })
      .click();
    await page.waitForURL(/\/experiments\/motivation/);
    // The page of the experiment tells what is recommended, and asks.
    const told = page.getByRole('complementary', { name: 'Recommendation' });
    await told.getByText('“Motivation” can be decided').waitFor();
    await page.getByText('Did you do it? “Decide the experiment”').waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('r');
    await page.waitForURL(/\/recommendations/);
    await page.getByRole('button', { name: 'Yes, note it' }).click();
    await dialog().getByText('nothing else is changed').waitFor();
    await dialog().getByLabel('What did you do?').fill('Shipped it');
    await dialog().getByRole('button', { name: 'Yes, note it' }).click();
    await dialog().getByText('It is noted: Decide the experiment').waitFor();
    expect(card('i-ready')).toMatchObject({
      state: 'accepted',
      accepted: { reason: 'Shipped it' },
    });
    await dialog().getByRole('button', { name: 'Close' }).last().click();
    expect(await page.getByText('Did you do it?').count()).toBe(0);
    // What was only noted can be taken back.
    await open('/recommendations/i-ready');
    await page.getByRole('button', { name: 'Back to the inbox' }).click();
    await page.getByRole('link', { name: /^Decide the experiment/ }).waitFor();
    await expect.poll(() => card('i-ready').state).toBe('live');
  });

  test('who has not done it is asked no more', async () => {
    await open('/recommendations/i-letters');
    await page.getByRole('link', { name: /^See what is refused/ }).click();
    await page.waitForURL(/\/pipelines/);
    await page.goBack();
    await page.getByText('Did you do it? “See what is refused”').waitFor();
    await page.getByRole('button', { name: 'No', exact: true }).click();
    await page.getByText('Did you do it?').waitFor({ state: 'detached' });
    await page.reload();
    await drawn(page);
    expect(await page.getByText('Did you do it?').count()).toBe(0);
    expect(sent('/accept')).toBe(0);
  });

  test.each([
    [403, 'This needs “operate”.', /Ask somebody who may/],
    [422, 'The experiment is paused already.', /where it can be done by hand/],
    [404, 'There is no experiment "hints".', /not there any more/],
    [503, 'The storage does not answer.', /It is not known whether/],
  ] as const)('a failure %d is told with what to do', async (status, message, help) => {
    engine.insights.refusal = new Unaccepted(status, message);
    await open(pages.list);
    await page.getByRole('button', { name: 'Pause the experiment' }).click();
    await dialog().getByLabel('Reason').fill('The groups are wrong');
    await dialog().getByRole('button', { name: 'Pause the experiment' }).click();
    await dialog().getByText(message).waitFor();
    await dialog().getByText(help).waitFor();
    expect(card('i-ratio').state).toBe('live');
    // The reason is kept, and the second attempt works.
    engine.insights.refusal = undefined;
    await dialog().getByRole('button', { name: 'Pause the experiment' }).click();
    await dialog().getByText('It is done').waitFor();
    expect(card('i-ratio').accepted?.reason).toBe('The groups are wrong');
  });

  test('a conflict of the route of the button is told in its words', async () => {
    engine.insights.refusal = new Unaccepted(409, 'The experiment has another revision.');
    await open(pages.list);
    await page.getByRole('button', { name: 'Pause the experiment' }).click();
    await dialog().getByLabel('Reason').fill('x');
    await dialog().getByRole('button', { name: 'Pause the experiment' }).click();
    await dialog().getByText('The experiment has another revision.').waitFor();
    expect(await dialog().getByText('It has changed meanwhile').count()).toBe(0);
  });

  test('a card that changed meanwhile is told, and done only when confirmed once more', async () => {
    await open(pages.list);
    await page.getByRole('button', { name: 'Pause the experiment' }).click();
    const { finding } = card('i-ratio');
    changed(engine.insights, card('i-ratio'), {
      finding: {
        ...finding,
        changed: 'The groups of “Worked hints” are far from equal.',
        action: { ...finding.action!, consequence: 'All students get the control at once.' },
      },
      score: 0.19,
    });
    await dialog().getByLabel('Reason').fill('The groups are wrong');
    await dialog().getByRole('button', { name: 'Pause the experiment' }).click();
    await dialog().getByText('It has changed meanwhile').waitFor();
    await dialog()
      .getByText('It says now: The groups of “Worked hints” are far from equal.')
      .waitFor();
    await dialog().getByText('All students get the control at once.').first().waitFor();
    expect(card('i-ratio').state).toBe('live');
    await dialog().getByRole('button', { name: 'Pause the experiment' }).click();
    await dialog().getByText('It is done').waitFor();
    expect(card('i-ratio').state).toBe('accepted');
  });

  test('a button that is not there any more cannot be pressed', async () => {
    await open(pages.list);
    await page.getByRole('button', { name: 'Pause the experiment' }).click();
    changed(engine.insights, card('i-ratio'), {
      finding: { ...card('i-ratio').finding, action: null },
    });
    await dialog().getByLabel('Reason').fill('x');
    await dialog().getByRole('button', { name: 'Pause the experiment' }).click();
    await dialog().getByText('There is nothing to press any more').waitFor();
    expect(await dialog().getByRole('button', { name: 'Pause the experiment' }).count()).toBe(0);
  });

  test('useful is noted at once, and taken back', async () => {
    await page.addInitScript(() => localStorage.setItem('millrace-name', '"Ada Okafor"'));
    await open(pages.list);
    const groups = article(/^The groups of/);
    await groups.getByRole('button', { name: 'Useful', exact: true }).click();
    await groups.getByRole('button', { name: 'Useful', exact: true, pressed: true }).waitFor();
    await groups.getByText('Ada Okafor: useful').waitFor();
    await page.getByText(/^You find it useful: The groups/).waitFor();
    await expect
      .poll(() => card('i-ratio').answers)
      .toMatchObject([{ actor: 'Ada Okafor', answer: 'useful' }]);
    // Nobody has said anything before: there is nothing to go back to.
    expect(await page.getByRole('button', { name: 'Undo' }).count()).toBe(0);
    await groups.getByRole('button', { name: 'Not useful' }).click();
    await groups.getByRole('button', { name: 'Not useful', pressed: true }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await groups.getByRole('button', { name: 'Useful', exact: true, pressed: true }).waitFor();
    await expect.poll(() => card('i-ratio').answers).toMatchObject([{ answer: 'useful' }]);
    // A note is taken in a dialog.
    await groups.getByRole('button', { name: 'Note …' }).click();
    await dialog().getByLabel('Not useful').check();
    await dialog().getByLabel('Note').fill('Known since Monday');
    await dialog().getByRole('button', { name: 'Note it' }).click();
    await groups.getByText('Ada Okafor: not useful – “Known since Monday”').waitFor();
  });

  test('an answer that is not taken is not shown as taken', async () => {
    engine.insights.refusal = new Unaccepted(503, 'The storage does not answer.');
    await open(pages.list);
    const groups = article(/^The groups of/);
    await groups.getByRole('button', { name: 'Useful', exact: true }).click();
    await groups.getByText('Your answer was not noted. The storage does not answer.').waitFor();
    await groups.getByRole('button', { name: 'Useful', exact: true, pressed: false }).waitFor();
    expect(await page.getByText('You find it useful').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Undo' }).count()).toBe(0);
  });

  test('an answer to what changed meanwhile says what did', async () => {
    await open(pages.list);
    // The live stream would tell of it first.
    await page.getByRole('button', { name: 'Pause live updates' }).click();
    changed(engine.insights, card('i-ratio'), {
      others: [findingOf(engine.insights.now, { kind: 'past-horizon' })],
    });
    const groups = article(/^The groups of/);
    await groups.getByRole('button', { name: 'Not useful' }).click();
    await groups.getByText('Something else was found about the same.').waitFor();
    expect(card('i-ratio').answers).toEqual([]);
    // From the newest it works.
    await groups.getByRole('button', { name: 'Not useful' }).click();
    await expect.poll(() => card('i-ratio').answers).toMatchObject([{ answer: 'not useful' }]);
  });

  test('a card is put off for a day, a week or until a date, and brought back', async () => {
    await open(pages.list);
    await article(/^The groups of/)
      .getByRole('button', { name: 'Later …' })
      .click();
    await dialog().getByLabel('Until a day').check();
    await dialog().getByRole('button', { name: 'Put it off' }).click();
    await dialog().getByText('Choose a day to come, within a year.').waitFor();
    await dialog().getByLabel('Day', { exact: true }).fill('2027-01-31');
    await dialog().getByLabel('Note').fill('After the holidays');
    await dialog().getByRole('button', { name: 'Put it off' }).click();
    await page.getByRole('heading', { name: 'Put off 2' }).waitFor();
    await article(/^The groups of/)
      .getByText(/put off until 31 Jan/)
      .waitFor();
    await headline(/^10\sthings to do/);
    expect(card('i-ratio').snoozedUntil).toBe(new Date('2027-01-31T00:00').getTime());
    await page.getByRole('button', { name: 'Undo' }).click();
    await headline(/^11\sthings to do/);
    await article(/^The pipeline learning/)
      .getByRole('button', { name: 'Back to the inbox' })
      .click();
    await headline(/^12\sthings to do/);
    await article(/^Minutes until/)
      .getByRole('button', { name: 'Later …' })
      .click();
    await dialog().getByLabel('For a day').check();
    await dialog().getByRole('button', { name: 'Put it off' }).click();
    await headline(/^11\sthings to do/);
    const until = card('i-drift').snoozedUntil! - Date.now();
    expect(Math.abs(until - 86_400_000)).toBeLessThan(60_000);
  });

  test('what is taken care of leaves the inbox with a note, and comes back by undo', async () => {
    await open(pages.list);
    await article(/^The watch/)
      .getByRole('button', { name: 'Done …' })
      .click();
    await dialog().getByLabel('Note').fill('Budget halved');
    await dialog().getByRole('button', { name: 'It is done' }).click();
    await headline(/^10\sthings to do/);
    const past = page.getByRole('region', { name: 'What became of them' });
    await past.getByText(/took care of it\. “Budget halved”/).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await headline(/^11\sthings to do/);
    expect(card('i-watch').state).toBe('live');
  });

  test('what was done is judged: verdict, interval, and the day of those that are not yet', async () => {
    await open(pages.list);
    const past = page.getByRole('region', { name: 'What became of them' });
    await past.getByText('5 judged, 1 helped as promised.').waitFor();
    await past
      .getByText('Accepted 12 Oct: calibration error −3.4 points (95 % −4.1 to −2.7).')
      .waitFor();
    await past.getByText(/^95.% −4\.1.points to −2\.7.points$/).waitFor();
    await past.getByText(/It is judged on \d+ \w+ \d{4}\./).waitFor();
    for (const word of [
      'It helped',
      'It helped in part',
      'No change seen',
      'It became worse',
      'Cannot be told',
    ]) {
      await past.getByText(word, { exact: true }).waitFor();
    }
    // Where nothing was measured nothing is drawn.
    expect(await past.locator('.outcome-bar').count()).toBe(4);
    await past
      .getByRole('link', { name: 'Predictions of answer were too high in spring.' })
      .click();
    await page
      .getByRole('region', { name: 'Did it help?' })
      .getByText(/^n\s18\.4\sk$/)
      .waitFor();
    await page
      .getByRole('region', { name: 'What became of it' })
      .getByText(/Judged: Accepted 12 Oct/)
      .waitFor();
  });

  test('the catalogue tells how each kind is judged, and what became of its cards', async () => {
    await open(pages.list);
    await page.getByText(/at most 1 in 10 of such cards shown is false/).waitFor();
    expect(sent('/v1/insights/kinds')).toBe(0);
    await page.getByText('Show the rules, and how each is judged').click();
    const row = page.getByRole('row', { name: /^Calibration slipped/ });
    await row.getByText(/^12\sshown, 5\saccepted, 4\shelped/).waitFor();
    await row.getByText('6 useful, 1 not').waitFor();
    await page
      .getByRole('row', { name: /^Cost budget/ })
      .getByText('never shown')
      .waitFor();
  });

  test('an empty inbox, one that was not looked at, and an old one are told in words', async () => {
    const { insights } = engine;
    insights.cards = [];
    insights.looked = { ...insights.looked, failing: [] };
    await open(pages.list);
    await headline(/^There is nothing to do\.$/);
    await page.getByText('An empty inbox is a real outcome').waitFor();
    await page.getByText(/Looked \d.* ago, by 11\srules\./).waitFor();
    await page.getByText('Nothing has been accepted or ended yet').waitFor();
    expect(await page.locator('.rail-count').filter({ hasText: 'recommendation' }).count()).toBe(0);
    insights.looked = { ...insights.looked, at: Date.now() - 26 * 3_600_000 };
    await open(pages.list);
    await page.getByText(/It was looked 26\sh ago the last time/).waitFor();
    insights.looked = { ...insights.looked, at: null, tests: 0 };
    await open(pages.list);
    await headline(/^It has not been looked yet/);
    await page.getByText('Not looked yet').waitFor();
    await page.getByText('No card rests on a test').waitFor();
  });

  test('rules that could not be asked are told with the reason', async () => {
    await open(pages.list);
    await page.getByText('1 of 11 rules could not be asked').click();
    await page.getByText('Cost budget: The budget of no pipeline is known.').waitFor();
  });

  test('without an answer there is a skeleton, then what is wrong, and a way to try again', async () => {
    let isOver = false;
    await page.route('**/v1/insights?**', async (route) => {
      if (isOver) return route.continue();
      await new Promise((resolve) => setTimeout(resolve, 300));
      return route.fulfill({ status: 422, json: { detail: 'The rules are being changed.' } });
    });
    await page.goto(`${engine.url}${pages.list}`);
    await headline(/^Asking the engine what there is to do/);
    await page.locator('main .mantine-Skeleton-root').first().waitFor();
    await headline(/^The engine does not say what there is to do\.$/);
    await page.getByText('The rules are being changed.').first().waitFor();
    isOver = true;
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await headline(/^11\sthings to do/);
    await open(pages.absent);
    await headline(/^There is no such recommendation\.$/);
    await page.getByRole('link', { name: 'All recommendations' }).click();
    await headline(/^11\sthings to do/);
  });

  test('an engine that makes no recommendations has none on its other pages', async () => {
    await page.route('**/v1/insights**', (route) =>
      route.fulfill({ status: 404, json: { detail: 'There is no such route.' } }),
    );
    await open('/');
    expect(await page.getByRole('heading', { name: 'What to do' }).count()).toBe(0);
    await open('/experiments/hints');
    expect(await page.getByRole('complementary', { name: 'Recommendation' }).count()).toBe(0);
    expect(await page.locator('[role=alert]').count()).toBe(0);
  });

  test('a new card and one that is over come without being asked for', async () => {
    await open(pages.list);
    await page.locator('.live-live').waitFor();
    changed(engine.insights, card('i-ratio'), { state: 'over' });
    await headline(/^10\sthings to do/);
    changed(engine.insights, card('i-ratio'), {
      state: 'live',
      score: 0.9,
      finding: findingOf(engine.insights.now, {
        changed: 'Everything is on fire.',
        impact: { value: 0.9, words: 'all 6,300 students see an empty page' },
      }),
    });
    await headline(/^11\sthings to do; the first: all 6,300 students see an empty page\.$/);
    // What was read stays unfolded.
    await article(calibration).getByText('If nothing is done').waitFor();
  });

  test('script in every text is text, also in what was opened and dismissed', async () => {
    await open('/recommendations/i-script');
    const isHacked = () => page.evaluate(() => (window as { hacked?: number }).hacked === 1);
    await page.getByText('1 other finding about the same').click();
    await page.getByText('Why it stands here').click();
    await page.locator('.chart-plot').focus();
    await page.keyboard.press('ArrowRight');
    await page.locator('.chart-tip').waitFor();
    await page.locator('.recommendation-action button').first().click();
    await dialog().getByLabel('Reason').fill('<script>window.hacked=1</script>');
    // What is no page of the dashboard is no link.
    engine.insights.refusal = new Unaccepted(422, '<img src=x onerror="window.hacked=1">');
    await dialog().locator('button[type=submit]').click();
    const refused = dialog().getByRole('alert');
    await refused.getByText('<img src=x onerror', { exact: false }).first().waitFor();
    expect(await page.locator('a[href^="javascript"]').count()).toBe(0);
    engine.insights.refusal = undefined;
    await dialog().locator('button[type=submit]').click();
    await dialog()
      .getByText(/^It is done/)
      .waitFor();
    await dialog().getByRole('button', { name: 'Close' }).last().click();
    await open(pages.list);
    await open('/');
    expect(await isHacked()).toBe(false);
  });

  test('a text of ten thousand letters is cut, and can be read whole', async () => {
    await open('/recommendations/i-long');
    expect(long.length).toBeGreaterThan(10_000);
    const note = page.locator('.notice.attention');
    expect((await note.textContent())!.length).toBeLessThan(800);
    await note.getByRole('button', { name: 'Show all of it' }).click();
    expect((await note.textContent())!.length).toBeGreaterThan(10_000);
    await note.getByRole('button', { name: 'Show less' }).click();
    expect(await page.locator('h1').textContent()).toMatch(/…$/);
    await open(pages.list);
    const entry = page.getByRole('article').last();
    expect((await page.locator('main').textContent())!.length).toBeLessThan(30_000);
    await entry.waitFor();
  });

  test('all is done by keyboard alone', async () => {
    await open(pages.list);
    /** Tabs until something with that text has the focus. */
    async function tabTo(text: RegExp): Promise<void> {
      for (let steps = 0; steps < 80; steps += 1) {
        await page.keyboard.press('Tab');
        const focused = await page.evaluate(() => {
          const at = document.activeElement;
          return at?.getAttribute('aria-label') ?? at?.textContent ?? '';
        });
        if (text.test(focused)) return;
      }
      throw new Error(`nothing with ${text} takes the focus`);
    }
    await tabTo(/^Calibrate and release anew$/);
    await tabTo(/^Calibration error of answer.*Arrow keys/);
    await page.keyboard.press('End');
    const spoken = page.locator('.recommendation .chart [aria-live]').first();
    await spoken.filter({ hasText: 'Calibration error' }).waitFor({ state: 'attached' });
    await page.keyboard.press('t');
    await page.locator('.recommendation .chart-data').waitFor();
    await tabTo(/^Why it stands here$/);
    await page.keyboard.press('Enter');
    await page.getByText('it began 3.3').waitFor();
    await tabTo(/^Useful$/);
    await page.keyboard.press('Space');
    await page.getByText(/^You find it useful/).waitFor();
    await tabTo(/^Later …$/);
    await page.keyboard.press('Enter');
    await dialog().waitFor();
    await page.keyboard.press('ArrowLeft');
    expect(await dialog().getByLabel('For a day').isChecked()).toBe(true);
    await page.keyboard.press('Enter');
    await dialog().waitFor({ state: 'detached' });
    await headline(/^10\sthings to do/);
    expect(card('i-calibration').state).toBe('snoozed');
    await tabTo(/^Pause the experiment$/);
    await page.keyboard.press('Enter');
    await dialog().waitFor();
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    // The dialog gives the focus back.
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toBe('Pause the experiment');
  }, 90_000);

  test('what is said next needs no newer list: the answer before told the revision', async () => {
    await open(pages.list);
    const one = article(calibration);
    const { revision } = card('i-calibration');
    const isAsked = (url: URL) => url.pathname.startsWith('/v1/insights');
    // Nothing is read from here on.
    await page.route(isAsked, (route) =>
      route.request().method() === 'GET' ? undefined : route.fallback(),
    );
    await one.getByRole('button', { name: 'Useful', exact: true }).click();
    await page.getByText(/^You find it useful/).waitFor();
    await one.getByRole('button', { name: 'Note …' }).click();
    await dialog().getByLabel('Note').fill('It was right twice.');
    await dialog().locator('button[type=submit]').click();
    await dialog().waitFor({ state: 'detached' });
    await one.getByRole('button', { name: 'Later …' }).click();
    await dialog().locator('button[type=submit]').click();
    await dialog().waitFor({ state: 'detached' });
    expect(card('i-calibration')).toMatchObject({ state: 'snoozed', revision: revision + 3 });
  });

  test('the overview shows the first five, each with the way to it', async () => {
    await open('/');
    const preview = page.getByRole('region', { name: 'What to do' });
    expect(await preview.getByRole('listitem').count()).toBe(5);
    await preview.getByText('6 more').waitFor();
    await preview.getByRole('link', { name: /^Look at “The groups of/ }).click();
    await page.waitForURL(/\/recommendations\/i-ratio/);
    await headline(/^The groups of/);
    engine.insights.cards = [];
    await open('/');
    await preview.getByText('Nothing to do.').waitFor();
  });

  test('each subject tells on its page what is recommended about it', async () => {
    const told = page.getByRole('complementary', { name: 'Recommendation' });
    const of = {
      '/models/watch/dropout': /^1 recommendation: Outcomes of a third/,
      '/models/answer/versions': /^1 recommendation: Predictions of answer have been too high/,
      '/experiments/hints': /^1 recommendation: The groups of/,
      '/personalization/tutor': /^1 recommendation: “Short video” is worse/,
      '/anomalies/watches/correct-share': /^1 recommendation: The watch/,
      '/drift/context_latency_ms': /^1 recommendation: Minutes until/,
    };
    changed(engine.insights, card('i-coverage'), {
      subject: { kind: 'model', key: 'dropout', name: 'dropout' },
    });
    changed(engine.insights, card('i-drift'), {
      subject: { kind: 'column', key: 'context_latency_ms', name: 'latency' },
    });
    for (const [path, text] of Object.entries(of)) {
      await open(path);
      await told.waitFor();
      expect((await told.textContent())!.trim(), path).toMatch(text);
    }
    await told.getByRole('link', { name: 'See it' }).click();
    await page.waitForURL(/\/recommendations\/i-drift/);
    // What is put off is not repeated there.
    changed(engine.insights, card('i-ratio'), { state: 'snoozed' });
    await open('/experiments/hints');
    expect(await told.count()).toBe(0);
  }, 30_000);
});
