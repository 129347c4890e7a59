/**
 * Two courses of two institutions on the real engine, and somebody who may see one of them: every route of the API is asked with ids
 * of the other, and answers as for ids that never existed, to the byte but for the id itself.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routePolicy } from '../../api/access/routePolicy.ts';
import { permissions } from '../../contracts/access.ts';
import { ApiKeyMade } from '../../contracts/accessApi.ts';
import { MetricSeries, MetricsAnswer } from '../../contracts/api.ts';
import { AuditAnswer } from '../../contracts/auditApi.ts';
import type { PlacedKind } from '../../contracts/place.ts';
import { BelongingsAnswer, PlacesAnswer } from '../../contracts/placeApi.ts';
import { newCard } from '../../control/insights/cardLife.ts';
import { writeCards } from '../../control/insights/cardRows.ts';
import { scoreFinding } from '../../control/insights/score.ts';
import { noVotes } from '../../control/insights/usefulness.ts';
import { writeAlerts } from '../../control/watching/alertRows.ts';
import { alertSample } from '../support/alertSamples.ts';
import {
  json,
  removeDirectory,
  startTestEngine,
  type TestEngine,
  temporaryDirectory,
} from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';
import { makeExperiment, makeMetric } from '../support/experiments.ts';
import { finding } from '../support/insights.ts';
import { smallCampus } from '../support/smallCampus.ts';

const day = 86_400_000;
const hour = 3_600_000;
const start = Math.floor(Date.now() / day) * day - 3 * day;
const data = temporaryDirectory();
let at: TestEngine;
/** Keys: of the whole engine, and of one course. */
let whole = '';
let own = '';

interface Answer {
  readonly status: number;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: an answer of any route
  readonly body: any;
}

async function ask(key: string, method: string, path: string, body?: object): Promise<Answer> {
  const authorization = key === '' ? {} : { authorization: `Bearer ${key}` };
  const response = await fetch(`${at.url}${path}`, {
    method,
    headers: { ...authorization, ...(body === undefined ? {} : json) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    // Lines, or a document.
  }
  return { status: response.status, text, body: read };
}

/** Which `course` a user rates in, three hours of two days, and a day that closes them. */
function ratings(course: string, size: number) {
  return Array.from({ length: size }, (_, i) => `${course}-student-${i}`).flatMap((user, i) =>
    [8, 9, 13, 49].map((h) => ({
      ...{ id: `${user}-${h}`, type: 'rated', user, item: 'item', value: 1 + ((i + h) % 5) },
      time: new Date(start + h * hour + i * 60_000).toISOString(),
      context: { course },
    })),
  );
}
const events = [
  ...ratings('algebra', 14),
  ...ratings('contracts', 16),
  ...ratings('biology', 12),
  // Too few to be told of.
  ...ratings('analysis', 3),
  ...['algebra', 'contracts'].map((course, i) => ({
    ...{ id: `both-${course}`, type: 'viewed', user: 'student-of-both', item: `in-${course}` },
    time: new Date(start + (50 + i) * hour).toISOString(),
    context: { course, secret: `${course}-only` },
  })),
].sort((a, b) => a.time.localeCompare(b.time));

/** Ids of one course. */
function idsOf(mark: string) {
  return {
    experiment: `experiment-${mark}`,
    policy: `policy-${mark}`,
    watch: `watch-${mark}`,
    model: `model-${mark}`,
    alert: `alert-${mark}`,
    card: `card-${mark}`,
  };
}
const mine = idsOf('mine');
const foreign = idsOf('theirs');
/** As long, and never used. */
const never = idsOf('never');
const users = {
  mine: 'algebra-student-1',
  foreign: 'contracts-student-1',
  never: 'nowherex-student-1',
};

async function define(ids: ReturnType<typeof idsOf>, course: string): Promise<void> {
  const experiment = makeExperiment({ key: ids.experiment, name: ids.experiment });
  const policy = {
    ...{ key: ids.policy, name: ids.policy, algorithm: { name: 'linucb' }, holdout: 0 },
    actions: ['video', 'text'].map((key) => ({ key, name: key, payload: {} })),
    context: { features: [{ kind: 'numeric', field: 'grade', missing: 'refuse' }] },
  };
  const watch = {
    ...{ key: ids.watch, name: ids.watch, lane: 'outcome' },
    source: { kind: 'metric', metric: 'rating', figure: 'mean' },
    judgement: { kind: 'limit', direction: 'above', limit: 1_000 },
    routes: [],
  };
  const made = [
    await ask(whole, 'POST', '/v1/experiments', { experiment, reason: '' }),
    await ask(whole, 'POST', '/v1/policies', { policy, reason: '' }),
    await ask(whole, 'PUT', `/v1/watches/${ids.watch}`, { definition: watch, revision: 0 }),
  ];
  expect(made.map(({ status, text }) => (status < 300 ? 'made' : text))).toEqual(
    made.map(() => 'made'),
  );
  for (const kind of ['experiment', 'policy', 'watch', 'model'] satisfies PlacedKind[]) {
    const body = { place: { level: 'course', name: course }, reason: 'theirs' };
    expect(await ask(whole, 'PUT', `/v1/belongings/${kind}/${ids[kind]}`, body)).toMatchObject({
      status: 200,
    });
  }
  const alert = alertSample({ id: ids.alert, watch: ids.watch, incident: 'one', key: [] });
  await writeAlerts(at.engine.store, [{ alert, actor: 'engine', sentence: '', reason: '' }]);
  const scored = scoreFinding(finding(), { at: start, error: 0, votes: noVotes });
  const about = { kind: 'experiment', key: ids.experiment, name: ids.experiment } as const;
  const card = newCard(ids.card, about, [scored], start);
  await writeCards(at.engine.store, [{ card, actor: 'engine', sentence: 'Found.', note: '' }]);
}

beforeAll(async () => {
  at = await startTestEngine(data, {}, [], { insightKinds: [] });
  const keyOf = async (name: string, scope: unknown) => {
    const body = { name, permissions, scope, expiresAt: null };
    return ApiKeyMade.parse((await ask(whole, 'POST', '/v1/keys', body)).body).key;
  };
  whole = await keyOf('Whole', 'everywhere');
  own = await keyOf('Algebra', [{ course: 'algebra' }]);
  await at.send(events);
  await at.settle();
  const places = { revision: 0, places: smallCampus, reason: 'the spring' };
  expect((await ask(whole, 'PUT', '/v1/places', places)).status).toBe(200);
  await ask(whole, 'POST', '/v1/experiment-metrics', { metric: makeMetric() });
  await define(mine, 'algebra');
  await define(foreign, 'contracts');
}, 180_000);
afterAll(async () => {
  await at?.stop();
  removeDirectory(data);
}, 60_000);

describe('what is of the own course', () => {
  test('is told: definitions, alerts, recommendations', async () => {
    const paths = [
      `/v1/experiments/${mine.experiment}`,
      `/v1/policies/${mine.policy}`,
      `/v1/watches/${mine.watch}/revisions`,
      `/v1/alerts/${mine.alert}`,
      `/v1/insights/${mine.card}`,
      `/v1/users/${users.mine}`,
      `/v1/users/${users.mine}/export`,
    ];
    for (const path of paths)
      expect([path, (await ask(own, 'GET', path)).status]).toEqual([path, 200]);
    const listed = BelongingsAnswer.parse((await ask(own, 'GET', '/v1/belongings')).body);
    expect(listed.belongings.map(({ key }) => key).sort()).toEqual([
      ...[mine.experiment, mine.model, mine.policy, mine.watch],
    ]);
    const answer = PlacesAnswer.parse((await ask(own, 'GET', '/v1/places')).body);
    expect(answer.places.map(({ name }) => name)).toEqual(['north', 'mathematics', 'algebra']);
  });

  test('a metric is the sum of own courses, and theirs alone', async () => {
    const range = `from=${start}&to=${start + 2 * day}&stepMs=${day}`;
    const series = async (key: string, more = '') =>
      MetricSeries.parse((await ask(key, 'GET', `/v1/metrics/rating?${range}${more}`)).body);
    const expected = events.filter(
      (each) => each.id.startsWith('algebra') && Date.parse(each.time) < start + day,
    );
    const sum = expected.reduce((total, each) => total + ('value' in each ? each.value : 0), 0);
    await eventually(async () => {
      const together = await series(own);
      expect(together.points.map((each) => [each.count, each.sum])[0]).toEqual([42, sum]);
      const single = await series(own, '&segment=algebra');
      expect(single.points[0]).toMatchObject({ count: 42, sum });
    });
    expect((await series(whole)).points[0]!.count).toBe(135);
    // To whoever asks for the programme its large course is told, and the small one neither alone nor by the difference.
    expect((await series(whole, '&place=programme:mathematics')).points[0]!.sum).toBe(sum);
    const small = await series(whole, '&place=programme:mathematics&segment=analysis');
    expect(small.points[0]).toMatchObject({ withheld: true, sum: null });
    const { metrics } = MetricsAnswer.parse((await ask(own, 'GET', '/v1/metrics')).body);
    expect(metrics.map(({ metric, segments }) => [metric, segments])).toEqual([
      ['rating', ['algebra']],
    ]);
    for (const metric of ['events', 'latency_ms', 'no_such_metric']) {
      const answer = await ask(own, 'GET', `/v1/metrics/${metric}?segment=viewed`);
      expect([metric, answer.status, answer.body.code]).toEqual([metric, 403, 'NOT_BY_PLACE']);
    }
  });

  test('of a user of two courses the events of one are told', async () => {
    const { status, text } = await ask(own, 'GET', '/v1/users/student-of-both/export');
    expect(status).toBe(200);
    expect(text).toContain('in-algebra');
    expect(text).not.toMatch(/contracts|contracts-only/);
    expect((await ask(whole, 'GET', '/v1/users/student-of-both/export')).text).toContain(
      'in-contracts',
    );
  });

  test('courses that are placed nowhere are told to whoever may see all places', async () => {
    const { unplaced } = PlacesAnswer.parse((await ask(whole, 'GET', '/v1/places')).body);
    expect(unplaced).toEqual([{ course: 'biology', events: 48, lastSeen: expect.any(Number) }]);
  });
});

interface Walked {
  readonly name: string;
  readonly method: string;
  readonly pathOf: (ids: ReturnType<typeof idsOf>, user: string) => string;
}

/** Every route that takes an id, with the id of what its path names. */
function withIds(name: string): Walked | undefined {
  const [method = '', path = ''] = name.split(' ');
  if (!path.includes(':')) return undefined;
  const pathOf = (ids: ReturnType<typeof idsOf>, user: string): string => {
    const of = (param: string): string => {
      if (param === 'user') return user;
      if (param === 'model' || param === 'name') return ids.model;
      if (param === 'id') return path.startsWith('/v1/alerts') ? ids.alert : ids.card;
      if (param === 'kind') return 'experiment';
      if (param === 'version') return '1';
      if (param === 'pipeline') return 'learning';
      if (path.startsWith('/v1/policies')) return ids.policy;
      return path.startsWith('/v1/watches') ? ids.watch : ids.experiment;
    };
    if (path === '/v1/metrics/:metric') return '/v1/metrics/rating';
    return path.replaceAll(/:(\w+)/g, (_, param: string) => encodeURIComponent(of(param)));
  };
  return { name, method, pathOf };
}

const bodies: Readonly<Record<string, object>> = {
  'PUT /v1/belongings/:kind/:key': { place: { level: 'course', name: 'algebra' }, reason: '' },
  'POST /v1/alerts/:id/acknowledge': { actor: 'Algebra' },
  'POST /v1/alerts/:id/close': { actor: 'Algebra' },
  'POST /v1/insights/:id/answer': { answer: 'useful', revision: 1 },
  'POST /v1/insights/:id/accept': { kind: 'fell', revision: 1 },
  'POST /v1/experiments/:key/annotations': { at: start, text: 'here' },
  'POST /v1/experiments/:key/annotations/remove': { at: start, text: 'here' },
};

/** Without the id of the request, and with one word for what was asked for. */
function plain({ status, text }: Answer, ids: ReturnType<typeof idsOf>, user: string): string {
  let told = text.replace(/"requestId":"[^"]*"/, '');
  for (const id of [...Object.values(ids), user]) told = told.replaceAll(id, '(id)');
  return `${status} ${told}`;
}

describe('what is of another course', () => {
  const walked = Object.keys(routePolicy).flatMap((name) => withIds(name) ?? []);

  test('is there for whoever may see all places', async () => {
    for (const name of [
      'GET /v1/experiments/:key',
      'GET /v1/policies/:key',
      'GET /v1/watches/:key/revisions',
      'GET /v1/alerts/:id',
      'GET /v1/insights/:id',
      'GET /v1/users/:user',
    ]) {
      const { pathOf } = withIds(name)!;
      expect([name, (await ask(whole, 'GET', pathOf(foreign, users.foreign))).status]).toEqual([
        name,
        200,
      ]);
    }
  });

  test('answers as what never existed, on every route with an id', async () => {
    expect(walked.length).toBeGreaterThan(60);
    for (const { name, method, pathOf } of walked) {
      if (name === 'GET /v1/metrics/:metric') continue;
      const body = method === 'GET' ? undefined : (bodies[name] ?? {});
      const theirs = await ask(own, method, pathOf(foreign, users.foreign), body);
      const nobodys = await ask(own, method, pathOf(never, users.never), body);
      expect([name, plain(theirs, foreign, users.foreign)]).toEqual([
        name,
        plain(nobodys, never, users.never),
      ]);
      if (routePolicy[name]!.within === 'everyone') continue;
      const { status, body: told } = theirs;
      const expected =
        routePolicy[name]!.within === 'whole' ? [403, 'SCOPE_UNSUPPORTED'] : [404, 'NOT_FOUND'];
      expect([name, status, told.code]).toEqual([name, ...expected]);
    }
  }, 120_000);

  test('neither does a place or a course that is asked for', async () => {
    for (const [path, theirs, none] of [
      ['/v1/metrics/rating?segment=', 'contracts', 'nowherexx'],
      ['/v1/places?place=course:', 'contracts', 'nowherexx'],
      ['/v1/experiments?place=programme:', 'law', 'art'],
      ['/v1/metrics/rating?place=institution:', 'south', 'never'],
    ] as const) {
      const word = (answer: Answer, id: string) =>
        plain(answer, foreign, users.foreign).replaceAll(id, '(id)');
      const told = word(await ask(own, 'GET', `${path}${theirs}`), theirs);
      expect([path, told]).toEqual([path, word(await ask(own, 'GET', `${path}${none}`), none)]);
      expect(told).toMatch(/^404 /);
    }
  });

  test('stands in no list, and no cursor leads there', async () => {
    const hidden = /theirs|contracts|biology|south/;
    const lists = Object.entries(routePolicy).filter(
      ([name, { within }]) =>
        name.startsWith('GET ') &&
        !name.includes(':') &&
        ['placed', 'everyone'].includes(String(within)),
    );
    expect(lists.length).toBeGreaterThan(10);
    const range = `from=0&to=${Date.now() + 365 * day}`;
    for (const [name] of lists) {
      const path = name.slice(4);
      for (const query of [
        '',
        `?${range}`,
        '?limit=500',
        `?subject=experiment:${foreign.experiment}`,
        `?watch=${foreign.watch}`,
      ]) {
        const { text } = await ask(own, 'GET', `${path}${query}`);
        // What was asked for is told again by a refusal.
        const asked = Object.values(foreign).find((id) => query.includes(id));
        const told = asked === undefined ? text : text.replaceAll(asked, '');
        expect([path, query, told.match(hidden)?.[0]]).toEqual([path, query, undefined]);
      }
    }
    const forged = [
      Buffer.from('0:0').toString('base64url'),
      Buffer.from(JSON.stringify({ after: foreign.alert })).toString('base64url'),
      'learning.0.0',
      '../../etc/passwd',
    ];
    for (const path of ['/v1/dead-letters', '/v1/audit', '/v1/objections', '/v1/audit/export']) {
      for (const cursor of forged) {
        const answer = await ask(own, 'GET', `${path}?after=${encodeURIComponent(cursor)}`);
        expect([path, answer.body.code]).toEqual([path, 'SCOPE_UNSUPPORTED']);
      }
    }
    for (const path of ['/v1/alerts', '/v1/insights', '/v1/experiments']) {
      for (const cursor of forged) {
        const answer = await ask(own, 'GET', `${path}?after=${encodeURIComponent(cursor)}`);
        expect([path, answer.status, answer.text.match(hidden)]).toEqual([path, 400, null]);
      }
    }
  }, 120_000);

  test('is not changed by whoever tried', async () => {
    const { body } = await ask(whole, 'GET', `/v1/alerts/${foreign.alert}`);
    expect(body.alert.owner ?? null).toBe(alertSample().owner ?? null);
    const detail = await ask(whole, 'GET', `/v1/experiments/${foreign.experiment}`);
    expect(detail.body).toMatchObject({ revision: 1 });
    const { belongings } = BelongingsAnswer.parse((await ask(whole, 'GET', '/v1/belongings')).body);
    expect(belongings.find(({ key }) => key === foreign.experiment)?.place).toEqual({
      ...{ level: 'course', name: 'contracts' },
    });
  });
});

test('places and belongings are changed under the name of who did it, and stand in the record', async () => {
  const moved = await ask(own, 'PUT', `/v1/belongings/policy/${mine.policy}`, {
    ...{ place: { level: 'course', name: 'algebra' }, reason: 'stays' },
  });
  expect(moved.status).toBe(200);
  const { entries } = AuditAnswer.parse((await ask(whole, 'GET', '/v1/audit?limit=200')).body);
  const acts = entries.map(({ act, subject, reason }) => [act, subject, reason]);
  expect(acts).toContainEqual(['PUT /v1/places', '', 'the spring']);
  expect(acts).toContainEqual(['PUT /v1/belongings/:kind/:key', mine.policy, 'stays']);
});

test('who may see all places and asks for one is told as much as who may see that one', async () => {
  for (const path of ['/v1/experiments', '/v1/policies', '/v1/watches', '/v1/belongings']) {
    const narrowed = await ask(whole, 'GET', `${path}?place=course:algebra`);
    expect([path, narrowed.text]).toEqual([path, (await ask(own, 'GET', path)).text]);
  }
});
