/** The settings in a real browser: what each role sees and may do, and everything that is done there. */
import { describe, expect, test } from 'vitest';
import { type RoleName, roleNames } from '../../contracts/access.ts';
import { isRequired } from '../support/isRequired.ts';
import { overflowOf, setScheme, violationsOf } from './support/browserPage.ts';
import { findChromium, whatTheBrowserLacks } from './support/chromium.ts';
import { onGuardedEngine } from './support/onGuardedEngine.ts';

const browser = findChromium();
const missing = whatTheBrowserLacks();
if (missing !== '') console.warn(`The settings are not tried: ${missing}`);

test.runIf(isRequired('browser'))('what the settings need is there', () => {
  expect(missing).toBe('');
});

const script = '<script>document.title="!"</script><img src=x onerror="document.title=1">';
const parts: Record<RoleName, readonly string[]> = {
  viewer: ['Your account', 'Places', 'Privacy', 'Data and engine'],
  analyst: ['Your account', 'Places', 'Privacy', 'Data and engine'],
  operator: ['Your account', 'Places', 'Privacy', 'Data and engine'],
  admin: [
    'Your account',
    'People',
    'API keys',
    'Places',
    'Audit log',
    'Privacy',
    'Data and engine',
  ],
  auditor: ['Your account', 'Places', 'Audit log', 'Privacy', 'Data and engine'],
};
const refused: Record<RoleName, readonly string[]> = {
  viewer: ['people', 'keys', 'audit'],
  analyst: ['people', 'keys', 'audit'],
  operator: ['people', 'keys', 'audit'],
  admin: [],
  auditor: ['people', 'keys'],
};
/** A button, where it stands, and who may press it. */
const actions = [
  ['/experiments/hints', 'Pause …', ['operator', 'admin']],
  ['/experiments', 'New experiment', ['operator', 'admin']],
  ['/personalization/tutor', 'Stop', ['operator', 'admin']],
  ['/anomalies/watches', 'New watch', ['operator', 'admin']],
  ['/recommendations', 'Useful', ['operator', 'admin']],
  ['/retraining', 'Train', ['operator', 'admin']],
  ['/models/answer/versions', 'Roll back', ['operator', 'admin']],
  ['/settings/privacy', 'Find a person', ['analyst', 'operator', 'admin']],
  ['/settings/privacy', 'Who looked at whom', ['admin', 'auditor']],
] as const;

describe.skipIf(missing !== '')('the settings', () => {
  const on = onGuardedEngine(browser!);

  test.each(roleNames)(
    'as %s: no more is shown than may be seen, and no question fails',
    async (role) => {
      const { page } = on;
      await on.enter(role);
      await on.open('/settings/account');
      await page.getByText(`You are The ${role}`).waitFor();
      const shown = page.getByRole('navigation', { name: 'Settings' }).getByRole('link');
      expect(await shown.allTextContents()).toEqual(parts[role]);
      for (const section of refused[role]) {
        await on.open(`/settings/${section}`);
        await page.getByText('This page is not for your role').waitFor();
      }
      await on.open('/personalization/users/student-3');
      const isHidden = role === 'viewer' || role === 'auditor';
      const notice = page.getByText('This needs the permission to see people: ask an analyst.');
      expect(await notice.isVisible()).toBe(isHidden);
      const asked = on.engine.requests.filter((each) =>
        /\/v1\/(accounts|keys|audit|users)/.test(each),
      );
      const allowed = role === 'admin' ? /./ : isHidden ? /^$/ : /\/v1\/users\//;
      expect(asked.filter((each) => !allowed.test(each))).toEqual([]);
      await on.open('/');
      await page.keyboard.press('g');
      await page.keyboard.press('s');
      await page.waitForURL(/\/settings\//);
    },
    40_000,
  );

  test.each(roleNames)(
    'as %s: what one may not do is there, and says why',
    async (role) => {
      const { page } = on;
      await on.enter(role);
      for (const [path, name, roles] of actions) {
        await on.open(path);
        const action = page
          .locator('main')
          .getByRole(/Find|Who|New/.test(name) && isOne(roles, role) ? 'link' : 'button', { name })
          .first();
        await action.waitFor();
        const isDisabled = (await action.getAttribute('aria-disabled')) === 'true';
        expect([path, name, isDisabled]).toEqual([path, name, !isOne(roles, role)]);
        if (!isDisabled) continue;
        const before = on.engine.requests.filter((each) => !each.startsWith('GET')).length;
        await action.focus();
        await page.getByRole('tooltip').filter({ hasText: 'This needs the permission' }).waitFor();
        await page.keyboard.press('Enter');
        await page.keyboard.press('Space');
        expect(await page.getByRole('dialog').count()).toBe(0);
        expect(on.engine.requests.filter((each) => !each.startsWith('GET'))).toHaveLength(before);
      }
      if (role !== 'viewer') return;
      await page.evaluate(() => (document.activeElement as HTMLElement).blur());
      expect(await violationsOf(page)).toEqual([]);
    },
    90_000,
  );

  test('an account is made with the keyboard alone; its password is shown once', async () => {
    const { page } = on;
    await on.enter('admin');
    await on.open('/settings/people');
    await page.getByRole('button', { name: 'New account' }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'New account' });
    await dialog.waitFor();
    await page.waitForFunction(() => document.activeElement?.tagName === 'INPUT');
    await page.keyboard.type('bob');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Bob');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Op');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await dialog.getByLabel('Institution').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type('North');
    await dialog.getByLabel('Reason').focus();
    await page.keyboard.type('He begins today');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const shown = page.getByRole('dialog', { name: 'Password of Bob' });
    await shown.waitFor();
    expect(await violationsOf(page)).toEqual([]);
    const password = (await shown.locator('pre').textContent())!;
    expect(password.length).toBeGreaterThan(15);
    await page.keyboard.press('Escape');
    await shown.waitFor();
    await shown.getByRole('button', { name: 'I have it' }).click();
    await shown.waitFor({ state: 'detached' });
    const bob = on.world.book.byLogin('bob')!;
    expect([bob.name, bob.role, bob.scope]).toEqual([
      'Bob',
      'operator',
      [{ institution: 'North' }],
    ]);
    expect((await page.locator('main').textContent())!.includes(password)).toBe(false);
    const signed = await on.world.ask('POST', '/v1/session', {
      payload: { login: 'bob', password },
    });
    expect(signed.body.mustChangePassword).toBe(true);
  }, 40_000);

  test('a change starts from the newest revision, keeps what others changed, and can be taken back', async () => {
    const { page, world } = on;
    await on.enter('admin');
    await on.open('/settings/people');
    const dialog = await ask('The viewer', 'Name, role, places');
    await dialog.getByLabel('Role').selectOption('Analyst');
    await dialog.getByLabel('Reason').fill('She sees people now');
    const viewer = world.book.byLogin('the-viewer')!;
    const headers = await world.headersOf('admin');
    await world.ask('PUT', `/v1/accounts/${viewer.id}`, {
      headers,
      payload: { ...write('The viewing one', 'viewer'), revision: viewer.revision },
    });
    await dialog.getByRole('button', { name: 'Change', exact: true }).click();
    await dialog.getByText('Somebody has changed it meanwhile').waitFor();
    await page.getByRole('dialog', { name: 'Change The viewing one' }).waitFor();
    await page.getByRole('button', { name: 'Change', exact: true }).last().click();
    await page.getByText('The viewing one is changed').waitFor();
    const changed = world.book.byLogin('the-viewer')!;
    expect([changed.name, changed.role]).toEqual(['The viewing one', 'analyst']);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('The viewing one is changed').waitFor({ state: 'detached' });
    expect(world.book.byLogin('the-viewer')!.role).toBe('viewer');
  }, 40_000);

  test('accounts are switched off and on, get new passwords, and lose their sessions', async () => {
    const { page, world } = on;
    await on.enter('admin');
    await world.headersOf('viewer');
    await on.open('/settings/people');
    const viewer = () => world.book.byLogin('the-viewer')!;
    let dialog = await ask('The viewer', 'End sessions');
    await dialog.getByRole('button', { name: 'End all sessions' }).click();
    await dialog.getByText('Say why').waitFor();
    await dialog.getByLabel('Reason').fill('A lost notebook');
    await dialog.getByRole('button', { name: 'End all sessions' }).click();
    await page.getByText('All sessions of The viewer have ended').waitFor();
    expect(world.book.openSessions(viewer().id)).toEqual([]);
    dialog = await ask('The viewer', 'Switch off');
    await dialog.getByLabel('Reason').fill('She left');
    await dialog.getByRole('button', { name: 'Switch off' }).click();
    await page.getByText('The viewer is switched off').waitFor();
    expect(viewer().isActive).toBe(false);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('The viewer is switched off').waitFor({ state: 'detached' });
    expect(viewer().isActive).toBe(true);
    dialog = await ask('The viewer', 'New password');
    await dialog.getByLabel('Reason').fill('Forgotten');
    await dialog.getByRole('button', { name: 'Make a new password' }).click();
    await page.getByRole('dialog', { name: 'Password of The viewer' }).waitFor();
  }, 40_000);

  test('one sees where one is signed in, and ends one session or all others', async () => {
    const { page, world } = on;
    await on.enter('analyst');
    const analyst = world.book.byLogin('the-analyst')!;
    const from = (browser: string, system: string) =>
      world.book.beginSession(analyst, { address: '203.0.113.7', browser, system });
    await from('Firefox', 'Windows');
    await from('Safari', 'iOS');
    await from('', '');
    await on.open('/settings/account');
    const table = page.getByRole('region', { name: 'Where you are signed in' });
    await table.getByRole('rowheader', { name: /this one/ }).waitFor();
    await table.getByRole('rowheader', { name: 'Safari on iOS 203.0.113.7' }).waitFor();
    await table
      .getByRole('rowheader', { name: /^Unknown browser/ })
      .last()
      .waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'End Firefox on Windows' }).click();
    await page.getByText('The session of Firefox on Windows has ended.').waitFor();
    expect(world.book.openSessions(analyst.id).length).toBe(3);
    await page.getByRole('button', { name: 'End all others' }).click();
    await page.getByText('All other sessions have ended.').waitFor();
    expect(world.book.openSessions(analyst.id).length).toBe(1);
    await page.reload();
    await page.getByText('You are The analyst').waitFor();
  }, 40_000);

  test('an administrator sees the sessions of an account, and ends one with a reason', async () => {
    const { page, world } = on;
    await on.enter('admin');
    const viewer = await world.accountOf('viewer');
    const place = { address: '203.0.113.7', system: 'Linux' };
    await world.book.beginSession(viewer, { ...place, browser: 'Chrome' });
    await world.book.beginSession(viewer, { ...place, browser: 'Firefox' });
    await on.open('/settings/people');
    let dialog = await ask('The viewer', 'Open sessions');
    expect(await violationsOf(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'End Chrome on Linux' }).click();
    dialog = page.getByRole('dialog', { name: 'End a session of The viewer: Chrome on Linux' });
    await dialog.getByLabel('Reason').fill('A lost notebook');
    await dialog.getByRole('button', { name: 'End', exact: true }).click();
    dialog = page.getByRole('dialog', { name: 'Open sessions of The viewer' });
    await dialog.getByRole('rowheader', { name: /Chrome/ }).waitFor({ state: 'detached' });
    await dialog.getByRole('rowheader', { name: /Firefox/ }).waitFor();
    expect(world.book.openSessions(viewer.id).map(({ browser }) => browser)).toEqual(['Firefox']);
  }, 40_000);

  test('the last administrator stays one, and the engine’s words say so', async () => {
    const { page, world } = on;
    const headers = await world.headersOf('admin');
    const ada = world.book.byLogin('ada')!;
    await world.ask('PUT', `/v1/accounts/${ada.id}`, {
      headers,
      payload: { ...write('Ada', 'viewer'), revision: ada.revision },
    });
    await on.enter('admin');
    await on.open('/settings/people');
    await page.getByText('make a second').waitFor();
    const dialog = await ask('The admin', 'Switch off');
    await dialog.getByLabel('Reason').fill('I go');
    await dialog.getByRole('button', { name: 'Switch off' }).click();
    await dialog.getByText('This is the last administrator').waitFor();
  }, 40_000);

  test('a key is shown once with an example, and revoked for good', async () => {
    const { page, world } = on;
    await on.enter('admin');
    await on.open('/settings/keys');
    await page.getByRole('button', { name: 'New key' }).click();
    const dialog = page.getByRole('dialog', { name: 'New API key' });
    await dialog.getByLabel('Name').fill('Shop');
    await dialog.getByLabel('see figures of groups').check();
    await dialog.getByText('A key that changes what runs').waitFor();
    await dialog.getByLabel('Reason').fill('for the shop');
    expect(await violationsOf(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Make the key' }).click();
    const shown = page.getByRole('dialog', { name: 'Key “Shop”' });
    const key = (await shown.locator('pre').first().textContent())!;
    const command = (await shown.locator('pre').nth(1).textContent())!;
    expect(command).toBe(`curl ${on.engine.url}/v1/health -H 'authorization: Bearer ${key}'`);
    const headers = { authorization: `Bearer ${key}` };
    expect((await world.ask('GET', '/v1/health', { headers })).status).toBe(200);
    await shown.getByRole('button', { name: 'I have it' }).click();
    await page.getByRole('button', { name: 'Revoke “Shop”' }).click();
    await page.getByLabel('Reason').fill('It leaked');
    await page.getByRole('button', { name: 'Revoke for good' }).click();
    await page.getByRole('row', { name: /Shop/ }).getByText('Revoked').waitFor();
    expect((await world.ask('GET', '/v1/health', { headers })).status).toBe(401);
  }, 40_000);

  test('the record is filtered by the address, read on, checked, and taken away', async () => {
    const { page } = on;
    await on.enter('auditor');
    await on.open('/settings/audit?range=7d');
    const rows = page.getByRole('table').getByRole('row');
    await rows.nth(50).waitFor();
    expect(await rows.count()).toBe(51);
    await page.getByRole('button', { name: 'Show earlier ones' }).click();
    await rows.nth(100).waitFor();
    await page.getByLabel('About').fill('user 7');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.waitForURL(/subject=user/);
    await page.getByRole('row', { name: /user 7/ }).waitFor();
    expect(await rows.count()).toBe(2);
    await page.getByLabel('Kind').selectOption('Views of people');
    await page.getByText('No entry').waitFor();
    const csv = await page.getByRole('link', { name: 'CSV' }).getAttribute('href');
    expect(csv).toMatch(
      /^\/v1\/audit\/export\?kind=view&subject=user\+7&from=\d+&to=\d+&format=csv$/,
    );
    await page.getByRole('button', { name: 'All entries' }).click();
    await rows.nth(50).waitFor();
    await page.getByRole('button', { name: 'Check it now' }).click();
    await page.getByText('The record is whole').waitFor();
    expect(await page.locator('.command pre').textContent()).toMatch(/^\d+-130-9f86/);
    // Each look is recorded: while nobody asks, nothing is looked at.
    const looks = () => on.engine.requests.filter((each) => each.startsWith('GET /v1/audit?'));
    const before = looks().length;
    await page.waitForTimeout(2_500);
    expect(looks()).toHaveLength(before);
  }, 40_000);

  test('10 MB of name are cut to what the engine takes, and script is text', async () => {
    const { page, world } = on;
    await on.enter('admin');
    await on.open('/settings/people');
    const dialog = await ask('The viewer', 'Name, role, places');
    for (const label of ['Name', 'Reason']) {
      const field = dialog.getByLabel(label);
      await field.evaluate((element: HTMLInputElement) => {
        const owner = element.tagName === 'INPUT' ? HTMLInputElement : HTMLTextAreaElement;
        const set = Object.getOwnPropertyDescriptor(owner.prototype, 'value')!.set!;
        set.call(element, 'x'.repeat(10_000_000));
        element.dispatchEvent(new Event('input', { bubbles: true }));
      });
    }
    await dialog.getByRole('button', { name: 'Change', exact: true }).click();
    expect(world.book.byLogin('the-viewer')!.name).toBe('The viewer');
    await dialog.getByLabel('Name').fill(script);
    await dialog.getByLabel('Some places only').check();
    await dialog.getByLabel('Course').fill(script);
    await dialog.getByLabel('Reason').fill(script);
    await dialog.getByRole('button', { name: 'Change', exact: true }).click();
    await page.getByRole('rowheader', { name: script }).waitFor();
    await page.getByRole('link', { name: 'API keys' }).click();
    await page.getByRole('button', { name: 'New key' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill(script);
    await page.getByRole('dialog').getByLabel('Reason').fill(script);
    await page.getByRole('button', { name: 'Make the key' }).click();
    await page.getByRole('button', { name: 'I have it' }).click();
    await page.getByRole('rowheader', { name: script }).waitFor();
    await on.open(`/settings/audit?who=${encodeURIComponent(script)}`);
    await page.getByText('No entry').waitFor();
    expect(await page.title()).toBe('millrace');
    await page.setViewportSize({ width: 390, height: 844 });
    for (const section of ['people', 'keys']) {
      await on.open(`/settings/${section}`);
      await page.getByRole('rowheader').first().waitFor();
      expect(await overflowOf(page), section).toBeUndefined();
    }
  }, 60_000);

  test('every part is for everybody: light, dark, and on a telephone', async () => {
    const { page } = on;
    await on.enter('admin');
    const found: string[] = [];
    for (const section of ['account', 'people', 'keys', 'audit', 'privacy', 'data', 'nothing']) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.setViewportSize({ width: 1280, height: 900 });
        await setScheme(page, colorScheme);
        await on.open(`/settings/${section}`);
        await page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached' });
        found.push(...(await violationsOf(page)).map((each) => `${section} ${each}`));
      }
      await page.setViewportSize({ width: 390, height: 844 });
      const wide = await overflowOf(page);
      if (wide !== undefined) found.push(`${section} is ${wide} px wide`);
    }
    expect(found).toEqual([]);
  }, 90_000);

  test('without an answer a part says so, and asks again', async () => {
    const { page } = on;
    await on.enter('admin');
    let isDown = true;
    await page.route('**/v1/accounts', (route) => (isDown ? route.abort() : route.continue()));
    await page.goto(`${on.engine.url}/settings/people`);
    await page.getByText('The engine does not answer').waitFor();
    isDown = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('rowheader', { name: /Ada/ }).waitFor();
  }, 40_000);

  async function ask(person: string, what: string) {
    await on.page.getByRole('button', { name: `Change ${person}`, exact: true }).click();
    await on.page.getByRole('menuitem', { name: what }).click();
    const dialog = on.page.getByRole('dialog');
    await dialog.waitFor();
    return dialog;
  }
});

function isOne(roles: readonly RoleName[], role: RoleName): boolean {
  return roles.includes(role);
}

function write(name: string, role: RoleName) {
  return { name, role, scope: 'everywhere', isActive: true, reason: 'meanwhile' };
}
