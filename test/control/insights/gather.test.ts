/** Facts from lines of text through the default pipeline and ClickHouse, and what the rules say of them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ModelPlan } from '../../../contracts/modelPlan.ts';
import type { DefinitionRow } from '../../../control/definitions/definitionRows.ts';
import { type ColumnFacts, gatherColumns } from '../../../control/insights/gather/columns.ts';
import type { ModelFacts } from '../../../control/insights/gather/modelFacts.ts';
import { gatherModels } from '../../../control/insights/gather/models.ts';
import { labelDelayGrowing } from '../../../control/insights/kinds/label-delay-growing.ts';
import { valuesMissing } from '../../../control/insights/kinds/values-missing.ts';
import { knownModel } from '../../../control/registry/knownModel.ts';
import { newRun } from '../../../control/retraining/storedRun.ts';
import type { Reader } from '../../../control/statement.ts';
import { Instance } from '../../../pipelines/instance.ts';
import { learning } from '../../../pipelines/learning.ts';
import type { ClickHouseStore } from '../../../sinks/clickhouse/store.ts';
import { randomState, uniform } from '../../../stats/random.ts';
import { startTestClickHouse, type TestClickHouse } from '../../support/clickhouse.ts';
import { factsOf } from '../../support/dailyFacts.ts';
import { begin, day, driftingAnswers } from '../../support/driftingAnswers.ts';
import { linesLog } from '../../support/linesLog.ts';
import { sampleHistory } from '../../support/modelSamples.ts';
import { saidOf } from '../../support/saidCards.ts';

let clickhouse: TestClickHouse;
beforeAll(async () => {
  clickhouse = await startTestClickHouse();
});
afterAll(() => clickhouse.close());

const days = 16;
const latencyLostFrom = 14;
const labelsLateFrom = 12;
const at = (number: number) => begin + number * day;
const moment = { now: at(days) + day / 24, eventTime: at(days) + day / 24 };

/** Predictions of a model that runs elsewhere: most labels come in five hours, from a day on in thirty. */
function predictions(): string[] {
  const random = randomState(17);
  const lines: string[] = [];
  for (let n = 0; n < days * 200; n += 1) {
    const time = begin + (n / 200) * day;
    const about = { user: `student-${n % 60}`, context: { model: 'dropout', model_version: '3' } };
    const value = Math.round(100 * (0.1 + 0.8 * uniform(random))) / 100;
    lines.push(JSON.stringify({ id: `p-${n}`, type: 'prediction', time, value, ...about }));
    if (uniform(random) < 0.1) continue;
    const later = (time >= at(labelsLateFrom) ? 30 : 5) * uniform(random) * 3_600_000;
    if (time + later >= moment.eventTime) continue;
    const label = { value: uniform(random) < value ? 1 : 0, decision: `p-${n}` };
    const id = `l-${n}`;
    lines.push(JSON.stringify({ id, type: 'label', time: time + later, ...label, ...about }));
  }
  return lines;
}

async function write(store: ClickHouseStore, lines: readonly string[]): Promise<void> {
  const timeOf = (line: string) => new Date((JSON.parse(line) as { time: string }).time).getTime();
  const sorted = lines.map((line) => [timeOf(line), line] as const).sort(([a], [b]) => a - b);
  const own = sorted.map(([, line]) => line);
  const chunk = linesLog(own, { chunk: own.length, receivedAt: begin + 100 * day }).read(0, 0)!;
  const instance = new Instance(learning, 0, 1);
  instance.push({ ...chunk, partition: 0 });
  for (const { table, bytes } of instance.cut(true).outputs) await store.insert(table, bytes);
  instance.close();
}

describe('sixteen days', () => {
  let models: ModelFacts[];
  let columns: ColumnFacts[];
  /** Statements of a first look, of the next by the same day, and of one on the day after. */
  let asked: number[];
  const modelOf = (key: string) => models.find((each) => each.key === key)!;
  const columnOf = (key: string) => columns.find((each) => each.key === key)!;

  beforeAll(async () => {
    const store = await clickhouse.database('facts');
    const answers = driftingAnswers({ days, perDay: 400, skillsFrom: 99, latencyLostFrom });
    await write(store, [...answers, ...predictions()]);
    const rows = sampleHistory() as DefinitionRow[];
    const known = knownModel(rows, () => undefined);
    let count = 0;
    const reader: Reader = {
      query(...statement) {
        count += 1;
        return store.query(...statement);
      },
    };
    const byHand = {
      model: 'answer',
      cause: { kind: 'manual', sentence: 'Asked.', figures: {} },
    } as const;
    const plan = ModelPlan.parse({});
    const run = newRun({ ...byHand, causeId: 'asked', causeAt: 0, plan }, at(9) + 1);
    const sources = {
      ...{ reader, runs: { all: () => [run] } },
      models: {
        models: () => [],
        model: (name: string) => (name === 'answer' ? known : undefined),
      },
    };
    const look = async (when: typeof moment) => {
      const before = count;
      const own = await gatherModels(sources as never, when);
      const all = await gatherColumns(sources, when);
      return { models: own, columns: all, count: count - before };
    };
    const first = await look(moment);
    ({ models, columns } = first);
    const later = moment.eventTime + day / 2;
    const second = await look({ now: later, eventTime: later });
    expect(second.columns).toEqual(columns);
    const third = await look({ now: later + day, eventTime: later + day });
    asked = [first.count, second.count, third.count];
  }, 240_000);

  test('of the own model: its complete days, every row of them, and users', () => {
    const { days: own, users, version, shift } = modelOf('answer');
    // The first began at midnight.
    expect(own.map((each) => each.day)).toEqual(Array.from({ length: 16 }, (_, i) => at(i)));
    expect(own.every(({ count }) => count === 400)).toBe(true);
    expect([users, version]).toEqual([40, '1']);
    for (const { logLoss, brier, rate, thirds, lossVariance, predicted } of own) {
      expect([logLoss > 0.4, logLoss < 0.9, brier < 0.3, rate > 0.5]).toEqual(Array(4).fill(true));
      expect(thirds!.reduce((sum, { count }) => sum + count, 0)).toBe(400);
      const positives = thirds!.reduce((sum, each) => sum + each.positives, 0);
      expect(positives / 400).toBeCloseTo(rate, 12);
      const sum = thirds!.reduce((total, each) => total + each.predicted, 0);
      expect(sum / 400).toBeCloseTo(predicted!, 12);
      expect(lossVariance).toBeGreaterThan(0);
      expect(lossVariance).toBeLessThan(1 / 400);
    }
    expect(shift.map((each) => each.day)).toEqual([7, 8, 9, 10, 11, 12, 13, 14, 15].map(at));
  });

  test('what is judged by whole days is asked once a day', () => {
    const [first, second, third] = asked as [number, number, number];
    // Of which version serves since when, and of the release that is under way.
    expect(second).toBeLessThanOrEqual(3);
    expect(first).toBeGreaterThan(10);
    expect(third).toBeGreaterThan(second);
  });

  test('of its slices: every row of every complete day, and users of each value', () => {
    const { slices } = modelOf('answer');
    expect(new Set(slices.map(({ slice }) => slice))).toEqual(new Set(['skill', 'course']));
    const course = slices.find(({ slice }) => slice === 'course')!;
    expect([course.value, course.users]).toEqual(['mathematics', 40]);
    const skills = slices.filter(({ slice }) => slice === 'skill');
    const rowsOn = (on: number) =>
      skills.flatMap((each) => each.days).filter((each) => each.day === on);
    for (const each of course.days) {
      expect(each.count).toBe(400);
      const own = rowsOn(each.day);
      const loss = own.reduce((sum, { count, logLoss }) => sum + count * logLoss, 0) / 400;
      expect(loss).toBeCloseTo(each.logLoss, 9);
    }
    const whole = modelOf('answer').days.find((each) => each.day === at(5))!;
    expect(course.days.find((each) => each.day === at(5))!.logLoss).toBeCloseTo(whole.logLoss, 6);
  });

  test('of its life: who serves, what waits, and what is under way', () => {
    const { life } = modelOf('answer');
    expect(life).toMatchObject({
      ...{ champion: '1.1', isOnline: false, before: '1', revision: 7, waiting: null },
      release: { version: '1.2', against: '1.1', phase: 'canary', share: 0.05, paired: null },
    });
    // What was asked for by hand arose when it began, and not in 1970.
    expect(life!.runs).toMatchObject([{ startedAt: at(9) + 1, causeAt: at(9) + 1 }]);
    // No example was served by another version than the online learner.
    expect(life!.behind).toEqual([]);
  });

  test('of a model from elsewhere: expected days, labels, and how soon they come', () => {
    const { expected, promptness, labelAgeMs, life, days: own } = modelOf('dropout');
    expect(life).toBeNull();
    expect(own.length).toBeGreaterThan(10);
    expect(expected.map(({ count }) => count)).toEqual(expected.map(() => 200));
    const old = expected.filter((each) => each.day < at(labelsLateFrom));
    for (const { labelled, count } of old) expect(labelled / count).toBeCloseTo(0.9, 0);
    expect(labelAgeMs).toBeGreaterThan(3_600_000);
    const { ageMs, days: soon } = promptness!;
    expect(ageMs).toBeLessThanOrEqual(8 * 3_600_000);
    const early = soon.filter((each) => each.day < at(labelsLateFrom));
    const late = soon.filter((each) => each.day >= at(labelsLateFrom) && each.day < at(15));
    for (const { within, count } of early) expect(within / count).toBeGreaterThan(0.6);
    for (const { within, count } of late) expect(within / count).toBeLessThan(0.4);
    const [said] = saidOf(labelDelayGrowing, factsOf({ ...moment, models }));
    expect(said!.since).toBe(at(labelsLateFrom));
  });

  test('of columns: their quality by day, what came in, and that one lost its values', () => {
    const latency = columnOf('context_latency_ms');
    expect(latency).toMatchObject({
      name: 'latency ms',
      role: 'input',
      kind: 'number',
      isRead: false,
    });
    expect(latency.quality.map((each) => each.day)).toEqual(
      Array.from({ length: 15 }, (_, i) => at(i + 1)),
    );
    for (const { day: on, rows, missing } of latency.quality) {
      expect(rows).toBe(400);
      expect(missing > 180).toBe(on >= at(latencyLostFrom));
      expect(missing === 0).toBe(on < at(latencyLostFrom));
    }
    expect(latency.arrivals.length).toBe(15);
    expect(latency.arrivals.every(({ events, late }) => events > 600 && late === 0)).toBe(true);
    expect(columnOf('context_skill').isRead).toBe(true);
    expect(columnOf('answer').role).toBe('label');
    const said = saidOf(valuesMissing, factsOf({ ...moment, columns, models }), 1e-4);
    expect(said.map(({ since }) => since)).toEqual([at(latencyLostFrom)]);
    expect(said[0]!.changed).toMatch(/^“latency ms” is missing in \d\d(\.\d)? % of rows/);
  });

  test('a day of a column is judged as the page of drift judges it', () => {
    for (const { distances } of columns) {
      for (const { distance, limit, pValue } of distances) {
        if (limit === null) continue;
        expect(distance > limit).toBe(pValue! < 0.01);
      }
    }
  });
});

test('an empty engine has no facts', async () => {
  const store = await clickhouse.database('empty');
  const sources = { reader: store, models: { model: () => undefined }, runs: { all: () => [] } };
  expect(await gatherModels(sources as never, moment)).toEqual([]);
  expect(await gatherColumns({ reader: store }, moment)).toEqual([]);
});
