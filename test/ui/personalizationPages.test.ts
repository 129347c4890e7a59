/** The pages of policies in a real browser, on an engine that answers from memory. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { Policy } from '../../contracts/policy.ts';
import type { FakeEngine } from '../support/fakeEngine.ts';
import { isRequired } from '../support/isRequired.ts';
import { drawn, overflowOf, setScheme, violationsOf } from './support/browserPage.ts';
import { findChromium, whatTheBrowserLacks } from './support/chromium.ts';
import { eachOnFakeEngine } from './support/eachOnFakeEngine.ts';

const browser = findChromium();
const missing = whatTheBrowserLacks();
if (missing !== '') console.warn(`The pages of policies are not tried: ${missing}`);

test.runIf(isRequired('browser'))('what the pages of policies need is there', () => {
  expect(missing).toBe('');
});

const attributes = encodeURIComponent('{"grade":7,"track":"academic","mistakes":4}');
const pages = {
  list: '/personalization',
  detail: '/personalization/tutor?range=30d',
  many: '/personalization/articles?range=30d',
  draft: '/personalization/pace',
  over: '/personalization/badges?range=all',
  form: '/personalization/new',
  edit: '/personalization/pace/edit',
  copy: '/personalization/new?copy=articles',
  users: '/personalization/users',
  user: `/personalization/users/student-3?policy=tutor&attributes=${attributes}`,
} as const;

describe.skipIf(missing !== '')('the pages of policies', () => {
  let engine: FakeEngine;
  let page: Page;
  const open = eachOnFakeEngine(browser!, (given) => {
    ({ engine, page } = given);
  });

  const policy = (key = 'tutor'): Policy =>
    engine.policies.desk.registry.policy(key)!.record.policy;
  const reasons = (key = 'tutor') =>
    engine.policies.desk.registry.policy(key)!.changes.map(({ reason }) => reason);
  const writes = () =>
    engine.requests.filter(
      (each) =>
        /^(PUT|POST) .*policies\/[a-z]+(\/(start|pause|resume|stop|archive))?$/.test(each) &&
        !each.includes('check'),
    );

  const objectionWrites = () =>
    engine.requests.filter((each) => /^(PUT|DELETE) .*objection/.test(each));

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
      const looked =
        scheme === 'light'
          ? ['list', 'detail', 'draft', 'edit', 'users', 'user']
          : ['list', 'detail', 'edit', 'user'];
      for (const name of looked as (keyof typeof pages)[]) {
        await open(pages[name]);
        found[name] = await violationsOf(page);
      }
      await open(pages.detail);
      await page.getByRole('button', { name: 'Pin an action …' }).click();
      await page.getByRole('dialog').waitFor();
      await page.getByRole('button', { name: 'Pin it' }).click();
      found['dialog'] = await violationsOf(page);
      await page.keyboard.press('Escape');
      await page.getByRole('switch', { name: 'Offer “Ask a classmate”' }).click();
      await confirm('They are away', 'Switch it off');
      await page.getByRole('button', { name: 'Undo' }).waitFor();
      found['undo'] = await violationsOf(page);
      await page.keyboard.press('t');
      await page.locator('.chart-data').first().waitFor();
      found['tables'] = await violationsOf(page);
      engine.policies.reports.clear();
      await open(pages.detail);
      await page.getByText('This engine has none for the policy.').waitFor();
      found['no report'] = await violationsOf(page);
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

  test('g u opens the list, which says what each decides and earns, and leads to one', async () => {
    await open('/pipelines');
    await page.keyboard.press('g');
    await page.keyboard.press('u');
    await page.waitForURL(/\/personalization/);
    await page.locator('h1:has-text("1 of them earns more than the control.")').waitFor();
    await page.getByText('It earns 0.054 a decision more than the control').waitFor();
    await page.getByText('Not started: it decides nothing.').waitFor();
    await page.getByRole('link', { name: 'What the tutor suggests' }).click();
    await page.getByRole('heading', { name: 'What it is worth' }).waitFor();
  });

  test('without reports the list says so, and without a policy how to begin', async () => {
    engine.policies.reports.clear();
    await open(pages.list);
    await page.getByText('What it earns against the control is not known yet.').first().waitFor();
    await page.route('**/v1/policies', (route) => route.fulfill({ json: { policies: [] } }));
    await open(pages.list);
    await page.getByText('Or from a terminal').waitFor();
    await page.getByText(`curl ${engine.url}/v1/policies`).waitFor();
    await page.getByRole('link', { name: 'New policy' }).click();
    await page.waitForURL(/\/personalization\/new/);
  });

  test('range and groups stand in the address, and the charts speak by their arrows', async () => {
    await open(pages.detail);
    await page.getByLabel('Groups by').selectOption('grade');
    await page.waitForURL(/by=grade/);
    await page.reload();
    await page.getByRole('rowheader', { name: 'grade 7' }).waitFor();
    expect(await page.getByRole('rowheader', { name: 'track academic' }).count()).toBe(0);
    await page.keyboard.press('[');
    await page.waitForURL(/back=1/);
    await drawn(page);
    for (const [chart, said] of [
      [0, 'The control, from'],
      [1, 'Short video'],
      [2, 'Short video, from'],
    ] as const) {
      await page.locator('.chart-plot').nth(chart).focus();
      await page.keyboard.press('ArrowRight');
      const spoken = page.locator('.chart [aria-live]').nth(chart);
      await spoken.filter({ hasText: said }).waitFor({ state: 'attached' });
    }
    await page.getByText('Changed: least probability 0.05 → 0.04 (stage 2)').first().waitFor();
    await page.keyboard.press('c');
    const said = page.getByText('The policy as a whole is compared above.');
    await said.first().waitFor();
    expect(await said.count()).toBe(2);
  });

  test('an action is switched off by keyboard, with a reason, and comes back', async () => {
    await open(pages.detail);
    await page.getByRole('switch', { name: 'Offer “Ask a classmate”' }).focus();
    await page.keyboard.press('Space');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Nobody gets it from now on.').waitFor();
    await dialog.getByRole('button', { name: 'Switch it off' }).click();
    await dialog.getByText('Say why').waitFor();
    expect(writes()).toEqual([]);
    await confirm('They are on a trip', 'Switch it off');
    await page.getByRole('switch', { name: 'Offer “Ask a classmate”', checked: false }).waitFor();
    expect(policy().actions.find(({ key }) => key === 'peer')?.offered).toBe(false);
    expect(policy().stages).toHaveLength(4);
    await page.getByRole('rowheader', { name: 'Changed: action peer switched off' }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('switch', { name: 'Offer “Ask a classmate”', checked: true }).waitFor();
    expect(policy().actions.find(({ key }) => key === 'peer')?.offered).toBe(true);
    expect(reasons().slice(-2)).toEqual([
      'They are on a trip',
      'Taken back: “Ask a classmate” is switched off.',
    ]);
  });

  test('cap, control, holdout, floor and pins are switched, each with its own field', async () => {
    await open(pages.detail);
    await page.getByRole('button', { name: /^Cap of “An easier exercise”: none/ }).click();
    await page.getByLabel('Times at most').fill('2');
    await page.getByLabel('Within').fill('6');
    await page.getByLabel('Unit').selectOption('hours');
    await confirm('It tires', 'Set the cap');
    await page.getByRole('button', { name: /“An easier exercise”: 2 in 6\shours/ }).waitFor();
    await page.getByRole('button', { name: 'Make “Short video” the control' }).click();
    await confirm('It is what we had', 'Make it the control');
    await page.getByText('The control is “Short video”.').waitFor();
    await page.getByRole('button', { name: 'Change the share of the held-out' }).click();
    await page.getByRole('textbox', { name: 'Share of the held-out' }).fill('100');
    await page.getByRole('button', { name: 'Set the share' }).click();
    await page.getByText('A number is missing or out of its range.').waitFor();
    await page.getByRole('textbox', { name: 'Share of the held-out' }).fill('2,5');
    await confirm('Enough is known', 'Set the share');
    await page.getByRole('button', { name: 'Change the floor' }).click();
    await page.getByLabel('Floor, all actions together').fill('8');
    await confirm('Try more', 'Set the floor');
    await page.getByRole('button', { name: 'Pin an action …' }).click();
    await page.getByLabel('Attribute').fill('grade');
    await page.getByLabel('Value').fill('12');
    await page.getByLabel('What they get').selectOption('Explanation in words');
    await confirm('Exams', 'Pin it');
    await page.getByText('Everybody whose grade is 12 gets “Explanation in words”.').waitFor();
    const { actions, control, holdout, floor, pins } = policy();
    expect(actions[2]!.cap).toEqual({ times: 2, withinMs: 21_600_000 });
    expect({ control, holdout, floor }).toEqual({ control: 'video', holdout: 0.025, floor: 0.08 });
    expect(pins).toEqual([{ if: { field: 'grade', is: 12 }, action: 'text' }]);
    await page.getByRole('button', { name: 'Remove the pin of “Explanation in words”' }).click();
    await confirm('Exams are over', 'Remove it');
    await page.getByText('Everybody whose grade is 12').waitFor({ state: 'detached' });
    expect(policy().pins).toEqual([]);
  });

  test('somebody else was faster: that is said, and the change is made on the newest', async () => {
    await open(pages.detail);
    await page.getByRole('button', { name: 'Change the floor' }).click();
    await page.getByLabel('Floor, all actions together').fill('9');
    await page.getByRole('dialog').getByLabel('Reason').fill('Try more');
    const { registry } = engine.policies.desk;
    const { record, head } = registry.policy('tutor')!;
    const by = { actor: 'jonas', reason: 'Meanwhile' };
    await registry.change('tutor', { ...record.policy, holdout: 0.2 }, head.revision, by);
    await page.getByRole('button', { name: 'Set the floor' }).click();
    await page.getByText('Somebody has changed it meanwhile.').waitFor();
    await page.getByText('Revision 5', { exact: true }).waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Set the floor' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const { floor, holdout } = policy();
    expect({ floor, holdout }).toEqual({ floor: 0.09, holdout: 0.2 });
  });

  test('what the engine refuses is said where it was asked for', async () => {
    await open(pages.detail);
    await page.getByRole('switch', { name: 'Offer “Explanation in words”' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('Away with it');
    await dialog.getByRole('button', { name: 'Switch it off' }).click();
    await dialog.getByText('The control text is switched off.').waitFor();
    expect(policy().actions[1]!.offered).toBe(true);
  });

  test('it is paused, resumed and stopped, each said before', async () => {
    await open(pages.detail);
    await page.getByRole('button', { name: 'Pause …' }).click();
    await page.getByText('Requests are refused until it is resumed').waitFor();
    await confirm('Holidays', 'Pause it');
    await page.locator('h1:has-text("It is paused.")').waitFor();
    await page.getByRole('button', { name: 'Resume …' }).click();
    await confirm('Back', 'Resume it');
    await page.locator('.standing').getByText('Running').waitFor();
    await page.getByRole('button', { name: 'Stop …' }).click();
    await confirm('The end of term', 'Stop it');
    await page.locator('h1:has-text("It is over.")').waitFor();
    expect(await page.getByRole('switch').first().isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Archive …' }).click();
    await confirm('Tidy', 'Archive it');
    await page.locator('.standing').getByText('Archived').waitFor();
    expect(writes().map((each) => each.split('/').at(-1))).toEqual([
      ...['pause', 'resume', 'stop', 'archive'],
    ]);
  });

  test.each([
    [404, 'This engine has none for the policy.'],
    [503, 'The storage of decisions does not answer.'],
  ])('a report that does not come (%i) is said, and the switches stay', async (status, text) => {
    await page.route('**/report?**', (route) =>
      route.fulfill({ status, json: { title: 'x', detail: 'No report.', code: 'X' } }),
    );
    await open(pages.detail);
    await page.getByText(text).waitFor();
    await page.getByRole('switch', { name: 'Offer “Short video”' }).waitFor();
    await page.unroute('**/report?**');
    await page.getByRole('button', { name: 'Ask again' }).click();
    await page.getByRole('heading', { name: 'What it is worth' }).waitFor();
  });

  test('a draft survives a reload, its problems stand beside their fields, and it becomes a policy', async () => {
    await open(pages.form);
    await page.getByLabel('Name', { exact: true }).fill('Which greeting');
    expect(await page.getByLabel('Key', { exact: true }).first().inputValue()).toBe(
      'which-greeting',
    );
    await page.getByText('It looks at nothing').waitFor();
    await page.getByRole('button', { name: 'Add a feature' }).first().click();
    await page.getByLabel('Field of feature 1').fill('grade');
    await page.getByLabel('Algorithm').selectOption('linucb');
    await page.getByLabel('alpha').fill('-2');
    const beside = page.locator('.parameters .field-notes').filter({ hasText: 'alpha' });
    await beside.waitFor();
    await page.getByLabel('alpha').fill('0,5');
    await beside.waitFor({ state: 'detached' });
    await page.getByLabel('It earns of rule 1').selectOption('a fixed reward');
    await page.getByText('earns 1 for the decision that it names').waitFor();
    await page.reload();
    await page.getByText('Your draft from before is here again.').waitFor();
    expect(await page.getByLabel('Field of feature 1').inputValue()).toBe('grade');
    await page.getByRole('button', { name: 'Remove the action New' }).click();
    await page.getByText('There is only one action to choose').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Nothing stands against it').waitFor();
    await page.getByLabel('Reason').fill('An idea');
    await page.getByRole('button', { name: 'Create draft' }).click();
    await page.waitForURL(/\/personalization\/which-greeting/);
    await page.locator('h1:has-text("This is a draft")').waitFor();
    expect(policy('which-greeting')).toMatchObject({
      algorithm: { name: 'linucb', parameters: { alpha: 0.5 } },
      context: { features: [{ kind: 'numeric', field: 'grade' }] },
      reward: { rules: [{ value: 1 }] },
      control: 'usual',
    });
    await page.getByRole('button', { name: 'Start …' }).click();
    await confirm('Ready', 'Start it');
    await page.locator('.standing').getByText('Running').waitFor();
  });

  test('a draft is changed, and one that was changed meanwhile is not overwritten', async () => {
    await open(pages.edit);
    await page.getByLabel('Held out', { exact: true }).fill('20');
    await page.getByLabel('Reason').fill('To know its worth');
    const { registry } = engine.policies.desk;
    const { record } = registry.policy('pace')!;
    const by = { actor: 'maria', reason: 'Meanwhile' };
    await registry.change('pace', { ...record.policy, floor: 0.1 }, 1, by);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: /Take the newest version/ }).click();
    await page.waitForFunction(
      () =>
        [...document.querySelectorAll('label')]
          .find((label) => label.textContent?.startsWith('Floor'))
          ?.control?.getAttribute('value') === '10',
    );
    await page.getByLabel('Held out', { exact: true }).fill('20');
    await page.getByLabel('Reason').fill('To know its worth');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.waitForURL(/\/personalization\/pace(\?|$)/);
    const { floor, holdout } = policy('pace');
    expect({ floor, holdout }).toEqual({ floor: 0.1, holdout: 0.2 });
    await open('/personalization/tutor/edit');
    await page.locator('h1:has-text("not a draft any more")').waitFor();
  });

  test('a person is looked up, is told what they get and why, and what would change it', async () => {
    await open(pages.list);
    await page.getByRole('textbox', { name: 'Person' }).fill('student-3');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/personalization\/users\/student-3/);
    await page.getByLabel('Policy').selectOption('What the tutor suggests');
    await page.getByLabel('grade').fill('7');
    await page.getByLabel('track').fill('academic');
    await page.getByLabel('mistakes').fill('4');
    await page.locator('h1:has-text("student-3 would most likely get “Short video”")').waitFor();
    await page.waitForURL(/grade/);
    const figures = await page.locator('.contributions:not(.likings) b').allTextContents();
    const numbers = figures.map((text) => Number(text.replace('−', '-').replace('±', '')));
    const total = numbers.pop()!;
    expect(numbers.reduce((sum, each) => sum + each, 0)).toBeCloseTo(total, 2);
    await page.getByText('Above all because').waitFor();
    await page.getByRole('button', { name: 'Explain “Explanation in words”' }).click();
    await page.getByRole('heading', { name: 'Why “Explanation in words”' }).waitFor();
    await page.waitForURL(/action=text/);
    await page.getByRole('button', { name: 'Try it' }).first().click();
    await page
      .locator('h1:has-text("student-3 would most likely get “An easier exercise”")')
      .waitFor();
    expect(Number(await page.getByLabel('grade').inputValue())).toBeGreaterThan(8);
    expect(engine.requests.some((each) => each.includes('/decisions'))).toBe(false);
  });

  test('a person who is held out, and a question that cannot be answered, are told as such', async () => {
    await open(`/personalization/users/ada?policy=tutor`);
    await page.locator('h1:has-text("ada is held out, and gets “Explanation in words”")').waitFor();
    await page.getByText('what the held-out get does not depend on them').waitFor();
    await page.route('**/explain', (route) =>
      route.fulfill({ status: 422, json: { detail: 'grade: expected a number, got seven' } }),
    );
    await page.getByLabel('grade').fill('seven');
    await page.getByText('grade: expected a number, got seven').waitFor();
    await page.getByText('It cannot be told like this').waitFor();
  });

  test('other policies are judged by the log, and the best is taken over with a reason', async () => {
    await open(pages.detail);
    await page.getByText('Nothing came of 1\u202f204').waitFor();
    await page.getByText('estimated from 62\u00a0% of the decisions').waitFor();
    const section = page.getByRole('region', { name: 'What another policy would have earned' });
    for (const name of ['softmax', 'squarecb', 'linear-thompson']) {
      await section.getByRole('checkbox', { name }).uncheck();
    }
    await section.getByRole('combobox', { name: 'Another policy' }).selectOption('reminder');
    await section.getByRole('button', { name: 'Evaluate' }).click();
    await section.getByText('20\u00a0%: 300 of 1\u202f500 decisions').waitFor();
    await section.getByRole('table').waitFor();
    const names = await section.locator('.ranked').allTextContents();
    expect(names).toHaveLength(6);
    // Of its actions the log knows none.
    expect(names.at(-1)).toMatch(/^When the reminder comes.*Stands behind/);
    await section.getByText('Judged by 1\u202f500').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await section.getByRole('button', { name: 'Take linucb as the algorithm' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('From now on linucb chooses instead of epsilon-greedy').waitFor();
    await confirm('It stands first', 'Take the algorithm');
    await page.getByText('It chooses by linucb.').waitFor();
    expect(policy().algorithm).toEqual({ name: 'linucb', parameters: {} });
    expect(policy().stages).toHaveLength(4);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.locator('.undo').waitFor({ state: 'detached' });
    expect(policy().algorithm).toEqual({
      ...{ name: 'epsilon-greedy', parameters: { epsilon: 0.1 } },
    });
  });

  test('an evaluation is given up, and one that the log cannot answer is told in words', async () => {
    await open(pages.detail);
    const section = page.getByRole('region', { name: 'What another policy would have earned' });
    await section.getByRole('button', { name: 'Evaluate' }).click();
    await section.getByRole('progressbar').waitFor();
    await section.getByRole('button', { name: 'Cancel' }).click();
    await section.getByRole('progressbar').waitFor({ state: 'detached' });
    expect(await section.getByRole('table').count()).toBe(0);
    const sentence = 'Every decision was certain: give the policy a floor above 0.';
    const problem = { status: 422, code: 'EVALUATION_IMPOSSIBLE', detail: sentence };
    await page.route('**/evaluate', (route) =>
      route.fulfill({
        contentType: 'application/x-ndjson',
        body: `${JSON.stringify({ problem })}\n`,
      }),
    );
    await section.getByRole('button', { name: 'Evaluate' }).click();
    await section.getByText('The log cannot tell').waitFor();
    await section.getByText(sentence).waitFor();
    await page.unroute('**/evaluate');
    await page.route('**/evaluate', (route) => route.abort());
    await section.getByRole('button', { name: 'Evaluate' }).click();
    await section.getByText('It could not be evaluated').waitFor();
    for (const box of await section.getByRole('checkbox').all()) await box.uncheck();
    await section.getByText('Choose at least one.').waitFor();
    expect(await section.getByRole('button', { name: 'Evaluate' }).isDisabled()).toBe(true);
  });

  test('what is learnt of a person and was decided for them is told, saved and erased', async () => {
    await open(pages.user);
    await page.getByText('likes sports more than others do, likes history less').waitFor();
    await page.getByText('Likes music as others do').waitFor();
    const decided = page.getByRole('region', { name: 'Last decisions', exact: true });
    await decided.getByRole('link', { name: 'What the tutor suggests' }).waitFor();
    await decided.getByText('nothing yet').waitFor();
    await decided.getByText('Somebody has pinned gold').waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Save all that is stored' }).click();
    expect((await download).suggestedFilename()).toMatch(/\.ndjson$/);
    await page.getByRole('button', { name: 'Erase the person …' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('It cannot be undone.').waitFor();
    await page.keyboard.type('student-4');
    await page.keyboard.press('Enter');
    await dialog.getByText('That is not the name of this person.').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    expect(engine.requests.filter((each) => each.startsWith('DELETE'))).toEqual([]);
    await dialog.getByLabel('Type student-3 to confirm').fill('student-3');
    await dialog.getByRole('button', { name: 'Erase for good' }).click();
    const receipt = page.getByRole('region', { name: 'Receipt of the erasure' });
    await receipt.getByText('Events: 1\u202f204').waitFor();
    await receipt.getByText('policy tutor, from 37').waitFor();
    await receipt.getByText('Counts and sums stay').waitFor();
    await page.getByText('Nothing is stored under this name').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    expect(engine.requests.filter((each) => each.startsWith('DELETE'))).toEqual([
      'DELETE /v1/users/student-3',
    ]);
  });

  test('an objection is told with a reason, changes what the person gets, is undone, and shown', async () => {
    await open(pages.user);
    const section = page.getByRole('region', { name: 'Objections', exact: true });
    await section.getByText('student-3 objects to nothing.').waitFor();
    await section.getByRole('switch', { name: 'Objects to personalization' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('What was learnt of the person is void').waitFor();
    await dialog.getByRole('button', { name: 'Record the objection' }).click();
    expect(objectionWrites()).toEqual([]);
    expect(await violationsOf(page)).toEqual([]);
    await confirm('Asked by letter', 'Record the objection');
    await page.locator('h1:has-text("Nothing is personalized: student-3 objects to it")').waitFor();
    await page.getByRole('heading', { name: 'Nothing is personalized', exact: true }).waitFor();
    await section.getByText('student-3 objects to personalization. Told at').waitFor();
    await section.getByText('Reason: Asked by letter').waitFor();
    const receipt = page.getByRole('region', { name: 'Receipt of the objection' });
    await receipt.getByText('Removed, in rows: Likings 1').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await section.getByRole('button', { name: 'Undo' }).click();
    await section.getByText('student-3 objects to nothing. Told at').waitFor();
    await page.locator('h1:has-text("student-3 would most likely get")').waitFor();
    await section.getByRole('button', { name: 'Objects to all of it …' }).click();
    await confirm('In person', 'Record the objection');
    await section
      .getByText('student-3 objects to personalization, experiments and training.')
      .waitFor();
    await section.getByRole('switch', { name: 'Objects to training' }).click();
    await dialog.getByText('Models learn from them again').waitFor();
    await confirm('Changed their mind', 'Take it back');
    await section.getByText('student-3 objects to personalization and experiments.').waitFor();
    expect(objectionWrites()).toEqual([
      'PUT /v1/users/student-3/objection',
      expect.stringContaining('DELETE /v1/users/student-3/objection?reason=Undone'),
      'PUT /v1/users/student-3/objection',
      'PUT /v1/users/student-3/objection',
    ]);
  });

  test('a person of whom nothing is known, and an engine that does not say, are told as such', async () => {
    await open('/personalization/users/nobody?policy=tutor');
    await page.getByText('Nothing is stored under this name').waitFor();
    const away = { status: 503, json: { detail: 'The storage does not answer.' } };
    await page.route('**/v1/users/ada', (route) => route.fulfill(away));
    await open('/personalization/users/ada?policy=tutor');
    await page.getByText('The storage does not answer.').waitFor();
    await page.getByRole('button', { name: 'Erase the person …' }).click();
    await page.getByLabel('Type ada to confirm').fill('ada');
    await page.getByRole('button', { name: 'Erase for good' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('The storage does not answer.').waitFor();
    await page.keyboard.press('Escape');
    await page.unroute('**/v1/users/ada');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Likes music as others do').waitFor();
  });
});
