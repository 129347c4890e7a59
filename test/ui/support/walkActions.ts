/**
 * Does everything that can be done on the pages once, on a running engine with accounts: before, somebody who may not sees it
 * disabled; after, its effect is seen on the page.
 */
import type { Page } from 'playwright-core';
import { type RoleName, roleNames, rolePermissions } from '../../../contracts/access.ts';
import { eventually } from '../../support/eventually.ts';
import { type Action, type ActionName, actions, person } from './actions.ts';
import type { Session } from './people.ts';
import { shownOnce } from './people.ts';
import { seenDisabled } from './seenDisabled.ts';

export interface ActionWalk {
  readonly url: string;
  readonly sessions: Readonly<Record<RoleName, Session>>;
  /** Of the pages that `actions` names so. */
  readonly pages: Readonly<Record<'alert' | 'recommendation', string>>;
  /** Name of an account whose sessions may end and whose password may change, and of a key to be revoked. */
  readonly spare: string;
  readonly key: string;
}

/** Who does it by which row. */
export function doerOf({ needs }: Action): RoleName {
  return needs === 'operate' ? 'operator' : 'admin';
}

/** @returns what somebody who may not can do all the same, by action */
export async function walkActions(
  walk: ActionWalk,
  names: readonly ActionName[],
): Promise<string[]> {
  const faults: string[] = [];
  for (const [index, name] of names.entries()) {
    const action: Action = actions[name];
    const page = walk.sessions[doerOf(action)].page;
    const address = `${walk.url}${addressOf(action, walk)}`;
    const others = roleNames.filter(
      (role) => !rolePermissions[role].includes(action.needs) && maySee(role, action),
    );
    const other = others[index % others.length]!;
    try {
      const fault = await seenDisabled(walk.sessions[other].page, address, action);
      if (fault !== undefined) faults.push(`${name}, as ${other}: ${fault}`);
      await page.goto(address);
      await page.locator('h1').waitFor();
      await perform[name](page, walk);
    } catch (error) {
      throw new Error(`${name}, before it as ${other}`, { cause: error });
    }
  }
  return faults;
}

function addressOf({ page }: Action, { pages }: ActionWalk): string {
  return page === 'alert' || page === 'recommendation' ? pages[page] : page;
}

/** What may be of few people is shown to few, also what a recommendation says of an experiment. */
function maySee(role: RoleName, { page }: Action): boolean {
  const isOfFew = page.includes('/users/') || page === 'recommendation';
  return !isOfFew || rolePermissions[role].includes('people');
}

/** Presses a button, gives the reason, and waits until it is done. */
async function ask(page: Page, opens: string, confirm: string, reason = 'To see that it works') {
  await page.getByRole('button', { name: opens, exact: true }).first().click();
  await answer(page, confirm, reason);
}

async function answer(page: Page, confirm: string, reason = 'To see that it works') {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill(reason);
  await dialog.getByRole('button', { name: confirm, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

async function standing(page: Page, word: string): Promise<void> {
  await page.locator('.standing').getByText(word, { exact: true }).waitFor();
}

async function choose(page: Page, account: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `Change ${account}`, exact: true }).click();
  await page.getByRole('menuitem', { name: item }).click();
  await page.getByRole('dialog').waitFor();
}

const move =
  (opens: string, confirm: string, word: string) =>
  async (page: Page): Promise<void> => {
    await ask(page, opens, confirm);
    await standing(page, word);
  };

const perform: Readonly<Record<ActionName, (page: Page, walk: ActionWalk) => Promise<void>>> = {
  async 'make a metric'(page) {
    await page.getByRole('link', { name: 'New experiment' }).first().click();
    await page.getByRole('button', { name: 'New metric …' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('Views');
    await dialog.getByLabel('Type of events').fill('viewed');
    await dialog.getByRole('button', { name: 'Create metric' }).click();
    await dialog.waitFor({ state: 'detached' });
    // It is measured at once.
    await page.getByLabel('Metric 1', { exact: true }).waitFor();
  },
  async 'create an experiment'(page) {
    await page.getByRole('link', { name: 'New experiment' }).first().click();
    const discard = page.getByRole('button', { name: 'Discard changes' });
    // The draft of the action before.
    if (await discard.isVisible()) await discard.click();
    await page.getByLabel('Name', { exact: true }).fill('Quiet hours');
    await page.getByLabel('Hypothesis').fill('Who is not disturbed solves more.');
    await page.getByLabel('Add a metric …').selectOption({ label: 'Answers given' });
    await page.getByLabel('Smallest effect that matters').fill('2');
    await page.getByText('Nothing stands against it').waitFor();
    await page.getByLabel('Reason').fill('Asked for by the teachers');
    await page.getByRole('button', { name: 'Create draft' }).click();
    await standing(page, 'Draft');
  },
  async 'change an experiment'(page) {
    await page.getByRole('link', { name: 'Edit', exact: true }).click();
    await page.getByLabel('Hypothesis').fill('Who is not disturbed answers more.');
    await page.getByLabel('Reason').fill('It was unclear');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.waitForURL(/\/experiments\/quiet-hours(\?|$)/);
    await page.getByText('answers more').first().waitFor();
  },
  'start an experiment': move('Start …', 'Start it', 'Running'),
  async 'note what happened'(page) {
    await page.getByRole('button', { name: 'Note something …' }).click();
    await page.getByLabel('Note', { exact: true }).fill('Fire drill');
    await page.getByRole('button', { name: 'Note it' }).click();
    await page.locator('.happenings li').filter({ hasText: 'Fire drill' }).first().waitFor();
  },
  async 'remove a note'(page) {
    await page.getByRole('button', { name: 'Remove the note “Fire drill”' }).first().click();
    await page.getByText('The note “Fire drill” is removed.').waitFor();
  },
  'pause an experiment': move('Pause …', 'Pause it', 'Paused'),
  'resume an experiment': move('Resume …', 'Resume it', 'Running'),
  async 'stop an experiment'(page) {
    await page.getByRole('button', { name: 'Stop …' }).click();
    await page.getByRole('dialog').getByLabel('Decision').selectOption('Stop: keep the control');
    await answer(page, 'Stop it');
    await standing(page, 'Stopped');
  },
  'archive an experiment': move('Archive …', 'Archive it', 'Archived'),
  async 'create a policy'(page) {
    await page.getByRole('link', { name: 'Copy', exact: true }).click();
    await page.getByLabel('Purpose').fill('To try another');
    await page.getByLabel('Reason').fill('The first is as good as chance');
    await page.getByRole('button', { name: 'Create draft' }).click();
    await standing(page, 'Draft');
  },
  async 'change a policy'(page) {
    await page.getByRole('link', { name: 'Edit', exact: true }).click();
    await page.getByLabel('Purpose').fill('What to do next');
    await page.getByLabel('Reason').fill('It was unclear');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.waitForURL(/\/personalization\/tutor-2(\?|$)/);
    await page.getByText('What to do next').first().waitFor();
  },
  'start a policy': move('Start …', 'Start it', 'Running'),
  'pause a policy': move('Pause …', 'Pause it', 'Paused'),
  'resume a policy': move('Resume …', 'Resume it', 'Running'),
  'stop a policy': move('Stop …', 'Stop it', 'Stopped'),
  'archive a policy': move('Archive …', 'Archive it', 'Archived'),
  async 'add days'(page) {
    await page.getByRole('button', { name: 'New days' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('Founders’ day');
    await dialog.getByLabel('First day').fill('2031-03-03');
    await dialog.getByLabel('Last day').fill('2031-03-03');
    await answer(page, 'Save the days');
    await page.getByText('The days “Founders’ day” are saved.').waitFor();
  },
  async 'remove days'(page) {
    await page.getByRole('button', { name: 'Change “Founders’ day”' }).click();
    await ask(page, 'Remove it …', 'Remove it');
    await page.getByText('“Founders’ day” is removed.').waitFor();
  },
  async 'add a mute window'(page) {
    await page.getByRole('button', { name: 'New mute window' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('Weekends');
    await dialog.getByLabel('When').selectOption('Every week');
    await dialog.getByLabel('From', { exact: true }).fill('00:00');
    await dialog.getByLabel('To', { exact: true }).fill('00:00');
    await answer(page, 'Save the window');
    await page.getByText('The mute window “Weekends” is saved.').waitFor();
  },
  async 'remove a mute window'(page) {
    await page.getByRole('button', { name: 'Change “Weekends”' }).click();
    await ask(page, 'Remove it …', 'Remove it');
    await page.getByText('“Weekends” is removed.').waitFor();
  },
  async 'add a route'(page) {
    await page.getByRole('button', { name: 'New route' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('Help desk');
    await dialog.getByLabel('E-mail addresses').fill('desk@example.org');
    await answer(page, 'Save the route');
    await page.getByText('The route “Help desk” is saved.').waitFor();
  },
  async 'test a route'(page) {
    await page.getByRole('button', { name: 'Send a test by “Help desk”' }).click();
    // No mail server is set.
    await page.getByText(/^The test was not sent/).waitFor();
  },
  async 'remove a route'(page) {
    await page.getByRole('button', { name: 'Change “Help desk”' }).click();
    await ask(page, 'Remove it …', 'Remove it');
    await page.getByText('“Help desk” is removed.').waitFor();
  },
  async 'take care of an alert'(page) {
    await page.getByRole('button', { name: 'Take care …' }).click();
    await page.getByRole('button', { name: 'Take care of it' }).click();
    const owner = page.locator('.tile', { hasText: 'Takes care' }).locator('.tile-figure');
    await owner.filter({ hasText: 'María Klein' }).waitFor();
  },
  async 'close an alert'(page) {
    await page.getByRole('button', { name: 'Close …' }).click();
    await page.getByLabel('It was a false alarm').check();
    await page.getByLabel('Note').fill('Made to be closed');
    await page.getByRole('button', { name: 'Close it' }).click();
    await page.locator('.standing .state-word').filter({ hasText: 'False alarm' }).waitFor();
  },
  async 'switch a watch off'(page) {
    const row = page.getByRole('row', { name: /One too many/ });
    await row.getByRole('switch').click();
    await answer(page, 'Switch it off');
    await row.getByText('Off').first().waitFor();
  },
  async 'remove a watch'(page) {
    await ask(page, 'Remove the watch …', 'Remove it');
    await page.getByText('It was removed. One of its revisions can be put back.').waitFor();
  },
  async 'say what is useful'(page) {
    await page.getByRole('button', { name: 'Useful', exact: true }).click();
    await page.getByText('María Klein: useful').first().waitFor();
  },
  async 'do what is recommended'(page) {
    await page.getByRole('button', { name: 'Stop it as invalid' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('The groups are not equal');
    await dialog.getByRole('button', { name: 'Stop it as invalid' }).click();
    await dialog.getByText('It is done: Stop it as invalid').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await page
      .getByText(/María Klein (accepted it|does what it says)/)
      .first()
      .waitFor();
  },
  async 'train a model'(page) {
    await page.getByRole('button', { name: 'Train now …' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('To see what is learnt');
    // Refused while the engine trains by itself.
    await eventually(async () => {
      await dialog.getByRole('button', { name: 'Train', exact: true }).click();
      await page.waitForURL(/\/retraining\/.+/, { timeout: 3_000 });
    }, 180_000);
  },
  async 'record an objection'(page) {
    await page.getByRole('switch', { name: 'Objects to training' }).click();
    await answer(page, 'Record the objection');
    await page.getByText('Receipt of the objection').waitFor();
  },
  async 'take an objection back'(page) {
    await ask(page, 'Takes all of it back …', 'Take it back');
    await page.getByText(`${person} objects to nothing`).first().waitFor();
  },
  async 'erase a person'(page) {
    await page.getByRole('button', { name: 'Erase the person …' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(`Type ${person} to confirm`).fill(person);
    await dialog.getByRole('button', { name: 'Erase for good' }).click();
    await page.getByText(`${person} is erased`).waitFor();
  },
  async 'register places'(page) {
    for (const name of ['North', 'South']) {
      await page.getByRole('button', { name: 'New institution …' }).first().click();
      await page.getByRole('dialog').getByLabel('Name').fill(name);
      await page.getByRole('button', { name: 'Add', exact: true }).click();
    }
    await page.getByRole('button', { name: 'Save …' }).click();
    await answer(page, 'Save');
    await page.getByText(/2\schanges are saved\./).waitFor();
  },
  async 'say where something belongs'(page) {
    await page.getByRole('button', { name: 'Change the place of this experiment' }).click();
    await page.getByRole('dialog').getByLabel('Place', { exact: true }).fill('North');
    await answer(page, 'Change');
    await page.getByText('Belongs to North').waitFor();
  },
  async 'change an account'(page, { spare }) {
    await choose(page, spare, 'Name, role, places');
    await page.getByRole('dialog').getByLabel('Role').selectOption('Analyst');
    await answer(page, 'Change');
    await page.getByText(`${spare} is changed.`).waitFor();
  },
  async 'end sessions'(page, { spare }) {
    await choose(page, spare, 'End sessions');
    await answer(page, 'End all sessions');
    await page.getByText(`All sessions of ${spare} have ended.`).waitFor();
  },
  async 'end one session'(page) {
    await choose(page, 'Lena Vogt', 'Open sessions');
    await page.getByRole('dialog').getByRole('button', { name: /^End / }).click();
    await page.getByRole('dialog').getByLabel('Reason').fill('A lost telephone');
    await page.getByRole('button', { name: 'End', exact: true }).click();
    await page.getByText(/^A session of Lena Vogt has ended/).waitFor();
  },
  async 'set a new password'(page, { spare }) {
    await choose(page, spare, 'New password');
    await page.getByRole('dialog').getByLabel('Reason').fill('It was forgotten');
    await page.getByRole('button', { name: 'Make a new password' }).click();
    await shownOnce(page, /^Password of/);
  },
  async 'revoke a key'(page, { key }) {
    await page.getByRole('button', { name: `Revoke “${key}”` }).click();
    await answer(page, 'Revoke for good');
    await page
      .getByRole('row', { name: new RegExp(key) })
      .getByText('Revoked')
      .waitFor();
  },
};
