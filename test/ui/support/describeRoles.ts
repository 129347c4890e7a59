/**
 * On an engine that has played the campus and on which nobody has an account yet: the first administrator makes accounts of all
 * roles, each walks every page, does what it may and is kept from the rest; then everything that can be wrong is tried.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routePolicy } from '../../../api/access/routePolicy.ts';
import { type RoleName, roleNames } from '../../../contracts/access.ts';
import { AuditAnswer } from '../../../contracts/auditApi.ts';
import { InsightsAnswer } from '../../../contracts/insightApi.ts';
import { AlertsAnswer } from '../../../contracts/watchApi.ts';
import { ndjson, type TestEngine } from '../../support/engine.ts';
import { eventually } from '../../support/eventually.ts';
import { type ActionName, actions, besides, lifeActions, person } from './actions.ts';
import { type Contexts, drawn, openContexts } from './browserPage.ts';
import { lookAt } from './lookAt.ts';
import { absentPaths, pagePaths, routerPaths, type Subjects } from './pagePaths.ts';
import {
  enterFirst,
  fillSignIn,
  makeAccount,
  makeFirst,
  makeKey,
  type Person,
  type Session,
  sessionIn,
} from './people.ts';
import { fieldsTake, giveFirst, long, script } from './unkindText.ts';
import { type ActionWalk, doerOf, walkActions } from './walkActions.ts';

export interface RolesOn {
  readonly browser: string;
  /** As it is at present. */
  engine(): TestEngine;
  /** Stops it and starts it at the same address. */
  restart(meanwhile: () => Promise<void>): Promise<void>;
  /** Of an experiment that runs and whose exposures can be spoilt, and of one to be looked at. */
  readonly experiments: { readonly spoilt: string; readonly seen: string };
  readonly user: string;
  /** Directory for a picture of each page; absent: none. */
  readonly pictures?: string | undefined;
}

const people: Readonly<Record<RoleName, Person>> = {
  admin: account('ada', 'Ada Okafor', 'admin'),
  operator: account('maria', 'María Klein', 'operator'),
  analyst: account('noor', 'Noor Haddad', 'analyst'),
  viewer: account('lena', 'Lena Vogt', 'viewer'),
  auditor: account('tariq', 'Tariq Osei', 'auditor'),
};

function account(login: string, name: string, role: RoleName): Person {
  return { login, name, role, password: `the password of ${login}` };
}

const spare = 'Sam Spare';
const hourMs = 3_600_000;
const longMs = 900_000;
/** What a page of a thing that is not there asks: a browser writes it down as an error. */
const absent = /status of (400|404)/;
/** Of these pages other walks, on engines that know more of it, take the pictures. */
const elsewhere = /^(model$|versions|retraining|drift|settings$|sign-in)/;

export function describeRoles(on: RolesOn): void {
  let contexts: Contexts;
  let sessions: Record<RoleName, Session>;
  let walk: ActionWalk;
  let subjects: Subjects;
  let key = '';
  const pictures = on.pictures;
  const url = () => on.engine().url;
  const read = async <Answer>(
    role: RoleName,
    path: string,
    schema: { parse(value: unknown): Answer },
  ): Promise<Answer> => {
    const response = await sessions[role].page.request.get(`${url()}${path}`);
    return schema.parse(await response.json());
  };

  beforeAll(async () => {
    contexts = await openContexts(on.browser);
    const opened = await Promise.all(
      roleNames.map(async (role) => [role, await sessionIn(await contexts.fresh())] as const),
    );
    sessions = Object.fromEntries(opened) as Record<RoleName, Session>;
  }, longMs);
  afterAll(() => contexts?.close(), longMs);

  /** Events with a key: the engine is not open any more. */
  async function send(events: readonly object[]): Promise<void> {
    const response = await on
      .engine()
      .post(events.map((event) => JSON.stringify(event)).join('\n'), {
        ...ndjson,
        authorization: `Bearer ${key}`,
      });
    expect(response.status).toBe(202);
  }

  test(
    'the first administrator is made on the page, and makes the others and their keys',
    async () => {
      const { page } = sessions.admin;
      await makeFirst(page, url(), people.admin);
      for (const role of ['operator', 'analyst', 'viewer', 'auditor'] as const) {
        const given = await makeAccount(page, url(), people[role]);
        const own = sessions[role].page;
        await own.goto(url());
        await own.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor();
        if (role === 'viewer') {
          expect(await lookAt(own, { name: 'sign-in', pictures })).toEqual([]);
        }
        await enterFirst(own, url(), people[role], given);
      }
      await makeAccount(page, url(), { login: 'sam', name: spare, role: 'viewer' });
      await makeKey(page, url(), 'Old shop', ['read']);
      key = await makeKey(page, url(), 'Producer', ['produce', 'decide']);
      for (const { errors } of Object.values(sessions)) {
        // Before somebody is signed in they are asked to.
        expect(errors.splice(0).filter((each) => !/status of 401/.test(each))).toEqual([]);
      }
    },
    longMs,
  );

  test(
    'an alert is told, and what is wrong with an experiment is recommended',
    async () => {
      const { page } = sessions.operator;
      await page.goto(`${url()}/anomalies/watches/new`);
      await page.getByLabel('Name', { exact: true }).fill('One too many');
      await page.getByLabel('Metric', { exact: true }).fill('events');
      await page.getByLabel('It alerts when').selectOption('it is beyond a limit');
      await page.getByLabel('Bucket', { exact: true }).fill('1 minute');
      await page.getByLabel('Limit', { exact: true }).fill('0');
      await page.getByLabel('Reason').fill('To see that somebody is told');
      await page.getByRole('button', { name: 'Create the watch' }).click();
      await page.getByRole('link', { name: 'One too many' }).waitFor();
      const response = await page.request.get(`${url()}/v1/experiments/${on.experiments.spoilt}`);
      const { experiment } = (await response.json()) as {
        experiment: { variants: { key: string; weight: number }[] };
      };
      const { key: variant, weight } = experiment.variants[0]!;
      let batch = 0;
      const found = await eventually(async () => {
        const time = new Date().toISOString();
        const context = {
          experiment: on.experiments.spoilt,
          variant,
          probability: weight,
          stage: 1,
        };
        // All of them get the same: that is no chance.
        await send(
          Array.from({ length: 120 }, (_, i) => ({
            ...{ id: `one-sided-${batch}-${i}`, type: 'exposure', time },
            ...{ user: `newcomer-${batch}-${i}`, context },
          })),
        );
        batch += 1;
        await new Promise((resolve) => setTimeout(resolve, 2_000));
        const { alerts } = await read('operator', '/v1/alerts', AlertsAnswer);
        const { cards } = await read('operator', '/v1/insights', InsightsAnswer);
        const alert = alerts.find(({ watch }) => watch === 'one-too-many');
        const card = cards.find(
          ({ finding }) => finding.kind === 'sample-ratio-mismatch' && finding.action !== null,
        );
        expect([alert?.state, card?.finding.action?.label]).toEqual([
          'firing',
          'Stop it as invalid',
        ]);
        return { alert: alert!.id, recommendation: card!.id };
      }, 240_000);
      walk = {
        ...{ url: url(), sessions, spare, key: 'Old shop' },
        pages: {
          alert: `/anomalies/${found.alert}`,
          recommendation: `/recommendations/${found.recommendation}`,
        },
      };
      expect(await walkActions(walk, ['train a model'])).toEqual([]);
      subjects = {
        ...found,
        run: new URL(page.url()).pathname.split('/').at(-1)!,
        experiment: on.experiments.seen,
        policy: 'tutor',
        user: on.user,
        watch: 'one-too-many',
      };
    },
    longMs,
  );

  test('every route of the router is walked', () => {
    expect(Object.keys(pagePaths({} as Subjects)).sort()).toEqual(routerPaths().sort());
  });

  test(
    'each role sees every page, with its title and without an error',
    async () => {
      const faults = await Promise.all(
        roleNames
          .filter((role) => role !== 'admin')
          .map(async (role) => {
            const { page, errors } = sessions[role];
            const found: string[] = [];
            for (const path of Object.values(pagePaths(subjects)).flat()) {
              await page.goto(`${url()}${path}`);
              await drawn(page).catch(() => found.push(`${path} is never drawn`));
              const title = ((await page.locator('h1').first().textContent()) ?? '').trim();
              if (title === '') found.push(`${path} has no title`);
              await page.locator('.problem').waitFor({ state: 'detached' });
              // What takes too long on a busy machine is asked again by itself.
              found.push(...errors.splice(0).filter((each) => !/status of 503/.test(each)));
            }
            return found.map((each) => `${role}: ${each}`);
          }),
      );
      expect(faults.flat()).toEqual([]);
    },
    longMs,
  );

  test(
    'no page violates a rule of axe-core in light and dark, and each fits a telephone',
    async () => {
      const { page, errors } = sessions.admin;
      const faults: string[] = [];
      for (const path of Object.values(pagePaths(subjects)).flat()) {
        await page.goto(`${url()}${path}`);
        await drawn(page);
        if (await page.locator('.problem').count()) faults.push(`${path} has a problem`);
        const name = nameOf(path, subjects);
        const look = { name, pictures: elsewhere.test(name) ? undefined : pictures };
        faults.push(...(await lookAt(page, look)));
        faults.push(...errors.splice(0));
      }
      expect(faults).toEqual([]);
    },
    2 * longMs,
  );

  test('each route that changes something is asked by an action, or it is said why not', () => {
    const changing = Object.entries(routePolicy).flatMap(([route, { record }]) =>
      record === 'action' ? [route] : [],
    );
    const asked = [
      ...Object.values(actions).map(({ route }) => route),
      ...Object.values(lifeActions),
      ...Object.keys(besides),
    ];
    expect([...new Set(asked)].sort()).toEqual(changing.sort());
    for (const { route, needs } of Object.values(actions)) {
      expect([route, routePolicy[route]?.needs]).toEqual([route, needs]);
    }
  });

  test(
    'every action is done by somebody who may, is disabled for somebody who may not, and stands in the record',
    async () => {
      const names = Object.keys(actions) as ActionName[];
      const left = names.filter((name) => name !== 'train a model');
      expect(await walkActions(walk, left)).toEqual([]);
      const { entries } = await read('auditor', '/v1/audit?limit=1000&kind=action', AuditAnswer);
      const recorded = entries.flatMap(({ act, principal, status }) =>
        status >= 200 && status < 300 ? [`${principal.name}: ${act}`] : [],
      );
      const expected = names.map(
        (name) => `${people[doerOf(actions[name])].name}: ${actions[name].route}`,
      );
      expect(expected.filter((each) => !recorded.includes(each))).toEqual([]);
      const { page } = sessions.auditor;
      await page.goto(`${url()}/settings/audit?subject=${person}`);
      await page
        .getByRole('row', { name: /Ada Okafor.*DELETE \/v1\/users\/:user/ })
        .first()
        .waitFor();
      await page.getByRole('button', { name: 'Check it now' }).click();
      await page
        .getByText(/each follows from the one before|is whole/)
        .first()
        .waitFor();
      expect(Object.values(sessions).flatMap(({ errors }) => errors.splice(0))).toEqual([]);
    },
    2 * longMs,
  );

  describe('what is wrong', () => {
    test(
      'a forged cookie is nobody, a forged and a revoked key are refused',
      async () => {
        const context = await contexts.fresh();
        const value = 'A'.repeat(43);
        await context.addCookies([{ name: 'millrace', value, url: url() }]);
        const { page } = await sessionIn(context);
        await page.goto(`${url()}/settings/people`);
        await page.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor();
        const admin = sessions.admin.page;
        const stale = await makeKey(admin, url(), 'Leaked', ['read']);
        const ask = (bearer: string) =>
          page.evaluate(
            async (authorization) =>
              (await fetch('/v1/models', { headers: { authorization } })).status,
            `Bearer ${bearer}`,
          );
        expect(await ask(stale)).toBe(200);
        const forged = `${stale.slice(0, -6)}${stale.endsWith('AAAAAA') ? 'BBBBBB' : 'AAAAAA'}`;
        expect(await ask(forged)).toBe(401);
        await admin.getByRole('button', { name: 'Revoke “Leaked”' }).click();
        await admin.getByRole('dialog').getByLabel('Reason').fill('It leaked');
        await admin.getByRole('button', { name: 'Revoke for good' }).click();
        await admin
          .getByRole('row', { name: /Leaked/ })
          .getByText('Revoked')
          .waitFor();
        expect(await ask(stale)).toBe(401);
        await context.close();
      },
      longMs,
    );

    test(
      'a session that has ended under an open page is begun again there, and nothing typed is lost',
      async () => {
        const { page, errors } = sessions.operator;
        await page.goto(`${url()}/experiments/${on.experiments.seen}`);
        await page.getByRole('button', { name: 'Pause …' }).click();
        const asked = page.getByRole('dialog', { name: /^Pause/ });
        await asked.getByLabel('Reason').fill(script);
        const admin = sessions.admin.page;
        await admin.goto(`${url()}/settings/people`);
        await admin.getByRole('button', { name: 'Change María Klein', exact: true }).click();
        await admin.getByRole('menuitem', { name: 'End sessions' }).click();
        await admin.getByRole('dialog').getByLabel('Reason').fill('A lost notebook');
        await admin.getByRole('button', { name: 'End all sessions' }).click();
        const again = page.getByRole('dialog', { name: 'Your session has ended' });
        await again.waitFor();
        await fillSignIn(again, people.operator);
        await again.waitFor({ state: 'detached' });
        expect(await asked.getByLabel('Reason').inputValue()).toBe(script);
        await asked.getByRole('button', { name: 'Pause it' }).click();
        await asked.waitFor({ state: 'detached' });
        await page.locator('.standing').getByText('Paused', { exact: true }).waitFor();
        expect(errors.splice(0).filter((each) => !/status of 401/.test(each))).toEqual([]);
      },
      longMs,
    );

    test(
      'what belongs to another institution is absent for who is confined to one',
      async () => {
        const admin = sessions.admin.page;
        await admin.goto(`${url()}/settings/people`);
        await admin.getByRole('button', { name: 'Change Noor Haddad', exact: true }).click();
        await admin.getByRole('menuitem', { name: 'Name, role, places' }).click();
        const dialog = admin.getByRole('dialog');
        await dialog.getByLabel('Some places only').check();
        await dialog.getByLabel('Institution').fill('South');
        await dialog.getByLabel('Reason').fill('She works there');
        await dialog.getByRole('button', { name: 'Change', exact: true }).click();
        await dialog.waitFor({ state: 'detached' });
        const { page, errors } = sessions.analyst;
        errors.splice(0);
        await page.goto(`${url()}/experiments/${on.experiments.seen}`);
        await fillSignIn(page, people.analyst);
        await page.getByRole('button', { name: `Account: ${people.analyst.name}` }).waitFor();
        await page
          .locator('h1')
          .filter({ hasText: /^There is no experiment/ })
          .waitFor();
        const status = await page.evaluate(
          async (key) => (await fetch(`/v1/experiments/${key}`)).status,
          on.experiments.seen,
        );
        expect(status).toBe(404);
        expect(errors.splice(0).filter((each) => !/status of (401|404)/.test(each))).toEqual([]);
      },
      longMs,
    );

    test(
      'what does not exist is said to be absent, on every page that shows one thing',
      async () => {
        const { page, errors } = sessions.admin;
        const silent: string[] = [];
        for (const path of absentPaths()) {
          await page.goto(`${url()}${path}`);
          await drawn(page);
          const said = page.locator('main').filter({ hasText: /[Nn]o |not |nothing/ });
          await said.waitFor().catch(() => silent.push(path));
        }
        expect(silent).toEqual([]);
        expect(errors.splice(0).filter((each) => !absent.test(each))).toEqual([]);
      },
      longMs,
    );

    test(
      'script is text in every field, 10 MB of name are too, and nothing of them runs',
      async () => {
        const { page, errors } = sessions.admin;
        const forms: readonly (readonly [path: string, ...opens: string[]])[] = [
          ['/settings/people', 'New account …'],
          ['/settings/keys', 'New key …'],
          ['/settings/account'],
          ['/experiments/new'],
          ['/experiments/new', 'New metric …'],
          ['/experiments/plan'],
          ['/personalization/new'],
          ['/personalization/users'],
          ['/anomalies/watches/new'],
          ['/anomalies/watches', 'New route'],
          ['/anomalies/watches', 'New mute window'],
          ['/anomalies/watches', 'New days'],
          ['/models/answer/versions/plan'],
          ['/retraining', 'Train now …'],
          ['/settings/audit'],
        ];
        for (const [path, opens] of forms) {
          await page.goto(`${url()}${path}`);
          await drawn(page);
          if (opens !== undefined) {
            await page.getByRole('button', { name: opens }).first().click();
            await page.getByRole('dialog').waitFor();
          }
          expect([path, opens, await fieldsTake(page, script)]).not.toEqual([path, opens, 0]);
          expect(await page.evaluate(() => 'stolen' in window)).toBe(false);
          await giveFirst(page, long);
          await page.locator('h1').waitFor();
          await page.evaluate(() => localStorage.clear());
        }
        expect(errors.splice(0).filter((each) => !/status of (400|413|422)/.test(each))).toEqual(
          [],
        );
      },
      2 * longMs,
    );

    test(
      'what was named by a script stands there as text',
      async () => {
        const { page, errors } = sessions.operator;
        await page.goto(`${url()}/anomalies/watches`);
        await page.getByRole('button', { name: 'New days' }).click();
        const dialog = page.getByRole('dialog');
        await dialog.getByLabel('Name', { exact: true }).fill(script);
        await dialog.getByLabel('Key').fill('scripted');
        await dialog.getByLabel('First day').fill('2031-04-04');
        await dialog.getByLabel('Last day').fill('2031-04-04');
        await dialog.getByLabel('Reason').fill(script);
        await dialog.getByRole('button', { name: 'Save the days' }).click();
        await dialog.waitFor({ state: 'detached' });
        await page.getByRole('rowheader', { name: script }).waitFor();
        expect(await page.evaluate(() => 'stolen' in window)).toBe(false);
        const refused = await page.evaluate(async (length) => {
          const session = (await (await fetch('/v1/session')).json()) as { csrf: string };
          const definition = { key: 'long', name: 'x'.repeat(length) };
          const response = await fetch('/v1/calendar/long', {
            method: 'PUT',
            headers: { 'content-type': 'application/json', 'millrace-csrf': session.csrf },
            body: JSON.stringify({ definition, revision: 0, reason: 'long' }),
          });
          return response.status;
        }, long.length);
        expect([400, 413, 422]).toContain(refused);
        errors.splice(0);
      },
      longMs,
    );

    test.each([-hourMs, hourMs])(
      'a browser whose clock is off by %i ms is told so, and works',
      async (offMs) => {
        const context = await contexts.fresh();
        const { page, errors } = await sessionIn(context);
        await page.clock.setSystemTime(Date.now() + offMs);
        await page.goto(`${url()}/settings/data`);
        await fillSignIn(page, people.viewer);
        const side = offMs > 0 ? 'ahead of' : 'behind';
        await page.getByText(`is 1 hour ${side} the engine’s`).waitFor();
        for (const path of ['/', '/anomalies', '/pipelines']) {
          await page.goto(`${url()}${path}`);
          await drawn(page);
          expect(await page.locator('.problem').count()).toBe(0);
        }
        expect(errors.filter((each) => !/status of 401/.test(each))).toEqual([]);
        await context.close();
      },
      longMs,
    );

    test(
      'the engine restarts under an open page: it says so, and goes on',
      async () => {
        const { page } = sessions.operator;
        await page.goto(`${url()}/experiments/${on.experiments.seen}`);
        await page.getByRole('button', { name: 'Resume …' }).click();
        const dialog = page.getByRole('dialog');
        await dialog.getByLabel('Reason').fill('It goes on');
        await on.restart(async () => {
          await dialog.getByRole('button', { name: 'Resume it' }).click();
          await dialog.getByText('The engine does not answer').waitFor();
        });
        await dialog.getByRole('button', { name: 'Resume it' }).click();
        await dialog.waitFor({ state: 'detached' });
        await page.locator('.standing').getByText('Running', { exact: true }).waitFor();
        await page.locator('.live-live').waitFor();
      },
      longMs,
    );
  });
}

/**
 * @example
 * nameOf('/anomalies/watches/one-too-many', subjects); // 'watches-watch'
 */
function nameOf(path: string, subjects: Subjects): string {
  const { pathname } = new URL(path, 'http://page');
  const parts = pathname
    .slice(1)
    .split('/')
    .map((part) => Object.entries(subjects).find(([, value]) => value === part)?.[0] ?? part);
  const name = parts.join('-').replace(/^models-(learning-)?answer/, 'model');
  const group =
    /^(recommendations|experiments|personalization|anomalies)-(?=recommendation|experiment|policy|users|watches|alert)/;
  return name === '' ? 'overview' : name.replace(group, '').replace('model-versions', 'versions');
}
