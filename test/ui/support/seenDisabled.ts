/** A button or switch as somebody has it who may not use it: it is there, does nothing, and says what it needs. */
import type { Page } from 'playwright-core';
import { eventually } from '../../support/eventually.ts';
import type { Action } from './actions.ts';

/** @returns what is wrong; undefined: it is as it should be */
export async function seenDisabled(
  page: Page,
  address: string,
  { button, role = 'button', opens }: Action,
): Promise<string | undefined> {
  await page.goto(address);
  await page.locator('h1').waitFor();
  if (button === undefined) {
    await page.getByText('This page is not for your role').waitFor();
    return undefined;
  }
  if (opens !== undefined) {
    // By the keyboard: what is focused after a click does not explain itself.
    await page.getByRole('button', { name: opens }).focus();
    await page.keyboard.press('Enter');
  }
  const found = page.getByRole(role, { name: button, exact: true }).first();
  await found.waitFor();
  if ((await found.getAttribute('aria-disabled')) !== 'true') return `${button} is not disabled`;
  const dialogs = await page.getByRole('dialog').count();
  // What comes later may take the place of the button, and the focus with it.
  await eventually(async () => {
    await found.blur();
    await found.focus();
    await page
      .getByRole('tooltip')
      .filter({ hasText: 'This needs the permission' })
      .waitFor({ timeout: 2_000 });
  });
  await page.keyboard.press('Enter');
  await page.keyboard.press('Space');
  return (await page.getByRole('dialog').count()) === dialogs ? undefined : `${button} acts`;
}
