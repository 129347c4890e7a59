/** Accounts and keys as an administrator makes them in the browser, and signing in with them: each person in a session of their own. */
import type { BrowserContext, Locator, Page } from 'playwright-core';
import type { Permission, RoleName } from '../../../contracts/access.ts';

export interface Person {
  readonly login: string;
  readonly name: string;
  readonly role: RoleName;
  readonly password: string;
}

const roleLabels: Readonly<Record<RoleName, string>> = {
  viewer: 'Viewer',
  analyst: 'Analyst',
  operator: 'Operator',
  admin: 'Administrator',
  auditor: 'Auditor',
};

const permissionLabels: Readonly<Record<Permission, string>> = {
  produce: 'send events',
  decide: 'ask for decisions and predictions',
  read: 'see figures of groups',
  people: 'see single people',
  operate: 'change what runs',
  administer: 'accounts, keys, erasure',
  audit: 'read who did what',
};

/** On an engine that is open: from then on everybody signs in. */
export async function makeFirst(page: Page, url: string, person: Person): Promise<void> {
  await page.goto(url);
  await page.getByRole('button', { name: /^Account:/ }).click();
  await page.getByRole('menuitem', { name: 'Require sign-in' }).click();
  await page.getByLabel('Your name').fill(person.name);
  await page.getByLabel('Login').fill(person.login);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Make the account' }).click();
  await page.getByText('1 person may sign in').waitFor();
}

/** @returns the password that the engine made */
export async function makeAccount(
  admin: Page,
  url: string,
  { login, name, role }: Omit<Person, 'password'>,
): Promise<string> {
  await admin.goto(`${url}/settings/people`);
  await admin.getByRole('button', { name: 'New account' }).click();
  const dialog = admin.getByRole('dialog');
  await dialog.getByLabel('Login').fill(login);
  await dialog.getByLabel('Name', { exact: true }).fill(name);
  await dialog.getByLabel('Role').selectOption(roleLabels[role]);
  await dialog.getByLabel('Reason').fill('They begin today');
  await dialog.getByRole('button', { name: 'Make the account' }).click();
  const password = await shownOnce(admin, /^Password of/);
  await admin.getByRole('rowheader', { name }).waitFor();
  return password;
}

/** @returns the key, which is shown this once */
export async function makeKey(
  admin: Page,
  url: string,
  name: string,
  permissions: readonly Permission[],
): Promise<string> {
  await admin.goto(`${url}/settings/keys`);
  await admin.getByRole('button', { name: 'New key' }).click();
  const dialog = admin.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill(name);
  for (const [permission, label] of Object.entries(permissionLabels)) {
    await dialog
      .getByLabel(label)
      .setChecked((permissions as readonly string[]).includes(permission));
  }
  await dialog.getByLabel('Reason').fill('A program needs it');
  await dialog.getByRole('button', { name: 'Make the key' }).click();
  return shownOnce(admin, /^Key/);
}

/** Takes note of a secret. */
export async function shownOnce(page: Page, title: RegExp): Promise<string> {
  const shown = page.getByRole('dialog', { name: title });
  const secret = (await shown.locator('pre').first().textContent()) ?? '';
  await shown.getByRole('button', { name: 'I have it' }).click();
  await shown.waitFor({ state: 'detached' });
  return secret;
}

/** What a form asks of who signs in. */
export async function fillSignIn(
  form: Page | Locator,
  { login, password }: Pick<Person, 'login' | 'password'>,
): Promise<void> {
  await form.getByLabel('Login').fill(login);
  await form.getByLabel('Password', { exact: true }).fill(password);
  await form.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** With a password that somebody else has set, which is changed at once. */
export async function enterFirst(
  page: Page,
  url: string,
  { login, name, password }: Person,
  given: string,
): Promise<void> {
  await page.goto(url);
  await fillSignIn(page, { login, password: given });
  await page.getByLabel('Present password').fill(given);
  await page.getByLabel('New password', { exact: true }).fill(password);
  await page.getByLabel('New password, again').fill(password);
  await page.getByRole('button', { name: 'Change the password' }).click();
  await page.getByRole('button', { name: `Account: ${name}` }).waitFor();
}

/** A session of its own, of 1440 × 900, whose errors are kept. */
export interface Session {
  readonly page: Page;
  /** Of the console and of the page; emptied by who has read them. */
  readonly errors: string[];
}

export async function sessionIn(context: BrowserContext): Promise<Session> {
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`${message.text()} (${page.url()})`);
  });
  return { page, errors };
}
