/** The pages of versions and of retraining in a real browser, on an engine that answers from memory. */
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import type { ModelLife } from '../../contracts/modelLifeApi.ts';
import type { FakeEngine } from '../support/fakeEngine.ts';
import { script } from '../support/fakeModelLife.ts';
import { isRequired } from '../support/isRequired.ts';
import { drawn, overflowOf, setScheme, violationsOf } from './support/browserPage.ts';
import { findChromium, whatTheBrowserLacks } from './support/chromium.ts';
import { eachOnFakeEngine } from './support/eachOnFakeEngine.ts';

const browser = findChromium();
const missing = whatTheBrowserLacks();
if (missing !== '') console.warn(`The pages of model life are not tried: ${missing}`);

test.runIf(isRequired('browser'))('what the pages of model life need is there', () => {
  expect(missing).toBe('');
});

const pages = {
  versions: '/models/answer/versions?range=30d',
  compared: '/models/answer/versions?version=%221.4%22&against=%221.1%22',
  lone: '/models/young/versions',
  unknownModel: '/models/nothing/versions',
  version: '/models/answer/versions/1.4',
  refused: '/models/answer/versions/1.3',
  online: '/models/answer/versions/1',
  unknownVersion: '/models/answer/versions/9.9',
  plan: '/models/answer/versions/plan',
  runs: '/retraining',
  noRuns: '/retraining?model=young',
  running: '/retraining/run-7',
  done: '/retraining/run-4',
  failed: '/retraining/run-5',
  unknownRun: '/retraining/nothing',
} as const;

describe.skipIf(missing !== '')('the pages of model life', () => {
  let engine: FakeEngine;
  let page: Page;
  const open = eachOnFakeEngine(browser!, (given) => {
    ({ engine, page } = given);
  });

  const life = () => engine.life.lives.get('answer')!;
  const hold = (part: Partial<ModelLife>) => {
    engine.life.lives.set('answer', { ...life(), ...part });
  };
  const dialog = () => page.getByRole('dialog');
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const headline = (text: string | RegExp) =>
    page.locator('h1').filter({ hasText: text }).waitFor();

  /** Fills the reason of the dialog in, and confirms. */
  async function confirm(name: string, reason: string): Promise<void> {
    await dialog().getByLabel('Reason').fill(reason);
    await dialog().getByRole('button', { name, exact: true }).click();
  }

  describe('as they are', () => {
    test('no violation that axe-core finds, in light and dark, and as tables', async () => {
      const found: Record<string, string[]> = {};
      // Pages of what there is not are alike.
      const { unknownModel: _, unknownVersion: __, ...judged } = pages;
      for (const [name, path] of Object.entries(judged)) {
        await open(path);
        found[name] = await violationsOf(page);
      }
      await setScheme(page, 'dark');
      for (const name of ['versions', 'version', 'running'] as const) {
        await open(pages[name]);
        found[`${name} dark`] = await violationsOf(page);
      }
      for (const name of ['versions', 'runs'] as const) {
        await open(`${pages[name]}${pages[name].includes('?') ? '&' : '?'}table=true`);
        found[`${name} table`] = await violationsOf(page);
      }
      expect(found).toEqual(Object.fromEntries(Object.keys(found).map((name) => [name, []])));
    }, 180_000);

    test('no page is wider than its screen', async () => {
      for (const width of [390, 768, 1_080]) {
        await page.setViewportSize({ width, height: 844 });
        for (const [name, path] of Object.entries(pages)) {
          await open(path);
          expect(await overflowOf(page), `${name} at ${width} px`).toBeUndefined();
        }
      }
    }, 180_000);

    test('what people have written is text, never markup', async () => {
      for (const path of [pages.versions, pages.version, pages.runs, pages.running]) {
        await open(path);
        await page.getByText(script).first().waitFor();
      }
      await open(pages.runs);
      await page.locator('.chart-plot').first().focus();
      await page.keyboard.press('ArrowRight');
      expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
    });

    test('no model, no version, no run: each is told, with the way back', async () => {
      await open(pages.unknownModel);
      await headline('There is no such model.');
      await page.getByRole('link', { name: 'All models' }).click();
      await page.waitForURL(/\/models$/);
      await open(pages.unknownVersion);
      await headline('There is no such version.');
      await page.getByRole('link', { name: 'All versions' }).click();
      await page.waitForURL(/\/models\/answer\/versions$/);
      await open(pages.unknownRun);
      await headline('There is no such run.');
      await page.getByRole('link', { name: 'All runs' }).click();
      await page.waitForURL(/\/retraining$/);
    });

    test('an answer that does not come is told, and asked for again', async () => {
      for (const [path, route] of [
        [pages.versions, '**/v1/models/answer/life'],
        [pages.running, '**/v1/retraining/run-7'],
      ] as const) {
        await page.route(route, (each) =>
          each.fulfill({ status: 400, json: { detail: 'The storage does not answer.' } }),
        );
        await page.goto(`${engine.url}${path}`);
        await page.getByText('The storage does not answer.').waitFor();
        await page.unroute(route);
        await button('Try again').click();
        await drawn(page);
      }
    });

    test('what was shown stays when it cannot be renewed, and is marked as old', async () => {
      await open(pages.versions);
      await page.route('**/v1/models/answer/life', (each) =>
        each.fulfill({ status: 400, json: { detail: 'The storage does not answer.' } }),
      );
      await page.locator('main[data-stale]').waitFor({ timeout: 30_000 });
      await headline('Version 1.2 is champion');
      await page
        .locator('.live-banner', { hasText: 'Some figures could not be refreshed' })
        .waitFor();
    }, 60_000);
  });

  describe('of versions', () => {
    test('say what served when, in the range of the address', async () => {
      await open(pages.versions);
      await headline('Version 1.2 is champion; 1.4 serves 25 % of the users');
      await page.getByText('Served: 1.2 (100 %) — Better over 21 400 labelled').waitFor();
      const plot = page.locator('.chart-plot').first();
      await plot.focus();
      await page.keyboard.press('End');
      await page
        .locator('.chart [aria-live]')
        .first()
        .filter({ hasText: /1 0\s%, 1\.1 0\s%, 1\.2 75\s%, 1\.4 25\s%/ })
        .waitFor({ state: 'attached' });
      await button('24 h')
        .or(page.getByText('24 h', { exact: true }))
        .first()
        .click();
      await page.getByText('Served: 1.2 (100 %)').waitFor({ state: 'detached' });
    });

    test('two that are chosen stand side by side, and in the address', async () => {
      await open('/models/answer/versions');
      await page.getByRole('checkbox', { name: 'Compare 1.4' }).check();
      await page.waitForURL(/version=/);
      await page.getByText('One more to compare').waitFor();
      await page.getByRole('checkbox', { name: 'Compare 1.1' }).press('Space');
      const section = page.getByRole('region', { name: '1.1 and 1.4, side by side' });
      await section.getByText('Only in 1.4').waitFor();
      expect(await section.locator('.feature-names code').allTextContents()).toEqual([
        ...['hour', 'weekday'],
      ]);
      await section.getByRole('row', { name: /^AUC 0\.749 0\.773 \+0\.024 better/ }).waitFor();
      await page.reload();
      await drawn(page);
      await section.getByRole('row', { name: /^Calibration as they are platt Differs/ }).waitFor();
      // A third takes the place of the second.
      await page.getByRole('checkbox', { name: 'Compare 1.3' }).check();
      await page.getByRole('region', { name: '1.3 and 1.4, side by side' }).waitFor();
      await button('Compare no more').click();
      await page.waitForURL((address) => !address.search.includes('against'));
      expect(await page.locator('table').getByRole('checkbox', { checked: true }).count()).toBe(0);
      await open('/models/answer/versions?version=%221.4%22&against=%227.7%22');
      await page.getByText('There is no version 7.7 to compare.').waitFor();
    });

    test('going back says what it brings about, asks for a reason, and is done', async () => {
      await open(pages.versions);
      await button('Roll back …').click();
      await dialog()
        .getByText('All users, 4,120 in the last week, are served by version 1.1')
        .waitFor();
      await dialog().getByText('The release of version 1.4 is aborted.').waitFor();
      expect(await violationsOf(page)).toEqual([]);
      await dialog().getByLabel('Back to').selectOption('1');
      await dialog().getByText('too few to be counted here').waitFor();
      await dialog().getByRole('button', { name: 'Roll back', exact: true }).click();
      await dialog().getByText('Say why').waitFor();
      expect(engine.life.written).toEqual([]);
      await confirm('Roll back', script);
      await headline('Version 1 is champion again.');
      expect(engine.life.written).toEqual([
        `POST /v1/models/answer/rollback ${JSON.stringify({ version: '1', reason: script })}`,
      ]);
      await page.getByText('No release is under way').waitFor();
      expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
    });

    test('a refusal is told in the engine’s words, and nothing is closed', async () => {
      engine.life.refusal = { status: 422, detail: `Version 1.1 has no file any more. ${script}` };
      await open(pages.versions);
      await button('Roll back …').click();
      await confirm('Roll back', 'Worse since the morning');
      await dialog().getByText('Version 1.1 has no file any more.').waitFor();
      expect(await dialog().getByLabel('Reason').inputValue()).toBe('Worse since the morning');
      expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
    });

    test('a preview that does not come does not stand in the way', async () => {
      await page.route('**/rollback-preview*', (route) =>
        route.fulfill({ status: 503, json: { detail: 'The storage does not answer.' } }),
      );
      await open(pages.versions);
      await button('Roll back …').click();
      await dialog().getByText('The storage does not answer.').waitFor();
      await confirm('Roll back', 'Worse since the morning');
      await headline('Version 1.1 is champion again.');
    });

    test('a release is paused, resumed and aborted, each with its reason', async () => {
      await open(pages.versions);
      await page.getByText('1 000 labelled predictions of its users; then').waitFor();
      const steps = page.getByRole('list', { name: 'Steps of the release' });
      expect(await steps.locator('[aria-current=step]').textContent()).toMatch(/25\s%/);
      const tiles = page.getByRole('list', { name: 'Guardrails' });
      await tiles.getByText('−0.0057', { exact: true }).waitFor();
      await tiles.getByText('No harm seen').waitFor();
      await button('Pause …').click();
      await confirm('Pause', 'Exam week');
      await page.getByText('Somebody has paused it').waitFor();
      await page.getByText('Paused: Exam week').waitFor();
      await button('Resume …').click();
      await confirm('Resume', 'Exams are over');
      await page.getByText('Somebody has paused it').waitFor({ state: 'detached' });
      await button('Abort …').click();
      await dialog().getByText('the champion serves all users').waitFor();
      await confirm('Abort', 'Not now');
      await page.getByText('No release is under way').waitFor();
      await page.getByRole('row', { name: /^1\.4 1\.2 Aborted Aborted: Not now/ }).waitFor();
      expect(
        engine.life.written.map((each) => JSON.parse(each.split(' ').slice(2).join(' '))),
      ).toEqual([
        { move: 'pause', reason: 'Exam week' },
        { move: 'resume', reason: 'Exams are over' },
        { move: 'abort', reason: 'Not now' },
      ]);
    });

    test('what somebody must agree to is asked for, and agreed to', async () => {
      hold({ release: { ...life().release!, awaits: 'champion' } });
      await open(pages.versions);
      await page.getByText('Somebody must agree before it is champion.').waitFor();
      await button('Approve …').click();
      await dialog().getByText('it is champion and serves all users').waitFor();
      await confirm('Approve', 'Looked at');
      await button('Approve …').waitFor({ state: 'detached' });
    });

    test('before there is evidence, that is told', async () => {
      const release = life().release!;
      hold({
        release: {
          ...release,
          phase: 'shadow',
          step: -1,
          share: 0,
          steps: release.steps.slice(0, 1),
        },
      });
      await open(pages.versions);
      await page.getByText('No evidence yet').waitFor();
      await page.getByText('Evidence that it is better, from at least 1 000').waitFor();
    });

    test('what has been seen since the last step is told', async () => {
      const release = life().release!;
      const steps = release.steps.slice(0, 1);
      hold({ release: { ...release, phase: 'shadow', step: -1, share: 0, steps } });
      const paired = { count: 37_166, mean: -0.0004, lower: -0.0009, upper: 0.0001 };
      engine.life.evidence = { paired: { ...paired, lnBetter: 1, lnWorse: 0 }, arms: null };
      await open(pages.versions);
      const tiles = page.getByRole('list', { name: 'Guardrails' });
      await tiles.getByText('37.2\u00a0k labelled predictions').waitFor();
      await tiles.getByText('Not told apart yet').waitFor();
      await tiles.getByText('Nobody is served yet').waitFor();
    });

    test('the trial of a new champion is told as one, also when it is over', async () => {
      const release = life().release!;
      const trial = {
        ...{ ...release, id: 'after-release-1.2', version: '1.1', against: '1.2' },
        ...{ phase: 'shadow' as const, step: -1, share: 0, steps: release.steps.slice(0, 1) },
      };
      const ended = { ...trial, id: 'after-release-1.1', phase: 'withdrawn' as const };
      hold({ release: trial, releases: [ended] });
      await open(pages.versions);
      await page.getByRole('region', { name: 'Trial of the new champion 1.2' }).waitFor();
      await page.getByText('It comes back if it is shown to be better within 10').waitFor();
      expect(await page.getByRole('list', { name: 'Steps of the release' }).count()).toBe(0);
      await page.getByRole('row', { name: /^1\.1 trial of 1\.2 1\.2 Champion stays/ }).waitFor();
    });

    test('a release is begun by hand, with what would follow', async () => {
      hold({ release: null });
      await open(pages.versions);
      await button('Release a version …').first().click();
      await dialog().getByLabel('Version').selectOption('1.3');
      await dialog().getByText('It has not passed its gates.').waitFor();
      await dialog().getByLabel('Version').selectOption('1.1');
      await dialog().getByText('it serves 5 %, 25 %, 50 % of the users').waitFor();
      await dialog().getByLabel('Begins in').selectOption('canary');
      await dialog().getByText('From the next event on it serves 5 %').waitFor();
      await dialog().getByLabel('Begins in').selectOption('shadow');
      await confirm('Begin the release', 'To compare it once more');
      await page.getByRole('region', { name: 'Release of 1.1, to replace 1.2' }).waitFor();
      await page.getByText('Begun by hand: To compare it once more').waitFor();
    });

    test('a model with its online learner alone has nothing to go back to, and says what is next', async () => {
      await open(pages.lone);
      await page.getByText('There is one version: the online learner').waitFor();
      expect(await button('Roll back …').isDisabled()).toBe(true);
      await page.getByText('/v1/models/young/imports?reason=').waitFor();
      await page.getByRole('link', { name: 'Go to retraining' }).click();
      await page.waitForURL(/\/retraining\?model=young/);
    });
  });

  describe('of one version', () => {
    test('tell what it is made of, what each gate found, and its card', async () => {
      await open(pages.refused);
      await headline('Version 1.3 did not pass its gates and has never served.');
      await page.getByText('1 gate has failed, compared with 1.2.').waitFor();
      const gate = page.locator('.gate').filter({ hasText: 'Quality on new examples' });
      await gate.getByText('Its log loss is 0.004 above the champion’s').waitFor();
      await gate
        .getByRole('row', { name: /^log loss less the champion’s .* 0\.002 62\.4\sk Failed/ })
        .waitFor();
      // What has no bound was not judged.
      await gate
        .getByRole('row', { name: /^Brier score less the champion’s .* Told beside/ })
        .waitFor();
      expect(await gate.locator('tbody svg[width="180"]').count()).toBe(1);
      await page.getByRole('heading', { name: 'Where it must not be used' }).waitFor();
      await page.getByRole('cell', { name: 'geometry' }).waitFor();
      const card = page.getByRole('link', { name: 'Download (Markdown)' });
      expect(await card.getAttribute('href')).toBe('/v1/models/answer/versions/1.3/card');
      await page.getByText('8 features').click();
      await page.getByRole('row', { name: /^latency_ms number/ }).waitFor();
      await button('Copy the whole snapshot').waitFor();
      await page.getByRole('link', { name: 'run-3' }).click();
      await page.waitForURL(/\/retraining\/run-3/);
    });

    test('lead to the comparison with the champion', async () => {
      await open(pages.version);
      await page.getByRole('link', { name: 'Compare with the champion' }).click();
      await page.getByRole('region', { name: '1.2 and 1.4, side by side' }).waitFor();
    });

    test('the online learner was asked nothing', async () => {
      await open(pages.online);
      await page.getByText('It passed through no gates').waitFor();
      await page.getByText('It learns from each event, all the time.').waitFor();
    });

    test('one that nothing points to is deleted; a refusal is told as it is', async () => {
      engine.life.refusal = { status: 422, detail: 'It is one of the last five champions.' };
      await open('/models/answer/versions/1.1');
      await button('Delete …').click();
      await confirm('Delete', 'No longer needed');
      await dialog().getByText('It is one of the last five champions.').waitFor();
      engine.life.refusal = undefined;
      await dialog().getByRole('button', { name: 'Delete', exact: true }).click();
      await headline('Version 1.1 was deleted');
      expect(engine.life.written.at(-1)).toBe(
        'DELETE /v1/models/answer/versions/1.1 {"reason":"No longer needed"}',
      );
      expect(await button('Delete …').count()).toBe(0);
      expect(await button('Make it champion now …').count()).toBe(0);
    });

    test('the champion can be neither deleted nor made champion', async () => {
      await open('/models/answer/versions/1.2');
      await headline('is the champion');
      expect(await page.locator('main .page-head button').count()).toBe(0);
    });
  });

  describe('of a plan', () => {
    const field = (name: string) => page.getByRole('textbox', { name, exact: true });

    test('tell what would change, and save it with the revision', async () => {
      await open(pages.plan);
      await field('Length of the past').fill('30 days');
      await page.getByText('Length of the past: 90 days → 30 days').waitFor();
      await page.getByRole('checkbox', { name: 'Before it is champion' }).check();
      await page.getByText('Where somebody must agree: none → champion').waitFor();
      await button('Add a parameter').click();
      await field('Parameter').fill('leaves');
      await field('Value').fill('15');
      await page.getByText('Parameters of the trainer: none → leaves 15').waitFor();
      await button('Remove step 3').click();
      await page.getByLabel('Reason').fill('A new school year');
      expect(await violationsOf(page)).toEqual([]);
      await button('Save').click();
      await page.waitForURL(/\/models\/answer\/versions$/);
      const { plan } = life();
      expect(plan.data.windowMs).toBe(30 * 86_400_000);
      expect(plan.trainer.parameters).toEqual({ leaves: 15 });
      expect(plan.release.approvals).toEqual(['champion']);
      expect(plan.release.canary.map(({ share }) => share)).toEqual([0.05, 0.25]);
      expect(engine.life.written[0]).toContain('"revision":23');
    });

    test('what is not sound is said at its field, and cannot be saved', async () => {
      await open(pages.plan);
      await field('Length of the past').fill(script);
      await page.getByText('Expected a time such as 90 days').first().waitFor();
      await page.getByLabel('Reason').fill('To see');
      expect(await button('Save').isDisabled()).toBe(true);
      await field('Length of the past').fill('5 min');
      await page.getByText('At least 1 hour.').first().waitFor();
      await button('Discard changes').click();
      expect(await field('Length of the past').inputValue()).toBe('90 days');
      await button('Undo').click();
      expect(await field('Length of the past').inputValue()).toBe('5 min');
    });

    test('a draft survives a reload; the defaults are a click away, and back', async () => {
      await open(pages.plan);
      await field('Churn').fill('10');
      await page.reload();
      await drawn(page);
      expect(await field('Churn').inputValue()).toBe('10');
      await button('Take the defaults everywhere').click();
      expect(await field('Churn').inputValue()).toBe('25');
    });

    test('a step of a release meanwhile does not stand in the way', async () => {
      await open(pages.plan);
      await field('Churn').fill('10');
      hold({ revision: 24 });
      await page.getByLabel('Reason').fill('Steadier');
      await button('Save').click();
      await page.getByText('It is at revision 24 now.').waitFor();
      // Asked for anew after the refusal: the plan is as it was, so the same is sent again.
      await page.waitForTimeout(300);
      await button('Save').click();
      await page.waitForURL(/\/models\/answer\/versions$/);
      expect(life().plan.gates.churnMax).toBe(0.1);
    });

    test('a plan that somebody else has saved meanwhile is told, and taken over', async () => {
      await open(pages.plan);
      await field('Churn').fill('10');
      const { plan } = life();
      hold({ revision: 24, plan: { ...plan, gates: { ...plan.gates, churnMax: 0.4 } } });
      // Known before it is saved: still, nothing is overwritten.
      await page.getByText('Somebody has changed this plan since you began.').waitFor();
      await page.getByLabel('Reason').fill('Steadier');
      await button('Save').click();
      await page.getByText('It is at revision 24 now.').waitFor();
      await button('Take the newest version').click();
      expect(await field('Churn').inputValue()).toBe('40');
      expect(life().plan.gates.churnMax).toBe(0.4);
    });
  });

  describe('of retraining', () => {
    test('g t opens the list: runs as bars and in words, which lead to each', async () => {
      await open('/pipelines');
      await page.keyboard.press('g');
      await page.keyboard.press('t');
      await page.waitForURL(/\/retraining/);
      await headline('answer is being trained: training is under way.');
      await drawn(page);
      await page.getByText('None begins by itself before 18:40').waitFor();
      await page.getByRole('row', { name: /Refused Worse quality/ }).waitFor();
      await page.locator('.chart-plot').focus();
      await page.keyboard.press('Home');
      for (let i = 0; i < 2; i += 1) await page.keyboard.press('ArrowRight');
      await page
        .locator('.chart [aria-live]')
        .filter({
          hasText: /Why Drift, State Done, Snapshot 14\ss, Train 1\.6\smin, .*Lasted 2\.7\smin/,
        })
        .waitFor({ state: 'attached' });
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/retraining\/run-4/);
      await headline('Version 1.4 passed all gates.');
    });

    test('the model stands in the address; one without runs says what is next', async () => {
      await open(pages.runs);
      await page.getByLabel('Model', { exact: true }).selectOption('young');
      await page.waitForURL(/model=young/);
      await page.getByText('No run of this model yet').waitFor();
      await page.getByText('"model":"young"').waitFor();
      await button('All models').click();
      await page.getByRole('row', { name: /Refused Worse quality/ }).waitFor();
    });

    test('a run is begun by hand, and followed', async () => {
      await open(pages.runs);
      await button('Train now …').first().click();
      expect(await violationsOf(page)).toEqual([]);
      await dialog().getByLabel('Model').selectOption('young');
      await dialog().getByRole('button', { name: 'Train', exact: true }).click();
      await dialog().getByText('Say why').waitFor();
      await confirm('Train', script);
      await page.waitForURL(/\/retraining\/run-of-young/);
      await headline('young waits to be trained.');
      await page.getByText(script).waitFor();
      expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
    });

    test('too few examples: the refusal is told as it is', async () => {
      engine.life.refusal = { status: 422, detail: '1 240 examples are stored; 2 000 are needed.' };
      await open(pages.runs);
      await button('Train now …').last().click();
      await confirm('Train', 'A first one');
      await dialog().getByText('1 240 examples are stored; 2 000 are needed.').waitFor();
    });

    test('a run that goes on is shown as it goes on, and cancelled', async () => {
      await open(pages.running);
      await page.getByText('120 of at most 300 trees.').waitFor();
      await page.getByText('Round 120: 0.5231').waitFor();
      const [run, ...others] = engine.life.runs;
      const log = [...run!.log, { at: Date.now(), sentence: 'Round 150: 0.5207.' }];
      engine.life.runs = [{ ...run!, log }, ...others];
      await page.getByText('Round 150: 0.5207.').waitFor();
      await button('Cancel …').click();
      await confirm('Cancel the run', 'The examples are wrong');
      await headline('Cancelled: The examples are wrong');
      await button('Cancel …').waitFor({ state: 'detached' });
    });

    test('one that has ended says why it began, what came of it, and how it learnt', async () => {
      await open(pages.done);
      await page.getByText('Column context.device drifts: PSI 0.34 against 0.2.').waitFor();
      await page.getByText('Version 1.4 serves 25 % of the users.').waitFor();
      await page.getByText('it serves 5 % of the users.').waitFor();
      expect(await page.locator('.chart-plot[data-phase=drawn] svg').count()).toBe(2);
      await page.getByRole('link', { name: 'See the drift' }).click();
      await page.waitForURL(/\/drift/);
      await open(pages.failed);
      await headline('Failed: the storage does not answer.');
      await page.getByText('Training did not begin, or has no rounds.').waitFor();
      await page.getByRole('link', { name: 'See the plan that says so' }).waitFor();
    });

    test('an engine without models says how they come to be', async () => {
      engine.life.lives.clear();
      engine.life.runs = [];
      await open(pages.runs);
      await headline('No model has been trained yet.');
      await page.getByText('No model can be trained yet').waitFor();
      await page.getByText('/v1/events').waitFor();
    });
  });

  test('the list of models leads to their versions', async () => {
    const quality = {
      count: 9,
      auc: 0.7,
      logLoss: 0.5,
      brier: 0.2,
      calibrationError: 0.01,
      baseRate: 0.5,
    };
    engine.models.own = {
      models: [
        {
          ...{ pipeline: 'campus', name: 'answer', version: '1', firstAt: 0, lastAt: Date.now() },
          ...{ overall: quality, recent: quality },
        },
      ],
    } as unknown as typeof engine.models.own;
    await page.route('**/v1/models', (route) => route.fulfill({ json: engine.models.own }));
    await open('/models');
    await page.getByRole('link', { name: /^champion 1\.2.*all versions of answer$/ }).click();
    await page.waitForURL(/\/models\/answer\/versions/);
    await headline('Version 1.2 is champion');
    await page.getByRole('link', { name: 'How well it does' }).waitFor();
  });

  beforeEach(async () => {
    // Half a name was written once: the reason is all that is asked for.
    await page.addInitScript(() => localStorage.setItem('millrace-name', '"María Klein"'));
  });
});
