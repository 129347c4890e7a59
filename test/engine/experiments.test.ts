/** An experiment's life over HTTP on the real engine: defined, started, asked for, ramped, stopped; and what was counted of it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  DecisionsAnswer,
  ExperimentDetail,
  ExperimentsAnswer,
} from '../../contracts/experimentApi.ts';
import { OfrepBulkAnswer, OfrepEvaluation } from '../../contracts/ofrep.ts';
import {
  json,
  removeDirectory,
  startTestEngine,
  type TestEngine,
  temporaryDirectory,
} from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';
import { makeExperiment, makeMetric } from '../support/experiments.ts';

const data = temporaryDirectory();
let at: TestEngine;
beforeAll(async () => {
  at = await startTestEngine(data);
}, 120_000);
afterAll(async () => {
  await at?.stop();
  removeDirectory(data);
}, 60_000);

async function ask(method: string, path: string, body?: object) {
  const response = await fetch(`${at.url}${path}`, {
    method,
    ...(body !== undefined && { headers: json, body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

/** Units by variant and stage, as the data plane has counted them. */
const counted = () =>
  at.engine.store.query<{ variant: number; stage: number; units: number }>(
    `SELECT variant, stage, toUInt32(sum(units)) AS units FROM experiment_exposures FINAL
     WHERE experiment = 'hints' GROUP BY variant, stage ORDER BY stage, variant`,
  );

async function expectUnits(units: number) {
  return eventually(async () => {
    const rows = await counted();
    expect(rows.reduce((sum, row) => sum + row.units, 0)).toBe(units);
    return rows;
  });
}

const users = Array.from({ length: 40 }, (_, i) => `user ${i}`);

describe('an experiment', () => {
  test('is refused while no event feeds its metric, and starts when one does', async () => {
    expect((await ask('POST', '/v1/experiment-metrics', { metric: makeMetric() })).status).toBe(
      201,
    );
    const experiment = makeExperiment({ traffic: 0.5 });
    const made = await ask('POST', '/v1/experiments', { experiment, reason: 'to learn' });
    expect(made.status).toBe(201);
    const early = await ask('POST', '/v1/experiments/hints/start');
    expect(early).toMatchObject({ status: 422, body: { code: 'EXPERIMENT_REFUSED' } });
    const time = new Date().toISOString();
    await at.send([{ id: 'a', type: 'answered', time, user: 'somebody', value: 1 }]);
    await eventually(async () => {
      expect((await ask('POST', '/v1/experiments/hints/start')).status).toBe(200);
    });
  });

  test('is asked for, and each user counts once', async () => {
    const variants = new Map<string, string | null>();
    for (const user of [...users, ...users]) {
      const { body } = await ask('POST', '/v1/decisions', { user });
      const { decisions } = DecisionsAnswer.parse(body);
      variants.set(user, decisions[0]!.variant);
    }
    const assigned = [...variants.values()].filter((variant) => variant !== null);
    expect(assigned.length).toBeGreaterThan(5);
    expect(assigned.length).toBeLessThan(35);
    const rows = await expectUnits(assigned.length);
    expect(rows).toEqual(
      ['without', 'with'].map((key, variant) => ({
        variant,
        stage: 1,
        units: assigned.filter((each) => each === key).length,
      })),
    );
  });

  test('is ramped, and the newly admitted are counted in the new stage', async () => {
    const before = await counted();
    const units = before.reduce((sum, row) => sum + row.units, 0);
    const detail = ExperimentDetail.parse((await ask('GET', '/v1/experiments/hints')).body);
    const experiment = { ...detail.experiment, traffic: 1 };
    const ramped = await ask('PUT', '/v1/experiments/hints', {
      experiment,
      revision: detail.revision,
      reason: 'all is well',
    });
    expect(ramped).toMatchObject({ status: 200, body: { outcome: 'new stage' } });
    for (const user of users) {
      const { body } = await ask('POST', '/v1/decisions', { user });
      expect(body.decisions[0].exposed).toBe(true);
    }
    const rows = await expectUnits(users.length);
    expect(rows.filter(({ stage }) => stage === 1)).toEqual(before);
    const late = rows.filter(({ stage }) => stage === 2);
    expect(late.reduce((sum, row) => sum + row.units, 0)).toBe(users.length - units);
  });

  test('is a flag: one by one exposed, in bulk not, unmodified until it changes', async () => {
    const flag = async (targetingKey: string) => {
      const path = '/ofrep/v1/evaluate/flags/hints';
      const { body } = await ask('POST', path, { context: { targetingKey } });
      return OfrepEvaluation.parse(body);
    };
    const [known] = users;
    const decided = await ask('POST', '/v1/decisions', { user: known, expose: false });
    expect((await flag(known!)).variant).toBe(decided.body.decisions[0].variant);
    await flag('newcomer');
    await expectUnits(users.length + 1);
    const bulk = (headers: object = {}) =>
      fetch(`${at.url}/ofrep/v1/evaluate/flags`, {
        method: 'POST',
        headers: { ...json, ...headers },
        body: JSON.stringify({ context: { targetingKey: 'another' } }),
      });
    const first = await bulk();
    expect(OfrepBulkAnswer.parse(await first.json()).flags.length).toBe(1);
    const tag = { 'if-none-match': first.headers.get('etag') };
    expect((await bulk(tag)).status).toBe(304);
    await ask('POST', '/v1/experiments/hints/pause');
    expect((await bulk(tag)).status).toBe(200);
    await ask('POST', '/v1/experiments/hints/resume');
  });

  test('is told to the log once in each partition, and to the next process', async () => {
    const definitions = () =>
      at.engine.store.query<{ partition: number; id: string }>(
        `SELECT partition, id FROM events FINAL WHERE type = 'millrace.experiment'
         ORDER BY partition, toUInt32(splitByChar('@', id)[2])`,
      );
    // Revision 1 was a draft.
    const expected = [0, 1].flatMap((partition) =>
      [2, 3, 4, 5].map((revision) => ({ partition, id: `hints@${revision}` })),
    );
    await eventually(async () => expect(await definitions()).toEqual(expected));
    await at.stop();
    at = await startTestEngine(data);
    const { body } = await ask('POST', '/v1/decisions', { user: 'after the start' });
    expect(body.decisions).toMatchObject([{ experiment: 'hints', exposed: true }]);
    await expectUnits(users.length + 2);
    await at.settle();
    expect(await definitions()).toEqual(expected);
  });

  test('is stopped with a decision: everyone gets what was shipped, nobody is counted', async () => {
    const decision = { verdict: 'ship', variant: 'with' };
    const stopped = await ask('POST', '/v1/experiments/hints/stop', { reason: 'good', decision });
    expect(stopped.status).toBe(200);
    const { body } = await ask('POST', '/v1/decisions', {
      user: 'too late',
      experiments: ['hints'],
    });
    expect(body.decisions).toMatchObject([{ variant: 'with', reason: 'shipped', exposed: false }]);
    await at.settle();
    await expectUnits(users.length + 2);
    const { experiments } = ExperimentsAnswer.parse((await ask('GET', '/v1/experiments')).body);
    expect(experiments).toMatchObject([
      { key: 'hints', state: 'stopped', revision: 6, exposed: users.length + 2 },
    ]);
    const detail = ExperimentDetail.parse((await ask('GET', '/v1/experiments/hints')).body);
    expect(detail.record.map(({ change }) => change)).toEqual([
      'Stopped: "with" is shipped',
      'Resumed',
      'Paused',
      'Traffic 0.5 → 1 (stage 2)',
      'Started',
      'Created',
    ]);
  });
});
