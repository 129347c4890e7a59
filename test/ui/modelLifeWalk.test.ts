/** The pages of model life in a real browser, on the real engine: it trains on the campus, releases, and goes back. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asLines } from '../../cli/lines.ts';
import { AuditAnswer } from '../../contracts/auditApi.ts';
import { ModelLife, ServedAnswer } from '../../contracts/modelLifeApi.ts';
import type { ModelPlan } from '../../contracts/modelPlan.ts';
import { HappeningsAnswer } from '../../contracts/watchApi.ts';
import { createCampus } from '../../sources/campus/campus.ts';
import {
  json,
  ndjson,
  removeDirectory,
  startTestEngine,
  type TestEngine,
  temporaryDirectory,
} from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';
import { isRequired } from '../support/isRequired.ts';
import { lifeActions } from './support/actions.ts';
import { type Contexts, openContexts } from './support/browserPage.ts';
import { findChromium, whatTheBrowserLacks } from './support/chromium.ts';
import {
  enterFirst,
  makeAccount,
  makeFirst,
  makeKey,
  type Person,
  sessionIn,
} from './support/people.ts';
import { type LifeFindings, walkModelLife } from './support/walkModelLife.ts';

const hour = 3_600_000;
const browser = findChromium();
const missing = whatTheBrowserLacks();
if (missing !== '') console.warn(`The walk through model life is skipped: ${missing}`);

test.runIf(isRequired('browser'))('what the walk through model life needs is there', () => {
  expect(missing).toBe('');
});

describe.skipIf(missing !== '')('model life, on the campus', () => {
  const data = temporaryDirectory();
  let at: TestEngine;
  let contexts: Contexts;
  let seen: LifeFindings;
  /** Of the program that sends events; the test reads with it. */
  let key = '';

  const life = () => at.get('/v1/models/answer/life', ModelLife, key);

  async function change(plan: (before: ModelPlan) => ModelPlan): Promise<void> {
    const before = await life();
    const body = { plan: plan(before.plan), revision: before.revision, reason: 'A short trial' };
    const response = await fetch(`${at.url}/v1/models/answer/plan`, {
      method: 'PUT',
      headers: { ...json, authorization: `Bearer ${key}` },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(200);
  }

  beforeAll(async () => {
    at = await startTestEngine(data);
    contexts = await openContexts(browser!);
    const { page } = await sessionIn(await contexts.fresh());
    await makeFirst(page, at.url, person('ada', 'Ada Okafor', 'admin'));
    key = await makeKey(page, at.url, 'Producer', [
      'produce',
      'read',
      'people',
      'operate',
      'audit',
    ]);
    const enter = async (each: Person) => {
      const given = await makeAccount(page, at.url, each);
      const session = await sessionIn(await contexts.fresh());
      await enterFirst(session.page, at.url, each, given);
      // Before somebody is signed in they are asked to.
      session.errors.length = 0;
      return session;
    };
    const operator = await enter(person('maria', 'María Klein', 'operator'));
    const analyst = await enter(person('noor', 'Noor Haddad', 'analyst'));
    const start = Date.now() - 36 * hour;
    const stream = createCampus({ seed: 4, students: 200, intensity: 0.5, start }).open();
    let until = start;
    const send = async (hours: number) => {
      until += hours * hour;
      for (;;) {
        const block = stream.advance(until, 2_000);
        if (block.length === 0) break;
        const headers = { ...ndjson, authorization: `Bearer ${key}` };
        expect((await at.post(asLines(block), headers)).status).toBe(202);
      }
      await at.settle();
    };
    const sendNow = async () => {
      const time = new Date().toISOString();
      const answers = Array.from({ length: 40 }, (_, n) => ({
        ...{ id: `now-${n}`, type: 'answered', time, user: `student-${1_000 + n}` },
        ...{ item: 'item-0001', value: n % 2, context: { skill: 'algebra' } },
      }));
      const headers = { ...json, authorization: `Bearer ${key}` };
      expect((await at.post(JSON.stringify(answers), headers)).status).toBe(202);
      await at.settle();
    };
    await send(27);
    await change((before) => ({
      ...before,
      data: { ...before.data, rowsMin: 500 },
      // A busy machine takes its time, and little was learnt: what gates are for is tried elsewhere.
      gates: {
        ...before.gates,
        latencyMaxMs: 1_000,
        lossMargin: 0.1,
        sliceMargin: 0.5,
        calibrationMax: 0.5,
      },
      release: { ...before.release, canary: [{ share: 0.2, rowsMin: 100_000, durationMs: 0 }] },
    }));
    await eventually(async () => expect((await life()).release?.phase).toBe('shadow'), 120_000);
    seen = await walkModelLife(at.url, {
      ...{ operator, analyst, model: 'answer', pipeline: 'learning', send, sendNow },
      replan: () => change((before) => ({ ...before, data: { ...before.data, rowsMin: 600 } })),
      pictures: process.env['WALK_PICTURES'],
    });
  }, 600_000);
  afterAll(async () => {
    await contexts?.close();
    await at?.stop();
    removeDirectory(data);
  }, 60_000);

  test('a version is trained by itself and shows its evidence before it serves anybody', () => {
    expect(seen.headlines).toMatchObject({
      trained: expect.stringMatching(/^Nothing is being trained\. .* made version 1\.1 of answer/),
      shadow: expect.stringContaining('1.1 predicts beside it in shadow and serves nobody'),
    });
    expect(seen.evidence.shadow).toMatch(/\d labelled predictions/);
    expect(seen.evidence.shadow).toContain('Nobody is served yet');
  });

  test('it is released by hand, made champion, and rolled back, each with what it brings about', () => {
    expect(seen.headlines).toMatchObject({
      aborted: 'The online learner (1) serves everybody; no release is under way.',
      canary:
        'The online learner (1) serves 80 % of users; 1.1 serves 20 % in step 1 of its canary.',
      'rolled back': 'The online learner (1) serves everybody; no release is under way.',
    });
    expect(seen.evidence.canary).toMatch(/\d users against \d/);
    expect(seen.consequences['release']!.join(' ')).toContain('it serves 20\u00a0% of the users');
    expect(seen.consequences['rollback']!.join(' ')).toMatch(
      /^All users, \d+ in the last week, are served by version 1 from the next event on.* Brier score was 0/,
    );
    const served = seen.served
      .map((each) => /Served: [^—]*/.exec(each.replace(/\s/g, ' '))?.[0]?.trim())
      .filter((each) => each !== undefined);
    expect(served).toEqual([
      ...['Served: 1 (100 %)', 'Served: 1 (80 %), 1.1 (20 %)'],
      ...['Served: 1.1 (100 %)', 'Served: 1 (100 %)'],
    ]);
    expect(seen.served.at(-1)).toContain('María Klein');
  });

  test('training by hand is followed, cancelled, and seen by others without being touched', () => {
    expect(seen.headlines['trained by hand']).toMatch(/Version 1\.2 passed all gates/);
    expect(seen.live[1]).toBe(seen.live[0] + 1);
    expect(seen.headlines['cancelled']).toContain('It takes too long');
  });

  test('what must not be done is refused in words', () => {
    expect(seen.refused.delete).toMatch(/^Version 1\.1 of answer is one of the last 5 champions/);
    expect(seen.headlines['deleted']).toMatch(/^Version 1\.2 was deleted/);
    expect(seen.refused.plan).toMatch(/It is at revision \d+ now/);
  });

  test('the plan that was saved is the newest', async () => {
    const { plan } = await life();
    expect(plan.trainer.searchMs).toBe(300_000);
    expect(plan.data.rowsMin).toBe(600);
  });

  test('the page of the model tells who served, and of which version it speaks', () => {
    expect(seen.chosen.slice(1)).toEqual(['1.1', '1']);
    expect(seen.course).toEqual(expect.arrayContaining(['Served by 1', 'Served by 1.1']));
  });

  test('who served at any time can be asked, and what was done is told beside charts', async () => {
    const { served } = await life();
    for (const span of served) {
      const path = `/v1/models/answer/served?at=${span.from}`;
      expect((await at.get(path, ServedAnswer, key)).shares).toEqual(span.shares);
    }
    const { happenings } = await at.get(
      `/v1/happenings?from=${served[0]!.from}&to=${Date.now() + 1}`,
      HappeningsAnswer,
      key,
    );
    const told = happenings
      .filter(({ kind }) => kind === 'deployment' || kind === 'retraining')
      .map(({ sentence }) => sentence);
    expect(told).toEqual([
      expect.stringMatching(/^A retraining run of answer made version 1\.1\. /),
      expect.stringMatching(/^The release of version 1\.1 of answer began\. .*shadow/),
      expect.stringMatching(/^The release of version 1\.1 of answer ended\. Aborted\./),
      expect.stringMatching(/^The release of version 1\.1 of answer began\. .*canary/),
      'Version 1.1 of answer became champion: It is clear enough.',
      expect.stringMatching(/^The release of version 1\.1 of answer ended\. Ended, since 1\.1/),
      expect.stringMatching(/became champion again: Teachers report odd suggestions\.$/),
      expect.stringMatching(/^A retraining run of answer made version 1\.2\. /),
      expect.stringMatching(/^The release of version 1\.2 of answer began\. /),
      expect.stringMatching(/^The release of version 1\.2 of answer ended\. /),
      expect.stringMatching(/^A retraining run of answer ended\. Cancelled by María Klein: /),
    ]);
  });

  test('each step was taken by somebody who may, and stands in the record', async () => {
    expect(seen.undenied).toEqual([]);
    expect([...seen.denied].sort()).toEqual(Object.keys(lifeActions).sort());
    const { entries } = await at.get('/v1/audit?limit=1000&kind=action', AuditAnswer, key);
    const recorded = entries.flatMap(({ act, principal, status }) =>
      principal.name === 'María Klein' && status >= 200 && status < 300 ? [act] : [],
    );
    expect(recorded).toEqual(expect.arrayContaining(Object.values(lifeActions)));
  });

  test('no violation that axe-core finds, no errors, and everything fits a telephone', () => {
    expect(seen.violations).toEqual([]);
    expect(seen.errors).toEqual([]);
  });
});

function person(login: string, name: string, role: Person['role']): Person {
  return { login, name, role, password: `the password of ${login}` };
}
