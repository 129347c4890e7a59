/** Report and evaluation over HTTP: the decisions of a simulated bandit in a real ClickHouse, and what each wrong request is told. */
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createQueries } from '../../api/queries/queries.ts';
import { EngineError } from '../../contracts/errors.ts';
import { EvaluationAnswer, type EvaluationLine } from '../../contracts/policyEvaluationApi.ts';
import { EvaluationReplay } from '../../models/evaluation/evaluationReplay.ts';
import { replayPolicy } from '../../models/evaluation/replayedPolicy.ts';
import { rewardPredictor } from '../../models/evaluation/rewardPredictor.ts';
import { startTestClickHouse, type TestClickHouse } from '../support/clickhouse.ts';
import { insertDecisions } from '../support/policyRows.ts';
import { arms, banditPolicy, expert, playBandit } from '../support/simulatedBandit.ts';
import { policyDeskOf, queriesOf, serverOf } from './fakes.ts';

const policy = banditPolicy();
const choices = playBandit(1_200, 3);

let clickhouse: TestClickHouse;
let app: FastifyInstance;

beforeAll(async () => {
  clickhouse = await startTestClickHouse();
  const store = await clickhouse.database('policy_worth');
  const rows = choices.map((each, i) => ({
    ...each,
    // Two partitions; what is not a decision lies between.
    ...{ partition: i % 2, offset: 40 * i, user: `u${i % 90}`, decision: each.id },
    ...{ closed: i < 1_150, rewardedAt: each.reward === 1 ? each.knownAt : null, segments: [] },
    reward: i < 1_150 ? each.reward : null,
  }));
  await insertDecisions(store, 'tutor', rows);
  const { stages: _, ...definition } = policy;
  const policies = policyDeskOf();
  await policies.registry.create({ ...definition, state: 'draft' }, { actor: 'a', reason: '' });
  app = serverOf({ policies, queries: createQueries(store) });
}, 60_000);
afterAll(() => clickhouse.close());

async function evaluate(payload: object, server = app) {
  const response = await server.inject({
    ...{ method: 'POST', url: '/v1/policies/tutor/evaluate', headers: { host: 'localhost' } },
    payload,
  });
  return { status: response.statusCode, body: response.json() };
}

const { key: _, name: __, ...expertise } = expert;
const candidates = [
  'uniform',
  'control',
  { ...expertise, key: 'expert' },
  { key: 'learner', algorithm: { name: 'squarecb' } },
];

describe('an evaluation', () => {
  test('of the log in ClickHouse is that of the decisions themselves', async () => {
    const { status, body } = await evaluate({ candidates });
    expect(status).toBe(200);
    const answer = EvaluationAnswer.parse(body);
    expect(answer).toMatchObject({
      ...{ policy: 'tutor', decisions: 1_150, certain: 0 },
      setAside: { open: 50, withoutEvent: 0, withoutPropensities: 0 },
      from: choices[0]!.time,
      to: choices[1_149]!.time,
    });
    // What came at the horizon's end is learnt then.
    const horizon = policy.reward.horizonMs;
    const direct = new EvaluationReplay({
      candidates: [expert, banditPolicy({ algorithm: { name: 'squarecb' } })].map(replayPolicy),
      predictor: rewardPredictor(policy),
      ...{ logged: policy, bounds: [0, 1], alpha: 0.05 },
    });
    for (const each of choices.slice(0, 1_150)) {
      direct.take(each.reward === 1 ? each : { ...each, knownAt: each.time + horizon });
    }
    const { policies } = direct.read().evaluation;
    for (const [i, name] of ['expert', 'learner'].entries()) {
      const found = answer.candidates.find(({ candidate }) => candidate === name)!;
      expect(found.value.snips.estimate).toBeCloseTo(policies[i]!.value.snips.estimate, 9);
      expect(found.value.doublyRobust.low).toBeCloseTo(policies[i]!.value.doublyRobust.lower, 9);
    }
    const uniform = answer.candidates.find(({ candidate }) => candidate === 'uniform')!;
    expect(uniform.value.snips).toEqual(answer.uniform.snips);
  });

  test('ranks the candidates and says why', async () => {
    const { ranking } = EvaluationAnswer.parse((await evaluate({ candidates })).body);
    expect(ranking.map(({ place }) => place)).toEqual([1, 2, 3, 4, 5]);
    expect(ranking[0]).toMatchObject({ candidate: 'expert' });
    expect(ranking[0]!.reason).toMatch(/^Would have earned 0\.\d+ a decision .* logged/);
    expect(ranking.map(({ candidate }) => candidate)).toContain('logged');
  });

  test('comes in lines where they are asked for, the evaluation last', async () => {
    const { headers, body } = await app.inject({
      ...{ method: 'POST', url: '/v1/policies/tutor/evaluate' },
      headers: { host: 'localhost', accept: 'application/x-ndjson' },
      payload: { candidates },
    });
    expect(headers['content-type']).toBe('application/x-ndjson');
    const lines = body
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as EvaluationLine);
    expect(lines.at(-1)).toHaveProperty('evaluation.decisions', 1_150);
    expect(lines.slice(0, -1).every((line) => 'progress' in line)).toBe(true);
  });

  test.each([
    [{ candidates: ['nobody'] }, /There is no policy nobody/],
    [{ candidates: [{ algorithm: { name: 'oracle' } }] }, /expected one of linucb/],
    [{ candidates: [{ floor: 7 }] }, /floor/],
    [
      { candidates: [{ context: { features: [{ kind: 'numeric', field: 'age' }] } }] },
      /age, which no decision of the log has\. Send it/,
    ],
    [{ candidates: ['uniform'], from: choices[0]!.time - 10, to: choices[0]!.time }, /longer time/],
  ])('that the log does not allow is refused, with what to do: %#', async (query, sentence) => {
    const { status, body } = await evaluate(query);
    expect({ status, code: body.code }).toEqual({ status: 422, code: 'EVALUATION_IMPOSSIBLE' });
    expect(body.detail).toMatch(sentence);
  });

  test('of too long a time, or without ClickHouse, is refused', async () => {
    const policies = policyDeskOf();
    const { stages: ___, ...definition } = policy;
    await policies.registry.create({ ...definition, state: 'draft' }, { actor: 'a', reason: '' });
    const big = { pipeline: 'learn', partition: 0, decisions: 900_000, open: 0, first: 0, last: 1 };
    const large = serverOf({
      policies,
      queries: createQueries({ query: async () => [big] as never }),
    });
    expect(await evaluate({}, large)).toMatchObject({
      status: 422,
      body: { code: 'RANGE_TOO_LARGE', detail: expect.stringContaining('500,000') },
    });
    const away = async () => {
      throw new EngineError('SINK_UNAVAILABLE', 'gone');
    };
    const silent = serverOf({
      policies,
      queries: queriesOf({ policyLog: away, policyReport: away }),
    });
    expect(await evaluate({}, silent)).toMatchObject({ status: 503 });
  });
});

describe('a report', () => {
  test('is answered for a policy that is there', async () => {
    const get = (url: string) => app.inject({ url, headers: { host: 'localhost' } });
    const response = await get('/v1/policies/tutor/report');
    expect(response.statusCode).toBe(200);
    const { actions, worth } = response.json();
    expect(actions.map(({ action }: { action: string }) => action)).toEqual([...arms]);
    expect(worth.policy.decisions).toBe(1_150);
    expect((await get('/v1/policies/nobody/report')).statusCode).toBe(404);
    expect((await get('/v1/policies/tutor/report?from=5&to=4')).statusCode).toBe(400);
  });
});
