/** Experiments over HTTP: definitions, moves, metrics, plans; who gets what, and which exposures are written for it. */
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EventsAnswer } from '../../contracts/api.ts';
import { EngineError } from '../../contracts/errors.ts';
import {
  DecisionsAnswer,
  ExperimentDetail,
  ExperimentsAnswer,
  ExperimentWritten,
  MetricFiguresAnswer,
  PlanAnswer,
} from '../../contracts/experimentApi.ts';
import type { ExperimentResult } from '../../contracts/experimentResult.ts';
import type { ExperimentRegistry } from '../../control/experiments/registry.ts';
import { assign } from '../../models/assignment/assign.ts';
import { makeExperiment, makeMetric } from '../support/experiments.ts';
import { now, queriesOf, registryOf, serverOf } from './fakes.ts';

let app: FastifyInstance;
let registry: ExperimentRegistry;
let clock = now;
/** Bodies that were sent into the log. */
let sent: { id: string; user: string; time: number; context: Record<string, unknown> }[] = [];
let answer: EventsAnswer | Error;
/** Of the newest result, what is asked for; undefined: there is none. */
let shownResult: object | undefined;

beforeEach(() => {
  shownResult = undefined;
  clock = now;
  sent = [];
  answer = { accepted: 1, refused: 0, refusals: [] };
  registry = registryOf({ clock: () => clock, eventTypes: async () => new Set(['answered']) });
  app = serverOf({
    clock: () => clock,
    experiments: {
      registry,
      fresh: () => undefined,
      certificate: async (key) => (key === 'hints' ? { of: key } : undefined),
    },
    queries: queriesOf({
      exposedUnits: async () => new Map([['hints', 12]]),
      latestResult: async () => shownResult as ExperimentResult | undefined,
    }),
    ingest: {
      async ingest(body, contentType) {
        expect(contentType).toBe('application/x-ndjson');
        if (answer instanceof Error) throw answer;
        const lines = new TextDecoder().decode(body).split('\n');
        sent.push(...lines.map((line) => JSON.parse(line)));
        return answer;
      },
    },
  });
});
afterEach(() => app.close());

type Method = 'GET' | 'POST' | 'PUT';

async function ask(method: Method, url: string, payload?: object, headers: object = {}) {
  const response = await app.inject({
    method,
    url,
    headers: { host: 'localhost', ...headers },
    ...(payload !== undefined && { payload }),
  });
  return { status: response.statusCode, headers: response.headers, body: response.json() };
}

const payloads = [
  { key: 'without', name: 'Without hints', weight: 0.5, payload: { hints: 0 } },
  { key: 'with', name: 'With hints', weight: 0.5, payload: { hints: 3 } },
];

/** Created and, unless it stays a draft, started. */
async function running(input: object = {}): Promise<void> {
  await ask('POST', '/v1/experiment-metrics', { metric: makeMetric() });
  const experiment = { ...makeExperiment({ variants: payloads }), ...input };
  const made = await ask('POST', '/v1/experiments', { experiment });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  const started = await ask('POST', `/v1/experiments/${experiment.key}/start`);
  expect(started.status, JSON.stringify(started.body)).toBe(200);
}

describe('definitions', () => {
  test('are made, started, ramped and stopped, each answer by its schema', async () => {
    await running({ traffic: 0.2 });
    clock += 60_000;
    const before = ExperimentDetail.parse((await ask('GET', '/v1/experiments/hints')).body);
    expect(before).toMatchObject({ revision: 2, problems: [], result: null });
    expect(before.metrics.map(({ key }) => key)).toEqual(['solved']);
    expect(before.record.map(({ change }) => change)).toEqual(['Started', 'Created']);
    const ramped = await ask('PUT', '/v1/experiments/hints', {
      experiment: { ...before.experiment, traffic: 1 },
      revision: 2,
      reason: 'all is well',
    });
    expect(ramped.status).toBe(200);
    expect(ExperimentWritten.parse(ramped.body)).toMatchObject({
      outcome: 'new stage',
      revision: 3,
      experiment: { stages: [{ traffic: 0.2 }, { traffic: 1, startAt: now + 60_000 }] },
    });
    const decision = { verdict: 'ship', variant: 'with' };
    clock += 60_000;
    const stopped = await ask('POST', '/v1/experiments/hints/stop', { reason: 'good', decision });
    expect(stopped.body).toMatchObject({ experiment: { state: 'stopped', decision } });
    const { experiments } = ExperimentsAnswer.parse((await ask('GET', '/v1/experiments')).body);
    expect(experiments).toEqual([
      {
        key: 'hints',
        name: 'Hints',
        state: 'stopped',
        revision: 4,
        startedAt: now,
        endedAt: now + 120_000,
        exposed: 12,
        primary: 'solved',
        verdict: null,
        sampleRatioAlarm: false,
        decision,
      },
    ]);
    const after = ExperimentDetail.parse((await ask('GET', '/v1/experiments/hints')).body);
    expect(after.record[0]).toEqual({
      revision: 4,
      at: now + 120_000,
      actor: 'administrator',
      reason: 'good',
      change: 'Stopped: "with" is shipped',
    });
  });

  test('that will not do are refused with the sentence; the codes say how', async () => {
    await running();
    const experiment = makeExperiment({ variants: payloads });
    const put = (body: object) => ask('PUT', '/v1/experiments/hints', body);
    const cases: [Promise<{ status: number; body: object }>, number, object][] = [
      [ask('GET', '/v1/experiments/tips'), 404, { code: 'NOT_FOUND' }],
      [ask('POST', '/v1/experiments/tips/start'), 404, { code: 'NOT_FOUND' }],
      [ask('POST', '/v1/experiments', { experiment }), 409, { code: 'KEY_TAKEN' }],
      [
        ask('POST', '/v1/experiments', { experiment: { key: 'no key' } }),
        400,
        {
          code: 'REQUEST_INVALID',
          issues: expect.arrayContaining([expect.objectContaining({ at: 'experiment.key' })]),
        },
      ],
      [put({ experiment }), 400, { code: 'REQUEST_INVALID' }],
      [put({ experiment, revision: 1 }), 409, { code: 'REVISION_STALE', revision: 2 }],
      [
        put({ experiment: { ...experiment, state: 'running', control: 'with' }, revision: 2 }),
        422,
        {
          code: 'EXPERIMENT_REFUSED',
          detail: expect.stringContaining('The control is what everything'),
          problems: [{ severity: 'problem', field: '', sentence: expect.any(String) }],
        },
      ],
      [ask('POST', '/v1/experiments/hints/resume'), 422, { code: 'EXPERIMENT_REFUSED' }],
      [ask('POST', '/v1/experiments/hints/stop', { why: 'so' }), 400, { code: 'REQUEST_INVALID' }],
      [ask('GET', '/v1/experiments?state=draft'), 400, { code: 'REQUEST_INVALID' }],
    ];
    for (const [asked, status, body] of cases) {
      const answered = await asked;
      expect(answered.status, JSON.stringify(answered.body)).toBe(status);
      expect(answered.body).toMatchObject(body);
    }
  });

  test('are changed by whom the request names, who is not the engine', async () => {
    const maria = { 'millrace-actor': 'Mar%C3%ADa K.' };
    await ask('POST', '/v1/experiment-metrics', { metric: makeMetric() }, maria);
    const experiment = makeExperiment();
    await ask('POST', '/v1/experiments', { experiment }, maria);
    await ask('PUT', '/v1/experiments/hints', { experiment, revision: 1 }, maria);
    await ask('POST', '/v1/experiments/hints/annotations', { text: 'x' }, maria);
    await ask('POST', '/v1/experiments/hints/start', undefined, maria);
    await ask('POST', '/v1/experiments/hints/pause');
    const { record } = (await ask('GET', '/v1/experiments/hints')).body;
    expect(record.map(({ actor }: { actor: string }) => actor)).toEqual([
      'administrator',
      ...Array.from({ length: 4 }, () => 'María K.'),
    ]);
    for (const name of ['engine', '%FF', 'x'.repeat(101)]) {
      const headers = { 'millrace-actor': name };
      expect(await ask('POST', '/v1/experiments/hints/resume', {}, headers)).toMatchObject({
        status: 400,
        body: { code: 'REQUEST_INVALID', issues: [{ at: 'millrace-actor' }] },
      });
    }
  });

  test('are annotated, without a revision and in any state', async () => {
    await running();
    const url = '/v1/experiments/hints/annotations';
    clock += 60_000;
    const noted = await ask('POST', url, { text: ' Fire drill ' });
    expect(ExperimentWritten.parse(noted.body)).toMatchObject({
      outcome: 'in place',
      revision: 3,
      experiment: { annotations: [{ at: clock, text: 'Fire drill' }] },
    });
    await ask('POST', '/v1/experiments/hints/stop');
    const earlier = { at: now - 5, text: 'Holidays begin' };
    expect((await ask('POST', url, earlier)).body.experiment.annotations[0]).toEqual(earlier);
    const removed = await ask('POST', `${url}/remove`, earlier);
    expect(removed.body.experiment.annotations).toEqual([{ at: clock, text: 'Fire drill' }]);
    expect(await ask('POST', `${url}/remove`, earlier)).toMatchObject({
      status: 200,
      body: { revision: 6 },
    });
    for (const body of [{}, { text: ' ' }, { text: 'x', at: 0.5 }, { text: '\ud800' }]) {
      expect((await ask('POST', url, body)).body).toMatchObject({ code: 'REQUEST_INVALID' });
    }
    expect((await ask('POST', `${url}/remove`, { text: 'x' })).status).toBe(400);
    expect((await ask('POST', '/v1/experiments/no/annotations', earlier)).status).toBe(404);
  });

  test('are moved without a body, whatever content type is named', async () => {
    await running();
    const pause = (payload: string) =>
      app.inject({
        method: 'POST',
        url: '/v1/experiments/hints/pause',
        headers: { host: 'localhost', 'content-type': 'application/json' },
        payload,
      });
    expect((await pause('{')).json()).toMatchObject({ status: 400 });
    expect((await pause('{"__proto__":{"reason":"x"}}')).statusCode).toBe(400);
    expect((await pause('')).json()).toMatchObject({ experiment: { state: 'paused' } });
  });

  test('are judged before they are stored', async () => {
    const check = async (experiment: unknown) =>
      (await ask('POST', '/v1/experiments/check', { experiment })).body.problems;
    expect(await check(makeExperiment())).toMatchObject([
      {
        severity: 'problem',
        field: 'metrics',
        sentence: expect.stringContaining('no metric "solved"'),
      },
    ]);
    expect(await check({ ...makeExperiment(), alpha: 2 })).toMatchObject([{ field: 'alpha' }]);
    await ask('POST', '/v1/experiment-metrics', {
      metric: makeMetric({ filter: { field: 'type', is: 'sung' } }),
    });
    expect(await check(makeExperiment())).toMatchObject([
      { sentence: expect.stringContaining('No event feeds the metric') },
    ]);
    expect((await ask('GET', '/v1/experiments')).body.experiments).toEqual([]);
  });

  test('of metrics: made, read, changed, kept while in use', async () => {
    const metric = makeMetric();
    const made = await ask('POST', '/v1/experiment-metrics', { metric });
    expect([made.status, made.body]).toEqual([201, { metric, revision: 1 }]);
    expect((await ask('POST', '/v1/experiment-metrics', { metric })).status).toBe(409);
    const change = (windowMs: number, revision: number) =>
      ask('PUT', '/v1/experiment-metrics/solved', { metric: { ...metric, windowMs }, revision });
    expect(await change(5_000, 1)).toMatchObject({ status: 200, body: { revision: 2 } });
    expect(await change(6_000, 1)).toMatchObject({ status: 409, body: { revision: 2 } });
    expect(await change(1, 2)).toMatchObject({
      status: 400,
      body: { issues: [{ at: 'metric.windowMs' }] },
    });
    expect((await ask('PUT', '/v1/experiment-metrics/no', { metric, revision: 1 })).status).toBe(
      404,
    );
    await running();
    expect(await change(6_000, 2)).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining('is live with the metric') },
    });
    const listed = await ask('GET', '/v1/experiment-metrics');
    expect(listed.body).toEqual({
      metrics: [{ metric: { ...metric, windowMs: 5_000 }, revision: 2 }],
    });
  });

  test('have a certificate and a course once there are results', async () => {
    await running();
    await running({ key: 'tips', salt: 'tips' });
    const found = await ask('GET', '/v1/experiments/hints/certificate');
    expect(found.body).toEqual({ of: 'hints' });
    expect(found.headers['content-disposition']).toContain('hints.certificate.json');
    expect((await ask('GET', '/v1/experiments/tips/certificate')).status).toBe(404);
    const course = await ask('GET', '/v1/experiments/hints/course');
    expect(course.body).toEqual({
      metric: 'solved',
      variant: 'with',
      threshold: Math.log(20),
      points: [],
    });
    expect((await ask('GET', '/v1/experiments/hints/course?metric=no')).status).toBe(404);
    expect((await ask('GET', '/v1/experiments/hints/course?variant=no')).status).toBe(404);
  });
});

describe('figures of a metric', () => {
  const figuresOf = (query = '') => ask('GET', `/v1/experiment-metrics/solved/figures${query}`);

  test('are those of the newest experiment that has enough; null without one', async () => {
    await running();
    expect((await figuresOf()).body).toEqual({ figures: null });
    shownResult = {
      at: 5,
      metrics: [
        {
          ...{ metric: 'solved', role: 'primary', kind: 'binary', comparisons: [] },
          arms: [
            { variant: 'without', units: 900, immature: 0, mean: 0.4, deviation: 0.49 },
            { variant: 'with', units: 880, immature: 0, mean: 0.5, deviation: 0.5 },
          ],
        },
      ],
    };
    const { figures } = MetricFiguresAnswer.parse((await figuresOf()).body);
    expect(figures).toEqual({
      ...{ experiment: 'hints', at: 5, unit: 'user', units: 900 },
      ...{ mean: 0.4, deviation: 0.49, cluster: null },
    });
    // No experiment has assigned classes.
    expect((await figuresOf('?unit=class')).body).toEqual({ figures: null });
    const unknown = await ask('GET', '/v1/experiment-metrics/none/figures');
    expect(unknown.status).toBe(404);
  });
});

describe('a plan', () => {
  const query = { kind: 'binary', mean: 0.1, minimumEffect: 0.02, unitsPerDay: 1_000 };

  // Power rises with days and effect; what is found with 80 % by the 80 % day is the effect that was asked for.
  test('agrees with itself', async () => {
    const plan = PlanAnswer.parse((await ask('POST', '/v1/experiments/plan', query)).body);
    expect(plan.curve.length).toBe(90);
    const { days80, days90, daysExpected, curve } = plan;
    expect(days80).toBeGreaterThan(daysExpected!);
    expect(days90).toBeGreaterThan(days80!);
    expect(curve[days80! - 1]!.power).toBeGreaterThanOrEqual(0.8);
    expect(curve[days80! - 2]!.power).toBeLessThan(0.8);
    expect(curve[days80! - 1]!.detectable).toBeLessThan(0.02 * 1.005);
    expect(curve[days80! - 2]!.detectable).toBeGreaterThan(0.02 * 0.995);
    for (let i = 1; i < 90; i += 1) {
      expect(curve[i]!.power).toBeGreaterThanOrEqual(curve[i - 1]!.power);
      expect(curve[i]!.detectable).toBeLessThan(curve[i - 1]!.detectable!);
    }
    const clusters = { ...query, cluster: { size: 25, correlation: 0.1 } };
    const slower = PlanAnswer.parse((await ask('POST', '/v1/experiments/plan', clusters)).body);
    expect(slower.days80).toBeGreaterThan(2 * days80!);
  });

  test.each([
    [{ mean: 1 }, 'mean: expected a share in (0, 1)'],
    [{ minimumEffect: 0.95 }, 'no share changes by so much'],
    [{ split: [0.5, 0.4] }, 'split: expected two probabilities'],
    [{ kind: 'continuous' }, 'deviation: expected one'],
    [{ kind: 'continuous', deviation: 1, cap: [1, 2] }, 'mean: expected in [1, 2]'],
  ])('with %o is refused', async (change, sentence) => {
    const refused = await ask('POST', '/v1/experiments/plan', { ...query, ...change });
    expect(refused).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining(sentence) },
    });
  });
});

describe('decisions', () => {
  const decide = (body: object) => ask('POST', '/v1/decisions', body);

  test('are those of the assignment, their exposures written before the answer', async () => {
    await running({ segments: ['grade', 'school.kind', 'none'] });
    await running({ key: 'tips', salt: 'tips', targeting: { field: 'grade', atLeast: 9 } });
    const attributes = { grade: 8, school: { kind: 'x'.repeat(100) } };
    const answered = await decide({ user: 'ada', attributes });
    const { decisions } = DecisionsAnswer.parse(answered.body);
    const { experiment } = registry.inForce('hints')!;
    const expected = assign(experiment, 1, 'ada');
    expect(decisions).toEqual([
      {
        experiment: 'hints',
        variant: expected.variant,
        payload: payloads[expected.index]!.payload,
        probability: 0.5,
        stage: 1,
        reason: 'assigned',
        exposed: true,
      },
      {
        experiment: 'tips',
        variant: null,
        payload: payloads[0]!.payload,
        probability: null,
        stage: null,
        reason: 'targeted out',
        exposed: false,
      },
    ]);
    const context = {
      experiment: 'hints',
      variant: expected.variant,
      probability: 0.5,
      stage: 1,
      segments: { grade: 8, 'school.kind': 'x'.repeat(64) },
    };
    expect(sent).toEqual([
      { id: expect.any(String), type: 'exposure', time: now, user: 'ada', context },
    ]);
    // Within the hour the id is the same, and so a duplicate; afterwards another.
    clock = now + 59 * 60_000;
    await decide({ user: 'ada' });
    clock = now + 60 * 60_000;
    await decide({ user: 'ada' });
    expect(sent[1]!.id).toBe(sent[0]!.id);
    expect(sent[2]!.id).not.toBe(sent[0]!.id);
  });

  test('write the numbers that covariates read into the exposure', async () => {
    const cap: [number, number] = [0, 20];
    const covariates = ['context.age', 'context.pupil.age', 'context.name', 'context.bold'].map(
      (field) => ({ of: 'exposure' as const, field, cap }),
    );
    await running({ metrics: [{ metric: 'solved', role: 'primary', covariates }] });
    const attributes = { age: 12, name: 'Ada', bold: true, pupil: { age: 3 }, other: 4 };
    await decide({ user: 'ada', attributes });
    const { context } = sent[0] as { context: object };
    expect(context).toMatchObject({ age: 12, bold: true });
    for (const absent of ['name', 'pupil', 'other']) expect(context).not.toHaveProperty(absent);
  });

  test('without exposures, of named experiments, of those that do not run', async () => {
    await running();
    await running({ key: 'tips', salt: 'tips' });
    await ask('POST', '/v1/experiments/tips/pause');
    const body = { user: 'ada', experiments: ['tips', 'hints', 'tips'], expose: false };
    const { decisions } = DecisionsAnswer.parse((await decide(body)).body);
    expect(decisions).toMatchObject([
      { experiment: 'tips', variant: null, reason: 'paused', exposed: false },
      { experiment: 'hints', reason: 'assigned', exposed: false },
    ]);
    expect(sent).toEqual([]);
    const decision = { verdict: 'ship', variant: 'with' };
    await ask('POST', '/v1/experiments/tips/stop', { decision });
    const shipped = DecisionsAnswer.parse((await decide({ ...body, expose: true })).body);
    expect(shipped.decisions[0]).toMatchObject({
      variant: 'with',
      payload: { hints: 3 },
      reason: 'shipped',
      exposed: false,
    });
    expect(sent.length).toBe(1);
    expect((await decide({ user: 'ada', experiments: ['none'] })).status).toBe(404);
  });

  test('of clusters go by the attribute and log it', async () => {
    await running({ unit: 'class' });
    const decisions = await Promise.all(
      ['ada', 'bob'].map(async (user) => {
        const { body } = await decide({ user, attributes: { class: '7b' } });
        return body.decisions[0].variant;
      }),
    );
    expect(decisions[0]).toBe(decisions[1]);
    expect(sent.map(({ user, context }) => [user, context['unit']])).toEqual([
      ['ada', '7b'],
      ['bob', '7b'],
    ]);
    const { body } = await decide({ user: 'cem' });
    expect(body.decisions).toMatchObject([{ variant: null, exposed: false }]);
    expect(body.decisions[0].reason).toBe('the attributes have no "class", by which it assigns');
  });

  test('by the stage in force: one that begins later waits', async () => {
    await running({ traffic: 0.3 });
    const { experiment } = registry.experiment('hints')!.record;
    clock += 60_000;
    const body = { experiment: { ...experiment, traffic: 1 }, revision: 2 };
    await ask('PUT', '/v1/experiments/hints', body);
    const users = Array.from({ length: 60 }, (_, i) => `user-${i}`);
    const variants = async () =>
      Promise.all(users.map(async (user) => (await decide({ user })).body.decisions[0].variant));
    const all = await variants();
    clock -= 30_000;
    const some = await variants();
    expect(all.filter((variant) => variant === null)).toEqual([]);
    expect(some.filter((variant) => variant !== null).length).toBeLessThan(40);
    some.forEach((variant, i) => {
      if (variant !== null) expect(variant).toBe(all[i]);
    });
  });

  test('are not given when the log does not take the exposure, or the user is none', async () => {
    await running();
    answer = new EngineError('LOG_FULL', 'no room');
    expect(await decide({ user: 'ada' })).toMatchObject({
      status: 503,
      body: { code: 'LOG_FULL' },
    });
    const refusals = [{ index: 0, code: 'EXPOSURE_INVALID', reason: 'context.unit: no' }];
    answer = { accepted: 0, refused: 1, refusals };
    expect(await decide({ user: 'ada' })).toMatchObject({
      status: 400,
      body: { detail: 'The exposure was refused: context.unit: no' },
    });
    for (const user of ['', 'a\0b', 'x'.repeat(257), 7]) {
      expect((await decide({ user })).status).toBe(400);
    }
  });
});

describe('flags', () => {
  const evaluate = (key: string, context?: object) =>
    ask('POST', `/ofrep/v1/evaluate/flags/${key}`, { context });
  const bulk = (context: object, headers = {}) =>
    ask('POST', '/ofrep/v1/evaluate/flags', { context }, headers);

  test('one by one are evaluated and exposed', async () => {
    await running();
    const answered = await evaluate('hints', { targetingKey: 'ada' });
    const { variant, index } = assign(registry.inForce('hints')!.experiment, 1, 'ada');
    expect(answered).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } });
    expect(answered.body).toEqual({
      key: 'hints',
      reason: 'SPLIT',
      variant,
      value: payloads[index]!.payload,
      metadata: { assignment: 'assigned', probability: 0.5, stage: 1 },
    });
    expect(sent).toMatchObject([
      { user: 'ada', context: { experiment: 'hints', variant, stage: 1 } },
    ]);
    await ask('POST', '/v1/experiments/hints/pause');
    expect((await evaluate('hints', { targetingKey: 'ada' })).body).toMatchObject({
      reason: 'DISABLED',
      value: { hints: 0 },
    });
    expect(sent.length).toBe(1);
  });

  test('fail in the form of the protocol', async () => {
    await running();
    expect(await evaluate('none', { targetingKey: 'ada' })).toMatchObject({
      status: 404,
      body: { key: 'none', errorCode: 'FLAG_NOT_FOUND' },
    });
    expect(await evaluate('hints', {})).toMatchObject({
      status: 400,
      body: { key: 'hints', errorCode: 'TARGETING_KEY_MISSING' },
    });
    expect(await evaluate('hints', [])).toMatchObject({
      status: 400,
      body: { key: 'hints', errorCode: 'PARSE_ERROR', errorDetails: expect.any(String) },
    });
    answer = new EngineError('OVERLOADED', 'too much');
    expect(await evaluate('hints', { targetingKey: 'ada' })).toMatchObject({
      status: 503,
      body: { key: 'hints', errorCode: 'GENERAL', errorDetails: 'too much' },
    });
    expect(await bulk({ targetingKey: '\ud800' })).toMatchObject({
      status: 400,
      body: { errorCode: 'INVALID_CONTEXT' },
    });
    const broken = await app.inject({
      method: 'POST',
      url: '/ofrep/v1/evaluate/flags',
      headers: { host: 'localhost', 'content-type': 'application/json' },
      payload: '{',
    });
    expect([broken.statusCode, broken.json().errorCode]).toEqual([400, 'PARSE_ERROR']);
  });

  test('of a cluster nobody is named in is evaluated, and no exposure is written', async () => {
    await running({ unit: 'class' });
    expect((await evaluate('hints', { class: '7b' })).body).toMatchObject({ reason: 'SPLIT' });
    expect(sent).toEqual([]);
    await evaluate('hints', { class: '7b', targetingKey: 'ada' });
    expect(sent).toMatchObject([{ user: 'ada', context: { unit: '7b' } }]);
  });

  test('in bulk have a tag that changes with any of them, and write no exposure', async () => {
    await running();
    await running({ key: 'tips', salt: 'tips' });
    const first = await bulk({ targetingKey: 'ada' });
    expect(first.body.flags.map(({ key }: { key: string }) => key)).toEqual(['hints', 'tips']);
    const { etag } = first.headers;
    const again = (context: object) =>
      app.inject({
        method: 'POST',
        url: '/ofrep/v1/evaluate/flags',
        headers: { host: 'localhost', 'if-none-match': `${etag}` },
        payload: { context },
      });
    const unmodified = await again({ targetingKey: 'ada' });
    expect([unmodified.statusCode, unmodified.body, unmodified.headers.etag]).toEqual([
      304,
      '',
      etag,
    ]);
    expect((await again({ targetingKey: 'bob' })).statusCode).toBe(200);
    await ask('POST', '/v1/experiments/tips/pause');
    expect((await again({ targetingKey: 'ada' })).statusCode).toBe(200);
    expect(sent).toEqual([]);
  });
});
