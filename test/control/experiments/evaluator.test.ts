/** The loop that evaluates what has changed, against a real ClickHouse: results, history, acts, and what may go wrong. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Experiment } from '../../../contracts/experiment.ts';
import { ExperimentResult } from '../../../contracts/experimentResult.ts';
import type { ExperimentAct } from '../../../control/experiments/actOn.ts';
import {
  type EvaluatorOptions,
  type RunningExperiment,
  startEvaluator,
} from '../../../control/experiments/evaluator.ts';
import { readCourse, readResults } from '../../../control/experiments/resultHistory.ts';
import type { ClickHouseStore } from '../../../sinks/clickhouse/store.ts';
import { startTestClickHouse, type TestClickHouse } from '../../support/clickhouse.ts';
import { dayMs, makeMetric, makeRunning, startAt } from '../../support/experiments.ts';

let clickhouse: TestClickHouse;
beforeAll(async () => {
  clickhouse = await startTestClickHouse();
});
afterAll(() => clickhouse.close());

const harm = makeMetric({ key: 'gone', name: 'Gave up', direction: 'decrease' });
const both: Experiment['metrics'] = [
  { metric: 'solved', role: 'primary' },
  { metric: 'gone', role: 'guardrail' },
];

function running(changes: Partial<Experiment> = {}, revision = 1): RunningExperiment {
  const experiment = { ...makeRunning({ metrics: both }), ...changes };
  return {
    record: { revision, experiment, metrics: [makeMetric(), harm] },
    changedAt: startAt,
  };
}

interface Arms {
  /** Units and how many of them have the outcome, without and with. */
  readonly [metric: string]: readonly [readonly [number, number], readonly [number, number]];
}

/** The counts of two arms, absolute, as of an offset: one insert a table, as the data plane commits an epoch. */
async function count(store: ClickHouseStore, key: string, version: number, arms: Arms) {
  const exposures: string[] = [];
  const outcomes: string[] = [];
  for (const variant of [0, 1] as const) {
    const [units] = Object.values(arms)[0]![variant];
    exposures.push(
      `('learning', '${key}', ${variant}, 1, fromUnixTimestamp64Milli(${startAt}), 0, ${version}, ${units}, 0, 0)`,
    );
    for (const [metric, pair] of Object.entries(arms)) {
      const [all, ones] = pair[variant];
      outcomes.push(
        `('learning', '${key}', '${metric}', ${variant}, 1, 0, '', 0, ${version}, ${all}, [0, 1],
         [${all - ones}, ${ones}], ${ones}, ${all}, ${ones}, ${all}, ${ones})`,
      );
    }
  }
  await store.command(`INSERT INTO experiment_exposures VALUES ${exposures.join(', ')}`);
  await store.command(`INSERT INTO experiment_outcomes VALUES ${outcomes.join(', ')}`);
}

const nothingYet: Arms = {
  solved: [
    [50, 25],
    [52, 26],
  ],
  gone: [
    [50, 5],
    [52, 5],
  ],
};
const better: Arms = {
  solved: [
    [3_000, 1_500],
    [3_010, 1_900],
  ],
  gone: [
    [3_000, 300],
    [3_010, 301],
  ],
};
const harmful: Arms = {
  solved: [
    [3_000, 1_500],
    [3_010, 1_900],
  ],
  gone: [
    [3_000, 300],
    [3_010, 700],
  ],
};
const lost: Arms = {
  solved: [
    [3_000, 1_500],
    [2_000, 1_000],
  ],
  gone: [
    [3_000, 300],
    [2_000, 200],
  ],
};

function start(
  store: ClickHouseStore,
  options: Partial<EvaluatorOptions> & { list: RunningExperiment[] },
) {
  const results: ExperimentResult[] = [];
  const acts: { key: string; revision: number; act: ExperimentAct }[] = [];
  const said: string[] = [];
  const { list, ...rest } = options;
  const evaluator = startEvaluator({
    store,
    definitions: { running: () => list },
    onAnswer: (answer) => results.push(answer.read()!),
    act: (key, revision, act) => {
      acts.push({ key, revision, act });
    },
    say: (sentence) => said.push(sentence),
    everyMs: 5,
    ...rest,
  });
  return { evaluator, results, acts, said };
}

const soon = { timeout: 5_000, interval: 5 };

test('a change of the counts becomes a result, and a change of the definition too', async () => {
  const store = await clickhouse.database('results');
  const list = [running()];
  const { evaluator, results } = start(store, { list });
  await vi.waitFor(() => expect(results).toHaveLength(1), soon);
  expect(results[0]!.verdict.sentence).toBe('Keep running: nobody has been exposed yet.');
  await count(store, 'hints', 9, nothingYet);
  // The two tables do not appear together.
  await vi.waitFor(() => {
    expect(results.at(-1)!.exposed).toBe(102);
    expect(results.at(-1)!.metrics[1]!.arms[1]!.units).toBe(52);
  }, soon);
  expect(results.at(-1)!.offsets).toEqual([{ partition: 0, offset: 10 }]);
  const before = results.length;
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(results).toHaveLength(before);
  list[0] = running({ state: 'paused' }, 2);
  await vi.waitFor(() => expect(results.at(-1)).toMatchObject({ revision: 2 }), soon);
  list.length = 0;
  await count(store, 'hints', 20, better);
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(results.at(-1)!.exposed).toBe(102);
  await evaluator.stop();
  // It runs no more; its last result was not yet due to be written then.
  const stored = (await readResults(store)).get('hints');
  expect(JSON.stringify(stored)).toBe(JSON.stringify(results.at(-1)));
});

test('the history has a row a minute, a changed word at once, and always the newest', async () => {
  const store = await clickhouse.database('history');
  let now = startAt + 10 * dayMs;
  const { evaluator, results } = start(store, {
    list: [running()],
    now: () => {
      now += 1;
      return now;
    },
    writeEveryMs: 5,
  });
  const reach = async (version: number, arms: Arms) => {
    await count(store, 'hints', version, arms);
    await vi.waitFor(() => expect(results.at(-1)!.offsets[0]?.offset).toBe(version + 1), soon);
    const stored = async () => JSON.stringify((await readResults(store)).get('hints'));
    await vi.waitFor(async () => {
      expect(results.at(-1)!.metrics[0]!.arms[0]!.units).toBe(arms['solved']![0][0]);
      expect(await stored()).toBe(JSON.stringify(results.at(-1)));
    }, soon);
  };
  await reach(1, nothingYet);
  now += 1_000;
  await reach(2, {
    ...nothingYet,
    solved: [
      [60, 25],
      [62, 26],
    ],
  });
  now += 1_000;
  await reach(3, better);
  now += 60_000;
  await reach(4, {
    ...better,
    solved: [
      [3_100, 1_550],
      [3_110, 1_900],
    ],
  });
  await evaluator.stop();
  const rows = await store.query<{ word: string; n: number }>(
    'SELECT word, count() AS n FROM experiment_results FINAL GROUP BY word ORDER BY word',
  );
  expect(rows).toEqual([
    { word: 'keep running', n: 1 },
    { word: 'ship', n: 2 },
  ]);
  const kept = results.findLast(({ verdict }) => verdict.word === 'keep running')!;
  const past = await readResults(store, { keys: ['hints'], at: kept.at });
  expect(past.get('hints')!.verdict.word).toBe('keep running');
  expect(ExperimentResult.parse(past.get('hints'))).toEqual(past.get('hints'));
  const course = await readCourse(store, 'hints', 'solved', 'with');
  expect(course.map(({ units }) => units)).toEqual([6_010, 6_210]);
  expect(course[1]!.at).toBe(results.at(-1)!.at);
  expect(course[1]!.lnE).toBeGreaterThan(10);
  expect(await readCourse(store, 'hints', 'solved', 'with', 1)).toEqual([course[1]]);
});

test('units that are lost pause, harm stops, each once; what failed is tried again', async () => {
  const store = await clickhouse.database('acts');
  let failures = 0;
  const acted: string[] = [];
  const { evaluator, results, said } = start(store, {
    list: [
      running({ key: 'lossy' }, 4),
      running({ key: 'harmful' }),
      running({ key: 'fine' }),
      running({ key: 'known', state: 'paused' }),
    ],
    act(key, revision, { move, decision }) {
      if (key === 'harmful' && failures < 2) {
        failures += 1;
        throw new Error('not now');
      }
      acted.push(`${key}@${revision} ${move} ${decision?.verdict ?? ''}`);
    },
  });
  await count(store, 'lossy', 1, lost);
  await count(store, 'known', 2, lost);
  await count(store, 'harmful', 3, harmful);
  await count(store, 'fine', 4, better);
  await vi.waitFor(() => expect(acted).toHaveLength(2), soon);
  await count(store, 'lossy', 5, {
    ...lost,
    solved: [
      [3_100, 1_500],
      [2_000, 1_000],
    ],
  });
  await count(store, 'harmful', 6, {
    ...harmful,
    solved: [
      [3_100, 1_500],
      [3_010, 1_000],
    ],
  });
  const isNewest = ({ offsets }: ExperimentResult) => offsets[0]?.offset === 7;
  await vi.waitFor(() => expect(results.some(isNewest)).toBe(true), soon);
  await evaluator.stop();
  expect(acted.sort(), acted.join()).toEqual(['harmful@1 stop stop', 'lossy@4 pause ']);
  expect(said).toEqual(['The experiment "harmful" should stop and does not: Error: not now']);
});

test('what fails is told once, and one bad definition does not keep others from their results', async () => {
  const store = await clickhouse.database('failing');
  const broken = running({ key: 'broken', variants: undefined as never });
  const list = [running({ key: 'good' })];
  let isGone = false;
  const failing: ClickHouseStore = {
    ...store,
    readBinary: (sql, parameters) => {
      if (isGone) throw new Error('ClickHouse is away');
      return store.readBinary(sql, parameters);
    },
  };
  const { evaluator, results, said } = start(failing, { list });
  await vi.waitFor(() => expect(results).toHaveLength(1), soon);
  isGone = true;
  await vi.waitFor(() => expect(said).toHaveLength(1), soon);
  await count(store, 'good', 3, nothingYet);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(said).toEqual(['The counts of experiments cannot be read: Error: ClickHouse is away']);
  isGone = false;
  list.push(broken);
  await vi.waitFor(() => expect(results.at(-1)!.exposed).toBe(102), soon);
  await evaluator.stop();
  expect(said).toHaveLength(2);
  expect(said[1]).toMatch(/^The experiment "broken" cannot be evaluated: TypeError/);
});

test('two evaluators of the same experiments leave one history', async () => {
  const store = await clickhouse.database('two');
  const now = () => startAt + dayMs;
  const list = [running()];
  const both = [1, 2].map(() => start(store, { list, now, writeEveryMs: 5 }));
  await count(store, 'hints', 1, better);
  for (const { results } of both) {
    await vi.waitFor(() => expect(results.at(-1)?.verdict.word).toBe('ship'), soon);
  }
  for (const { evaluator } of both) await evaluator.stop();
  expect(both[0]!.results.at(-1)).toEqual(both[1]!.results.at(-1));
  const rows = await store.query("SELECT word FROM experiment_results FINAL WHERE word = 'ship'");
  expect(rows).toHaveLength(1);
});

test('harm that becomes certain stops within a second, whoever reads what', async () => {
  const store = await clickhouse.database('prompt');
  const others = Array.from({ length: 200 }, (_, i) => running({ key: `other-${i}` }));
  const actedAt: number[] = [];
  let seen = 0;
  // No reader; and writing is slow, as is the history of all others.
  const evaluator = startEvaluator({
    store,
    definitions: { running: () => [...others, running({ key: 'harmful' })] },
    onAnswer: () => {
      seen += 1;
    },
    act: () => {
      actedAt.push(performance.now());
    },
    say: () => undefined,
  });
  await vi.waitFor(() => expect(seen).toBeGreaterThanOrEqual(201), soon);
  await count(store, 'harmful', 1, nothingYet);
  const { length } = others;
  for (let i = 0; i < length; i += 50) await count(store, `other-${i}`, 2 + i, better);
  await count(store, 'harmful', 900, harmful);
  const writtenAt = performance.now();
  await vi.waitFor(() => expect(actedAt).toHaveLength(1), soon);
  await evaluator.stop();
  expect(actedAt[0]! - writtenAt).toBeLessThan(1_000);
});

test('who is told that counts were written does not wait; who is not finds them by itself', async () => {
  const store = await clickhouse.database('told');
  const { evaluator, results } = start(store, { list: [running()], everyMs: 200 });
  await vi.waitFor(() => expect(results).toHaveLength(1), soon);
  await count(store, 'hints', 1, nothingYet);
  await vi.waitFor(() => expect(results.at(-1)!.exposed).toBe(102), soon);
  const told = start(store, { list: [running()], everyMs: 60_000 });
  await vi.waitFor(() => expect(told.results.at(-1)?.exposed).toBe(102), soon);
  await count(store, 'hints', 2, better);
  expect(told.results.at(-1)!.exposed).toBe(102);
  told.evaluator.look();
  await vi.waitFor(() => expect(told.results.at(-1)!.exposed).toBe(6_010), soon);
  await vi.waitFor(() => expect(results.at(-1)!.exposed).toBe(6_010), soon);
  await evaluator.stop();
  await told.evaluator.stop();
});
