/** Signing in and out in a real browser: the page, the first account, the own password, and sessions that end under an open page. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { ada } from '../support/accessWorld.ts';
import { isRequired } from '../support/isRequired.ts';
import { overflowOf, setScheme, violationsOf } from './support/browserPage.ts';
import { findChromium, whatTheBrowserLacks } from './support/chromium.ts';
import { onGuardedEngine } from './support/onGuardedEngine.ts';

const browser = findChromium();
const missing = whatTheBrowserLacks();
if (missing !== '') console.warn(`Signing in is not tried: ${missing}`);

test.runIf(isRequired('browser'))('what signing in needs is there', () => {
  expect(missing).toBe('');
});

const hourMs = 3_600_000;
const signInTitle = { name: 'Sign in', level: 1 } as const;

describe.skipIf(missing !== '')('the page that signs in', () => {
  const on = onGuardedEngine(browser!);

  /** With the keyboard alone. */
  async function signIn(password = ada.password, login = ada.login): Promise<void> {
    const { page } = on;
    await page.getByLabel('Login').fill(login);
    await page.keyboard.press('Tab');
    await page.keyboard.type(password);
    await page.keyboard.press('Enter');
  }
  const isAt = (path: string) =>
    on.page.waitForURL(({ pathname, search }) => `${pathname}${search}` === path);

  test('leads back to where somebody wanted to go, with the keyboard alone', async () => {
    const { page } = on;
    await on.open('/models?range=7d');
    await page.getByRole('heading', signInTitle).waitFor();
    expect(new URL(page.url()).searchParams.get('next')).toBe('/models?range=7d');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe(
      'username',
    );
    await page.keyboard.type(ada.login);
    await page.keyboard.press('Tab');
    await page.keyboard.type(ada.password);
    await page.keyboard.press('Enter');
    await isAt('/models?range=7d');
    await page.getByRole('button', { name: 'Account: Ada' }).waitFor();
  });

  test('goes nowhere else than to a page of its own', async () => {
    const others = ['//elsewhere.example', 'https://elsewhere.example', '/\\elsewhere.example'];
    for (const next of [...others, 'javascript:alert(1)', '/v1/accounts', '/sign-in']) {
      await on.page.context().clearCookies();
      await on.open(`/sign-in?next=${encodeURIComponent(next)}`);
      await signIn();
      await isAt('/');
    }
  }, 40_000);

  test('says what is wrong, and how long one has to wait', async () => {
    const { page } = on;
    await on.open('/sign-in');
    async function fail(): Promise<number> {
      const answer = page.waitForResponse((response) => response.url().endsWith('/v1/session'));
      await signIn('not the password');
      return (await answer).status();
    }
    // How many are free depends on the time between them: each wait is twice the one before.
    let attempts = 0;
    while ((await fail()) !== 429) {
      attempts += 1;
      await page.getByText('Login or password is wrong').waitFor();
      // Where it was wrong one begins anew.
      await page.waitForFunction(
        () => document.activeElement?.getAttribute('autocomplete') === 'current-password',
      );
    }
    expect(attempts).toBeGreaterThanOrEqual(5);
    await page.getByText(/possible in \d+ s/).waitFor();
    expect(await page.getByRole('button', { name: 'Sign in' }).isDisabled()).toBe(true);
    await page.getByText('Too many attempts').waitFor({ state: 'detached', timeout: 15_000 });
  }, 40_000);

  test('tells of Caps Lock, shows what was typed, and lets a password manager fill it in', async () => {
    const { page } = on;
    await on.open('/sign-in');
    const password = page.getByLabel('Password', { exact: true });
    expect(await password.getAttribute('autocomplete')).toBe('current-password');
    expect(await page.getByLabel('Login').getAttribute('autocomplete')).toBe('username');
    await password.focus();
    await password.dispatchEvent('keydown', { key: 'A', modifierCapsLock: true });
    await page.getByText('Caps Lock is on').waitFor();
    await password.fill('seen');
    await page.getByLabel('Show the password').check();
    expect(await password.getAttribute('type')).toBe('text');
  });

  test('says when the engine does not answer, and keeps what was typed', async () => {
    const { page } = on;
    await on.open('/sign-in');
    await on.restart(async () => {
      await signIn();
      await page.getByText('The engine does not answer').waitFor();
      expect(await page.getByLabel('Login').inputValue()).toBe(ada.login);
    });
    await page.getByRole('button', { name: 'Sign in' }).click();
    await isAt('/');
  });

  test('takes no more than a login and a password can be, and script is text', async () => {
    const { page } = on;
    await on.open('/sign-in');
    const long = 'x'.repeat(10_000_000);
    await page.getByLabel('Login').evaluate((field: HTMLInputElement, text) => {
      const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!;
      set.call(field, text);
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }, long);
    await page.getByLabel('Password', { exact: true }).fill('<script>document.title="!"</script>');
    await page.keyboard.press('Enter');
    await page.locator('.notice.bad').waitFor();
    await signIn('<img src=x onerror=alert(1)>', '<script>alert(1)</script>');
    await page.getByText('Login or password is wrong').waitFor();
    expect(await page.title()).toBe('Sign in · millrace');
  });

  test('is for everybody: no violation in light and dark, and not too wide', async () => {
    const { page } = on;
    await on.open('/sign-in');
    for (const colorScheme of ['light', 'dark'] as const) {
      await setScheme(page, colorScheme);
      expect(await violationsOf(page)).toEqual([]);
    }
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await overflowOf(page)).toBeUndefined();
  });

  test('a forged cookie is nobody', async () => {
    const value = 'A'.repeat(43);
    await on.page.context().addCookies([{ name: 'millrace', value, url: on.engine.url }]);
    await on.open('/settings/people');
    await on.page.getByRole('heading', signInTitle).waitFor();
  });

  test('from elsewhere the first account needs the code that the engine printed', async () => {
    const { page } = on;
    await on.settle({ isSettled: false, host: '0.0.0.0', origins: [on.engine.url] });
    await on.open('/');
    await page.getByRole('heading', { name: 'Make the first administrator' }).waitFor();
    await page.getByLabel('Code').fill('a wrong one');
    await page.getByLabel('Your name').fill('Eve');
    await page.getByLabel('Login').fill('eve');
    await page.getByLabel('Password', { exact: true }).fill('short');
    await page.keyboard.press('Enter');
    await page.getByText('12 to 256 characters').nth(1).waitFor();
    await page.getByLabel('Password', { exact: true }).fill('long enough for all');
    await page.keyboard.press('Enter');
    await page.getByText('Give the code that the engine printed').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.getByLabel('Code').fill(on.world.firstCode);
    await page.keyboard.press('Enter');
    await isAt('/');
    await page.getByRole('button', { name: 'Account: Eve' }).waitFor();
  });

  test('on its own machine it is open until the first administrator is made', async () => {
    const { page } = on;
    await on.settle({ isSettled: false });
    await on.open('/');
    await page.getByRole('button', { name: /^Account:/ }).click();
    await page.getByRole('menuitem', { name: 'Require sign-in' }).click();
    await page.getByText('whoever reaches it on its machine may do everything').waitFor();
    await page.getByLabel('Your name').fill('Ada');
    await page.getByLabel('Login').fill('ada');
    await page.getByLabel('Password', { exact: true }).fill(ada.password);
    await page.getByRole('button', { name: 'Make the account' }).click();
    await page.getByRole('rowheader', { name: /Ada/ }).waitFor();
    await page.getByText('1 person may sign in').waitFor();
  });

  test('who got a password from somebody else takes one of their own first', async () => {
    const { page } = on;
    const { headers } = await admin();
    const made = await on.world.ask('POST', '/v1/accounts', {
      headers,
      payload: { login: 'bob', name: 'Bob', role: 'viewer', reason: 'new' },
    });
    await on.open('/experiments');
    await signIn(made.body.password, 'bob');
    await page.getByRole('heading', { name: 'Choose your own password' }).waitFor();
    await page.getByLabel('Present password').fill(made.body.password);
    await page.getByLabel('New password', { exact: true }).fill('my own long password');
    await page.getByLabel('New password, again').fill('my own lung password');
    await page.keyboard.press('Enter');
    await page.getByText('The two are not the same').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.getByLabel('New password, again').fill('my own long password');
    await page.keyboard.press('Enter');
    await isAt('/experiments');
  });

  test('one’s own password is changed among the settings, and the page goes on', async () => {
    const { page } = on;
    await on.open('/settings/account');
    await signIn();
    await isAt('/settings/account');
    await page.getByLabel('Present password').fill('not this one');
    await page.getByLabel('New password', { exact: true }).fill('another long password');
    await page.getByLabel('New password, again').fill('another long password');
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText('This is not the present password').waitFor();
    await page.getByLabel('Present password').fill(ada.password);
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText('The password is changed').waitFor();
    await page.getByRole('link', { name: 'People' }).click();
    await page.getByRole('rowheader', { name: /Ada/ }).waitFor();
  });

  /** What is sent with the session of an administrator. */
  async function admin() {
    return { headers: await on.world.headersOf('admin') };
  }
});

describe.skipIf(missing !== '')('a session under an open page', () => {
  const on = onGuardedEngine(browser!);
  const note = 'What I have typed <b>here</b>';
  const ended = () => on.page.getByRole('dialog', { name: 'Your session has ended' });

  /** Signs in as Ada, with her password: she can do it again. */
  async function signedIn(path: string): Promise<void> {
    const { page } = on;
    await on.open(path);
    await fillIn();
    await page.getByRole('button', { name: 'Account: Ada' }).waitFor();
    await page.locator('h1').waitFor();
  }
  async function fillIn(page = on.page): Promise<void> {
    await page.getByLabel('Login').fill(ada.login);
    await page.getByLabel('Password', { exact: true }).fill(ada.password);
    await page.keyboard.press('Enter');
  }
  async function token(): Promise<string> {
    const cookies = await on.page.context().cookies();
    return cookies.find(({ name }) => name === 'millrace')!.value;
  }
  async function revoke(): Promise<void> {
    await on.world.book.endSessions([on.world.book.findSession(await token())!]);
  }

  test('has ended: what was typed stays, and is sent after signing in again', async () => {
    const { page } = on;
    await signedIn('/experiments/hints');
    await page.getByRole('button', { name: 'Pause …' }).click();
    const dialog = page.getByRole('dialog', { name: /^Pause/ });
    await dialog.getByLabel('Reason').fill(note);
    await revoke();
    await dialog.getByRole('button', { name: 'Pause' }).click();
    const again = ended();
    await again.waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await again.getByLabel('Login').fill(ada.login);
    await again.getByLabel('Password', { exact: true }).fill(ada.password);
    await page.keyboard.press('Enter');
    await again.waitFor({ state: 'detached' });
    expect(await dialog.getByLabel('Reason').inputValue()).toBe(note);
    await dialog.getByRole('button', { name: 'Pause' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(on.engine.experiments.get('hints')?.experiment.state).toBe('paused');
  }, 40_000);

  test('is revoked while nothing is done: the page says so, and can be left open to copy from', async () => {
    const { page } = on;
    await signedIn('/');
    await revoke();
    const dialog = ended();
    await dialog.waitFor({ timeout: 30_000 });
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('nothing new is shown').waitFor();
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await dialog.waitFor();
    await fillIn();
    await page.getByText('nothing new is shown').waitFor({ state: 'detached' });
    await page.locator('.live-live').waitFor();
  }, 60_000);

  test('is left in one tab: the other sees it, and follows when somebody signs in again', async () => {
    const { page } = on;
    await signedIn('/models');
    const other = await page.context().newPage();
    await other.goto(`${on.engine.url}/experiments`);
    await other.getByRole('button', { name: 'Account: Ada' }).click();
    await other.getByRole('menuitem', { name: 'Sign out' }).click();
    await other.waitForURL(/\/sign-in/);
    await ended().waitFor();
    await fillIn(other);
    await ended().waitFor({ state: 'detached' });
    // A page that is closed on its way to another may stay open.
    await other.getByRole('button', { name: 'Account: Ada' }).waitFor();
    await other.close();
  }, 40_000);

  test('is left: until the page that signs in comes nothing of who was there is shown, and no other page', async () => {
    const { page } = on;
    await signedIn('/models');
    let hasLeft = 0;
    // By a proxy that is slow.
    await page.route(/\/sign-in$/, async (route) => {
      hasLeft += 1;
      await sleep(1_500);
      await route.continue();
    });
    // Asked from outside, a page that is about to go does not answer: it writes down what it shows.
    await page.evaluate(() => {
      setInterval(() => {
        const titles = [...document.querySelectorAll('h1, form')].map(({ tagName }) => tagName);
        sessionStorage.setItem('shown', [location.pathname, ...titles].join(' '));
      }, 50);
    });
    await page.getByRole('button', { name: 'Account: Ada' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL(/\/sign-in$/);
    await page.getByRole('heading', signInTitle).waitFor();
    expect(hasLeft).toBe(1);
    expect(await page.evaluate(() => sessionStorage.getItem('shown'))).toBe('/models');
    await page.goBack({ waitUntil: 'commit' });
    await page.getByRole('heading', signInTitle).waitFor();
  }, 40_000);

  /** Its live line is refused as long as `times` says; requests of a worker that tabs share cannot be answered here. */
  async function refuseLine(times: number): Promise<{ heard: number }> {
    const { page } = on;
    await page.addInitScript(() => Reflect.deleteProperty(window, 'SharedWorker'));
    const refusal = { detail: 'Nobody is signed in.', code: 'SIGN_IN_NEEDED' };
    const line = { heard: 0 };
    await page.route('**/v1/live', async (route) => {
      line.heard += 1;
      if (line.heard <= times) await route.fulfill({ status: 401, json: refusal });
      else await route.continue();
    });
    return line;
  }

  test('has begun again meanwhile: what the live line has heard before does not end it', async () => {
    const { page } = on;
    const line = await refuseLine(1);
    await signedIn('/models');
    await page.locator('.live-live').waitFor();
    expect(line.heard).toBeGreaterThan(1);
    expect(await ended().count()).toBe(0);
  }, 40_000);

  test('goes on, but its live line is refused again and again: that is believed in the end', async () => {
    const { page } = on;
    const line = await refuseLine(Infinity);
    await signedIn('/models');
    await expect.poll(() => line.heard).toBeGreaterThan(5);
    await ended().waitFor();
    const before = line.heard;
    await page.waitForTimeout(2_000);
    expect(line.heard - before).toBeLessThanOrEqual(1);
  }, 40_000);

  test('has begun again meanwhile: what was asked before does not end it', async () => {
    const { page } = on;
    await signedIn('/experiments/hints');
    // One answer from before, by a proxy that is slow.
    const late = { detail: 'The session has ended.', code: 'SESSION_EXPIRED' };
    await page.route('**/v1/experiments/hints/pause', (route) =>
      route.fulfill({ status: 401, json: late }),
    );
    await page.getByRole('button', { name: 'Pause …' }).click();
    const dialog = page.getByRole('dialog', { name: /^Pause/ });
    await dialog.getByLabel('Reason').fill(note);
    const asked = page.waitForResponse((response) => response.url().endsWith('/v1/session'));
    await dialog.getByRole('button', { name: 'Pause' }).click();
    expect((await (await asked).json()).principal).toMatchObject({ name: 'Ada' });
    await ended().waitFor({ state: 'detached' });
    await page.getByText('nothing new is shown').waitFor({ state: 'detached' });
    expect(await dialog.getByLabel('Reason').inputValue()).toBe(note);
  }, 40_000);

  test('is left and begun again in another tab while the answer of before is on its way', async () => {
    const { page } = on;
    await signedIn('/models');
    const other = await page.context().newPage();
    await other.goto(`${on.engine.url}/experiments`);
    await other.getByRole('button', { name: 'Account: Ada' }).click();
    const answers: (() => void)[] = [];
    const taken = new Promise<void>((resolve) => answers.push(resolve));
    let asked = 0;
    await page.route('**/v1/session', async (route) => {
      asked += 1;
      const response = await route.fetch();
      // The first one knows of no session yet, and comes when there is one again.
      if (asked === 1) await taken;
      await route.fulfill({ response });
    });
    await other.getByRole('menuitem', { name: 'Sign out' }).click();
    await other.waitForURL(/\/sign-in/);
    await expect.poll(() => asked).toBe(1);
    await fillIn(other);
    await other.getByRole('button', { name: 'Account: Ada' }).waitFor();
    answers[0]!();
    await expect.poll(() => asked).toBeGreaterThan(1);
    await ended().waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Account: Ada' }).click();
    expect(await ended().count()).toBe(0);
    await other.close();
  }, 40_000);

  test('is of somebody else by now: nothing of who was here before stays', async () => {
    const { page } = on;
    await signedIn('/experiments/hints');
    await page.getByRole('button', { name: 'Pause …' }).click();
    await page.getByRole('dialog').getByLabel('Reason').fill(note);
    await on.enter('viewer');
    await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Account: The viewer' }).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(on.engine.experiments.get('hints')?.experiment.state).toBe('running');
  }, 40_000);

  test('has another token, of the same person: what is done is done all the same', async () => {
    const { page } = on;
    await on.enter('operator');
    await on.open('/experiments/hints');
    await page.getByRole('button', { name: 'Pause …' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill(note);
    await on.enter('operator');
    await dialog.getByRole('button', { name: 'Pause' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(on.engine.experiments.get('hints')?.experiment.state).toBe('paused');
    expect(on.engine.requests.filter((each) => each.endsWith('/hints/pause'))).toHaveLength(2);
  }, 40_000);

  test('lives on while the engine is started anew', async () => {
    const { page } = on;
    await signedIn('/experiments/hints');
    await page.getByRole('button', { name: 'Pause …' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill(note);
    await on.restart(async () => {
      await dialog.getByRole('button', { name: 'Pause' }).click();
      await dialog.getByText('The engine does not answer').waitFor();
    });
    await dialog.getByRole('button', { name: 'Pause' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(on.engine.experiments.get('hints')?.experiment.state).toBe('paused');
  }, 40_000);

  test.each([-hourMs, hourMs])(
    'does not mind a browser whose clock is off by %i ms',
    async (offMs) => {
      const { page } = on;
      await page.clock.setSystemTime(Date.now() + offMs);
      await signedIn('/settings/data');
      await page
        .getByText(offMs > 0 ? 'is 1 hour ahead of the engine’s' : 'is 1 hour behind the engine’s')
        .waitFor();
      await page.getByRole('link', { name: 'API keys' }).click();
      await page.getByRole('button', { name: 'New key' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name').fill('shop');
      await dialog.getByLabel('Expires').selectOption('30');
      await dialog.getByLabel('Reason').fill('for the shop');
      await dialog.getByRole('button', { name: 'Make the key' }).click();
      await page.getByRole('dialog', { name: 'Key “shop”' }).waitFor();
      const { expiresAt } = on.world.book.keys().find((key) => key.principal.name === 'shop')!;
      expect(Math.abs(expiresAt! - (Date.now() + 30 * 24 * hourMs))).toBeLessThan(60_000);
    },
    40_000,
  );
});
