/**
 * Walks through the pages of model life as whoever answers for a model would: a version that was trained by itself is looked at in
 * shadow, taken back, released in the canary, made champion and rolled back; another is trained by hand and deleted, a third
 * cancelled; the plan is changed, once too late.
 *
 * Says what it found; the caller judges.
 */
import type { Page } from 'playwright-core';
import type { LifeAction } from './actions.ts';
import { drawn, violationsOf } from './browserPage.ts';
import { lookAt } from './lookAt.ts';
import type { Session } from './people.ts';
import { seenDisabled } from './seenDisabled.ts';

export interface LifeFindings {
  /** Headlines in their order, by what was done before. */
  readonly headlines: Readonly<Record<string, string>>;
  /** What each dialog said that it would bring about. */
  readonly consequences: Readonly<Record<string, readonly string[]>>;
  /** Guardrails, as their tiles say them, in shadow and in the canary. */
  readonly evidence: Readonly<Record<'shadow' | 'canary', string>>;
  /** Of the versions' page at the end: what served when. */
  readonly served: readonly string[];
  /** Refusals, in the engine's words. */
  readonly refused: Readonly<Record<'delete' | 'plan', string>>;
  /** Rows of the list of runs, without being touched, from before to after the run by hand. */
  readonly live: readonly [before: number, after: number];
  /** On the page of the model: the versions that can be chosen, and what its course is about. */
  readonly chosen: readonly string[];
  readonly course: readonly string[];
  /** What somebody who may not could do all the same, and what was seen disabled. */
  readonly undenied: readonly string[];
  readonly denied: readonly LifeAction[];
  /** `page scheme rule: target` of axe-core, and pages that are too wide. */
  readonly violations: readonly string[];
  /** Errors of the console and of the page, but for refusals that were wanted. */
  readonly errors: readonly string[];
}

export interface LifeWalk {
  /** Whose pages they are: somebody who may do all of it, and somebody who may not. */
  readonly operator: Session;
  readonly analyst: Session;
  readonly model: string;
  readonly pipeline: string;
  /** Sends events of so many hours, and returns when they are committed. */
  send(hours: number): Promise<void>;
  /** Sends answers of this moment, and returns when they are committed. */
  sendNow(): Promise<void>;
  /** Changes the plan as somebody else would. */
  replan(): Promise<void>;
  /** Directory for a picture of each step; absent: none. */
  readonly pictures?: string | undefined;
}

/** A busy machine takes its time to train, and to commit. */
const workMaxMs = 90_000;
/** The engine's own words for what it does not do: a browser writes them down as errors. */
const wanted = /status of (409|422)/;

interface Walk extends LifeWalk {
  readonly page: Page;
  readonly url: string;
  readonly violations: string[];
  readonly headlines: Record<string, string>;
  readonly consequences: Record<string, string[]>;
  readonly undenied: string[];
  readonly denied: LifeAction[];
  /** Looks at the same page as somebody who may not press the button. */
  deny(button: LifeAction): Promise<void>;
  /** Judges the page as all readers have it. */
  look(name: string): Promise<void>;
  open(path: string): Promise<void>;
  judge(name: string): Promise<void>;
  /** Notes the headline once it reads so. */
  note(name: string, expected: RegExp): Promise<void>;
  /** Notes what the dialog says, gives the reason and confirms. */
  confirm(name: string, button: string, reason: string): Promise<void>;
}

export async function walkModelLife(url: string, asked: LifeWalk): Promise<LifeFindings> {
  const { page, errors } = asked.operator;
  const walk = walkOn(page, url, asked);
  const evidence = await release(walk);
  await rollBack(walk);
  const live = await trainAgain(walk);
  const refused = { delete: await remove(walk), plan: await replan(walk) };
  await cancel(walk);
  const { chosen, course } = await modelPage(walk);
  await walk.open(versionsOf(walk));
  const served = await page
    .locator('.happenings')
    .first()
    .locator('li[data-kind=own]')
    .allTextContents();
  await lookAtAll(walk);
  const { headlines, consequences, violations, undenied, denied } = walk;
  return {
    ...{ headlines, consequences, evidence, served, refused, live, chosen, course },
    ...{ undenied, denied, violations },
    errors: [...errors, ...asked.analyst.errors].filter((each) => !wanted.test(each)),
  };
}

function walkOn(page: Page, url: string, asked: LifeWalk): Walk {
  const violations: string[] = [];
  const headlines: Record<string, string> = {};
  const consequences: Record<string, string[]> = {};
  const undenied: string[] = [];
  const denied: LifeAction[] = [];
  const dialog = page.getByRole('dialog');
  return {
    ...{ ...asked, page, url, violations, headlines, consequences, undenied, denied },
    async deny(button) {
      const fault = await seenDisabled(asked.analyst.page, page.url(), {
        ...{ page: '', button, needs: 'operate', route: '' },
      });
      if (fault !== undefined) undenied.push(fault);
      denied.push(button);
    },
    async look(name) {
      const { pictures } = asked;
      violations.push(...(await lookAt(page, { name, pictures })));
    },
    async open(path) {
      await page.goto(`${url}${path}`);
      await drawn(page);
    },
    async judge(name) {
      await drawn(page);
      violations.push(...(await violationsOf(page)).map((each) => `${name}: ${each}`));
    },
    async note(name, expected) {
      const found = page.locator('h1').filter({ hasText: expected });
      await found.waitFor({ timeout: workMaxMs });
      headlines[name] = (await found.textContent()) ?? '';
    },
    async confirm(name, button, reason) {
      await dialog.waitFor();
      // What it would bring about may still be asked for.
      await page.waitForFunction(
        () => document.querySelector('[role=dialog] .mantine-Skeleton-root') === null,
      );
      consequences[name] = await dialog.locator('.consequences li').allTextContents();
      await dialog.getByLabel('Reason').fill(reason);
      await dialog.getByRole('button', { name: button, exact: true }).click();
    },
  };
}

function versionsOf({ model }: LifeWalk, part = ''): string {
  return `/models/${model}/versions${part}`;
}

/** From the shadow, in which the engine has put it, by hand into the canary. */
async function release(walk: Walk): Promise<LifeFindings['evidence']> {
  const { page } = walk;
  const tiles = page.getByRole('list', { name: 'Guardrails' });
  const said = async () => (await tiles.textContent()) ?? '';
  await walk.open('/retraining');
  await walk.note('trained', /made version 1\.1/);
  await walk.judge('runs first');
  await walk.open(versionsOf(walk));
  await walk.note('shadow', /predicts beside it in shadow/);
  await walk.send(2);
  await tiles.getByText('labelled predictions').waitFor({ timeout: workMaxMs });
  await walk.judge('versions in shadow');
  const shadow = await said();
  await walk.deny('Abort …');
  await page.getByRole('button', { name: 'Abort …' }).click();
  await walk.confirm('abort', 'Abort', 'It is to be tried with users');
  await walk.note('aborted', /no release is under way/);
  await walk.deny('Release a version …');
  await page.locator('.serving-bar').getByRole('button', { name: 'Release a version …' }).click();
  await page.getByRole('dialog').getByLabel('Begins in').selectOption('canary');
  await walk.confirm('release', 'Begin the release', 'Its gates were passed');
  await walk.note('canary', /1\.1 serves 20 %/);
  await walk.send(3);
  await tiles.getByText(/users against/).waitFor({ timeout: workMaxMs });
  await walk.look('versions-canary');
  const canary = await said();
  await walk.open(versionsOf(walk, '/1.1'));
  await walk.deny('Make it champion now …');
  await page.getByRole('button', { name: 'Make it champion now …' }).click();
  await walk.confirm('champion', 'Roll back', 'It is clear enough');
  await walk.note('champion', /Version 1\.1 is the champion/);
  return { shadow, canary };
}

async function rollBack(walk: Walk): Promise<void> {
  const { page } = walk;
  await walk.send(2);
  await walk.open(versionsOf(walk));
  await page.getByRole('button', { name: 'Roll back …' }).click();
  await page.getByRole('dialog').waitFor();
  await walk.judge('rollback');
  await walk.confirm('rollback', 'Roll back', 'Teachers report odd suggestions');
  await walk.note('rolled back', /The online learner \(1\) serves everybody/);
}

/** Another page has the list open meanwhile. */
async function trainAgain(walk: Walk): Promise<[number, number]> {
  const { page, url } = walk;
  const list = await page.context().newPage();
  await list.goto(`${url}/retraining`);
  const rows = list.locator('.data-table tbody tr');
  await rows.first().waitFor();
  const before = await rows.count();
  await walk.open('/retraining');
  await walk.deny('Train now …');
  await page.getByRole('button', { name: 'Train now …' }).first().click();
  await walk.confirm('train', 'Train', 'The rules of grading have changed');
  await page.waitForURL(/\/retraining\/.+/);
  await walk.note('trained by hand', /passed all gates|^Refused/);
  await walk.look('retraining-run');
  await rows.nth(before).waitFor({ timeout: workMaxMs });
  const after = await rows.count();
  await list.close();
  await page.bringToFront();
  return [before, after];
}

/** @returns why a former champion is not deleted */
async function remove(walk: Walk): Promise<string> {
  const { page } = walk;
  await walk.open(versionsOf(walk, '/1.1'));
  await page.getByRole('button', { name: 'Delete …' }).click();
  await walk.confirm('delete', 'Delete', 'Not needed any more');
  const refusal = page.getByRole('dialog').getByRole('alert');
  await refusal.waitFor();
  const said = (await refusal.textContent()) ?? '';
  await page.keyboard.press('Escape');
  await walk.open(versionsOf(walk));
  await page.getByRole('button', { name: 'Abort …' }).click();
  await walk.confirm('abort second', 'Abort', 'It is not needed');
  await walk.note('aborted second', /no release is under way/);
  await walk.open(versionsOf(walk, '/1.2'));
  await walk.deny('Delete …');
  await page.getByRole('button', { name: 'Delete …' }).click();
  await walk.confirm('delete second', 'Delete', 'Not needed any more');
  await walk.note('deleted', /Version 1\.2 was deleted/);
  return said;
}

/** Somebody else is faster; then again. @returns why the first was not saved */
async function replan(walk: Walk): Promise<string> {
  const { page } = walk;
  const search = page.getByRole('textbox', { name: 'Search of parameters', exact: true });
  const save = page.getByRole('button', { name: 'Save', exact: true });
  await walk.open(versionsOf(walk, '/plan'));
  await walk.deny('Save');
  await search.fill('5 min');
  await page.getByLabel('Reason').fill('There is time at night');
  await walk.judge('plan');
  await walk.replan();
  await save.click();
  const refusal = page.getByText(/It is at revision \d+ now/).first();
  await refusal.waitFor();
  const said = (await refusal.textContent()) ?? '';
  await page.getByRole('button', { name: 'Take the newest version' }).click();
  await search.fill('5 min');
  await page.getByLabel('Reason').fill('There is time at night');
  await save.click();
  await page.waitForURL(/\/versions$/);
  return said;
}

/** While parameters are looked for. */
async function cancel(walk: Walk): Promise<void> {
  const { page } = walk;
  await walk.open('/retraining');
  await page.getByRole('button', { name: 'Train now …' }).first().click();
  await walk.confirm('train third', 'Train', 'To see how long it takes');
  await page.waitForURL(/\/retraining\/.+/);
  await page
    .getByText(/try \d+, loss/)
    .first()
    .waitFor({ timeout: workMaxMs });
  await walk.judge('run under way');
  await walk.deny('Cancel …');
  await page.getByRole('button', { name: 'Cancel …' }).click();
  await walk.confirm('cancel', 'Cancel the run', 'It takes too long');
  await walk.note('cancelled', /[Cc]ancelled/);
}

async function modelPage(walk: Walk) {
  const { page, pipeline, model } = walk;
  // Soon after midnight, what was sent before lies in windows that ended before anything served.
  await walk.sendNow();
  await walk.open(`/models/${pipeline}/${model}`);
  const choice = page.getByLabel('Version', { exact: true });
  await choice.waitFor();
  const chosen = await choice.locator('option').allTextContents();
  await choice.selectOption('1');
  await page.waitForURL(/version=/);
  await page.getByText('version 1', { exact: true }).waitFor();
  await page.locator('.chart-plot').first().focus();
  await page.keyboard.press('t');
  const course = await page.locator('.chart-data').first().locator('th').allTextContents();
  await walk.judge('model table');
  await page.getByRole('link', { name: 'Versions and releases' }).click();
  await page.waitForURL(/\/versions/);
  return { chosen, course };
}

async function lookAtAll(walk: Walk): Promise<void> {
  const { pipeline, model } = walk;
  for (const [name, path] of [
    ['versions', versionsOf(walk)],
    ['version', versionsOf(walk, '/1.1')],
    ['versions-plan', versionsOf(walk, '/plan')],
    ['retraining', '/retraining'],
    ['model', `/models/${pipeline}/${model}`],
  ] as const) {
    await walk.open(path);
    await walk.look(name);
  }
}
