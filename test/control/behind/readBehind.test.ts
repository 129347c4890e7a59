/**
 * The events behind a number against the number itself, on a real ClickHouse that the pipeline has written: of every kind exactly as
 * many are found as were counted.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createQueries, type Queries } from '../../../api/queries/queries.ts';
import {
  type BehindAsked,
  type BehindEvent,
  BehindQuestion,
} from '../../../contracts/eventsBehind.ts';
import { ExperimentMetric } from '../../../contracts/experimentMetric.ts';
import { metricPlans } from '../../../contracts/metricPlan.ts';
import { profilePlans } from '../../../contracts/profilePlan.ts';
import type { KnownNumbers } from '../../../control/behind/readBehind.ts';
import { outcomeScale } from '../../../models/measure/outcomeScale.ts';
import { readPlain } from '../../../operators/state/plainData.ts';
import { learning } from '../../../pipelines/learning.ts';
import { runPartition } from '../../../pipelines/runPartition.ts';
import type { ClickHouseStore } from '../../../sinks/clickhouse/store.ts';
import { binCounts, binEdges } from '../../../stats/drift/bins.ts';
import type { NumberProfileState } from '../../../stats/streaming/numberProfile.ts';
import type { TextProfileState } from '../../../stats/streaming/textProfile.ts';
import { startTestClickHouse, type TestClickHouse } from '../../support/clickhouse.ts';
import {
  answeredRight,
  definitionLine,
  eventLine,
  exposureLine,
  hints,
  minute,
  minutesSpent,
  passing,
  rightShare,
} from '../../support/experimentLines.ts';
import { linesLog } from '../../support/linesLog.ts';
import { livelyLines, objectionLine } from '../../support/objectionLines.ts';
import { decisionLine, start, tutor } from '../../support/policyLines.ts';

const receivedAt = start + 24 * 60 * minute;
const day = 24 * 60 * minute;
const range = { from: start - minute, to: start + day };
const metrics = [answeredRight, minutesSpent, rightShare].map((each) =>
  ExperimentMetric.parse(each),
);
const known: KnownNumbers = {
  experiment: (key) => (key === 'hints' ? { experiment: hints(), metrics } : undefined),
  policy: (key) => (key === 'tutor' ? tutor() : undefined),
};

let clickhouse: TestClickHouse;
let store: ClickHouseStore;
let queries: Queries;

const lively = 600;

/** What may count and what may not: late ones, duplicates, absent figures, other courses, objections, pauses, crossings. */
function lines(): string[] {
  const log = livelyLines(lively, 12, 3);
  const end = lively * 30_000;
  // u0 objects for good, u1 for a while.
  log.splice(100, 0, objectionLine('u0', 98 * 30_000));
  log.splice(150, 0, objectionLine('u1', 148 * 30_000));
  log.splice(250, 0, objectionLine('u1', 247 * 30_000, []));
  const context = { course: 'geometry', latency_ms: 120, skill: 'a' };
  log.push(
    ...[120, true, 'slow', 1e16, null].map((latency_ms, i) =>
      eventLine('answered', 'v1', end + i, {
        item: 'i1',
        value: 1,
        context: { ...context, latency_ms },
      }),
    ),
    eventLine('answered', 'v2', end, { item: 'i1', value: 0, context: { course: 7, skill: 'a' } }),
    eventLine('answered', 'v2', end, {
      item: 'i1',
      value: 0.5,
      context: { course: `it's "so"`, skill: 'a' },
    }),
    // A name may be escaped where it need not be.
    eventLine('answered', 'v2', end, {
      item: 'i1',
      value: 1,
      context: { course: 'algebra', skill: 'a' },
    }).replace('"algebra"', '"alg\\u0065bra"'),
    // Too late, and sent twice.
    eventLine('answered', 'v1', end - 60 * minute, { item: 'i1', value: 1, context }),
    log.at(-1)!,
    exposureLine('v1', end - 60 * minute, 'with'),
    // Paused: nobody is taken in; resumed, and one who has seen both.
    definitionLine(hints({ state: 'paused' }), 2),
    exposureLine('v3', end, 'with'),
    definitionLine(hints(), 3),
    exposureLine('v4', end, 'with'),
    exposureLine('v4', end + minute, 'without'),
    eventLine('answered', 'v4', end + 2 * minute, {
      item: 'i1',
      value: 1,
      context: { skill: 'a' },
    }),
    // Held out, and of another policy.
    decisionLine({ id: 'h1', user: 'v1', at: end, action: 'text', more: { way: 'holdout' } }),
    ...Array.from({ length: 40 }, (_, i) => passing(end + i * 5 * minute)),
  );
  return log;
}

beforeAll(async () => {
  clickhouse = await startTestClickHouse();
  store = await clickhouse.database('behind');
  const log = lines();
  const stop = new AbortController();
  await runPartition({
    pipeline: learning,
    partition: 0,
    reader: linesLog(log, { chunk: 17, receivedAt, start: 0 }),
    store,
    limits: { epochMs: 10, epochEvents: 60, checkpointMs: 20 },
    signal: stop.signal,
    report({ committedOffset = 0 }) {
      if (committedOffset >= log.length) stop.abort();
    },
  });
  queries = createQueries(store, () => receivedAt, 0);
}, 60_000);
afterAll(() => clickhouse.close());

async function page(
  asked: BehindAsked,
  limit = 100,
  after?: { at: number; partition: number; offset: number },
) {
  const found = await queries.behind(BehindQuestion.parse(asked), { limit, after }, known);
  expect(found).toBeDefined();
  return found!;
}

/** All pages, of an odd size. */
async function all(asked: BehindAsked, limit = 60): Promise<BehindEvent[]> {
  const events: BehindEvent[] = [];
  for (let after: Awaited<ReturnType<typeof page>>['last']; ; ) {
    const part = await page(asked, limit, after);
    expect(part.events.length).toBeLessThanOrEqual(limit);
    events.push(...part.events);
    after = part.last;
    if (after === undefined) break;
  }
  const places = events.map(({ time, partition, offset }) => [time, partition, offset].join(' '));
  expect(new Set(places).size).toBe(places.length);
  expect(events.toSorted((a, b) => b.time - a.time || b.offset - a.offset)).toEqual(events);
  return events;
}

const one = async <Row>(sql: string) => (await store.query<Row>(sql))[0]!;
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('a metric', () => {
  const segments = segmentsToTry();
  test.each(segments)('%s of %s: as many as it counts, and their sum', async (metric, segment) => {
    const asked = {
      of: 'metric',
      metric,
      ...range,
      ...(segment === null ? {} : { segment }),
    } as const;
    const where = segment === null ? '' : `AND segment = '${segment.replaceAll("'", "\\'")}'`;
    const told = await one<{ count: number; sum: number }>(
      `SELECT toFloat64(sum(m.count)) AS count, sum(m.sum) AS sum FROM metrics AS m FINAL WHERE metric = '${metric}' ${where}`,
    );
    const events = await all(asked);
    const { counted, kept } = await page(asked, 1);
    expect(events.length).toBe(told.count);
    expect([counted, kept]).toEqual([told.count, told.count]);
    expect(told.count).toBeGreaterThan(0);
    const figures = events.map(({ counted: each }) => ('figure' in each ? each.figure! : 1));
    expect(sum(figures)).toBeCloseTo(told.sum, 6);
  });

  test('tells how many came too late, and leaves them out', async () => {
    const asked = { of: 'metric', metric: 'correct_share', segment: 'geometry', ...range } as const;
    expect((await page(asked)).late).toBe(1);
    const end = start + lively * 30_000;
    expect((await all(asked)).every(({ time }) => time >= end)).toBe(true);
  });

  test('is told by whole windows', async () => {
    const asked = {
      of: 'metric',
      metric: 'events',
      from: start + 61_000,
      to: start + 62_000,
    } as const;
    const { from, to } = await page(asked);
    expect([from, to]).toEqual([start + minute, start + 2 * minute]);
  });

  test('that nobody knows has no events', async () => {
    const question = BehindQuestion.parse({ of: 'metric', metric: 'nothing', ...range });
    expect(await queries.behind(question, { limit: 1 }, known)).toBeUndefined();
  });
});

function segmentsToTry(): [string, string | null][] {
  const whole = metricPlans.learning.map(({ name }): [string, null] => [name, null]);
  return [
    ...whole,
    ['events', 'rated'],
    ['correct_share', 'algebra'],
    ['correct_share', 'geometry'],
    ['correct_share', ''],
    ['correct_share', `it's "so"`],
    ['response_s', 'algebra'],
  ];
}

describe('a column', () => {
  /** Of the one day that the log is of, in one partition. */
  const profileOf = async (column: string) => {
    const row = await one<{ state: string; rows: number }>(
      `SELECT base64Encode(s.state) AS state, s.figures['rows'] AS rows FROM statistics AS s FINAL
       WHERE name = 'profile_${column}' AND pipeline = 'learning'`,
    );
    return { rows: row.rows, state: readPlain(Buffer.from(row.state, 'base64')) };
  };
  const asked = (column: string) => ({ of: 'column', column, ...range }) as const;

  test.each(profilePlans.learning.map(({ name }) => name))(
    '%s: as many as it has rows',
    async (column) => {
      const { rows } = await profileOf(column);
      expect((await all(asked(column))).length).toBe(rows);
      expect(rows).toBeGreaterThan(50);
      expect(await page(asked(column), 1)).toMatchObject({ counted: rows, kept: rows });
    },
  );

  const texts = profilePlans.learning.filter(({ kind }) => kind === 'text');
  test.each(texts.map(({ name }) => name))('%s: of each value, and of none', async (column) => {
    const { frequencies, missing } = (await profileOf(column)).state as TextProfileState;
    expect(frequencies.names.length).toBeGreaterThan(1);
    for (const [i, value] of [...frequencies.names, ''].entries()) {
      const events = await all({ ...asked(column), value });
      expect(events.length, value).toBe(frequencies.counts[i] ?? missing);
      const text = value === '' ? null : value;
      expect(events.every(({ counted }) => counted.as === 'row' && counted.text === text)).toBe(
        true,
      );
    }
  });

  const numbers = profilePlans.learning.filter(({ kind }) => kind === 'number');
  test.each(numbers.map(({ name }) => name))('%s: of each bin, and of none', async (column) => {
    const { sketch, missing } = (await profileOf(column)).state as NumberProfileState;
    const edges = binEdges(sketch, 4);
    expect(edges.length).toBeGreaterThan(0);
    const counts = binCounts(edges, sketch, missing);
    for (let bin = 0; bin <= edges.length; bin += 1) {
      const [above, upTo] = [edges[bin - 1], edges[bin]];
      const events = await all({ ...asked(column), ...pick({ above, upTo }) });
      expect(events.length, `bin ${bin}`).toBe(counts[bin]);
    }
    expect((await all({ ...asked(column), value: '' })).length).toBe(missing);
  });

  test('is told by whole days, and how many came too late', async () => {
    const part = await page({ of: 'column', column: 'item', from: start, to: start + 1 });
    const first = Math.floor(start / day) * day;
    expect([part.from, part.to, part.late]).toEqual([first, first + day, 1]);
  });

  test.each([
    { column: 'nothing' },
    { column: 'item', above: 1 },
    { column: 'answer', value: 'algebra' },
  ])('that nobody knows, or of another kind, has no events: %o', async (given) => {
    const question = BehindQuestion.parse({ of: 'column', ...range, ...given });
    expect(await queries.behind(question, { limit: 1 }, known)).toBeUndefined();
  });
});

const pick = (bounds: Readonly<Record<string, number | undefined>>) =>
  Object.fromEntries(Object.entries(bounds).filter(([, bound]) => bound !== undefined));

describe('an experiment', () => {
  test.each(['without', 'with'])('arm %s: its units by their first exposure', async (variant) => {
    const asked = { of: 'experiment', key: 'hints', variant } as const;
    const place = variant === 'without' ? 0 : 1;
    const told = await one<{ units: number }>(
      `SELECT toFloat64(sum(units)) AS units FROM experiment_exposures FINAL WHERE variant = ${place}`,
    );
    const events = await all(asked, 3);
    expect(told.units).toBeGreaterThan(1);
    expect(events.length).toBe(told.units);
    expect(await page(asked)).toMatchObject({ counted: told.units, kept: told.units });
    expect(new Set(events.map(({ user }) => user)).size).toBe(told.units);
  });

  test('one who was seen in both says when', async () => {
    const events = await all({ of: 'experiment', key: 'hints', variant: 'with' });
    const crossed = events.filter(({ counted }) => counted.as === 'exposure' && counted.crossedAt);
    expect(crossed.map(({ user }) => user)).toEqual(['v4']);
    expect(events.map(({ user }) => user)).not.toContain('v3');
  });

  test.each([
    ['without', 0],
    ['with', 1],
  ] as const)('arm %s: what its metrics add up', async (variant, place) => {
    const sumsOf = async (metric: ExperimentMetric) => {
      const { numeratorPerUnit, denominatorPerUnit } = outcomeScale(metric);
      const { n, d } = await one<{ n: number; d: number }>(
        `SELECT toFloat64(sum(o.n)) AS n, toFloat64(sum(o.d)) AS d FROM experiment_outcomes AS o FINAL
         WHERE metric = '${metric.key}' AND variant = ${place} AND segment = ''`,
      );
      return { measure: n / numeratorPerUnit, denominator: d / denominatorPerUnit };
    };
    const [right, minutes, share] = metrics as [
      ExperimentMetric,
      ExperimentMetric,
      ExperimentMetric,
    ];
    const behind = (metric: string) => all({ of: 'experiment', key: 'hints', variant, metric });
    const parts = (await behind('share')).map(({ counted }) =>
      counted.as === 'outcome' ? counted.part : undefined,
    );
    expect(parts.length).toBeGreaterThan(2);
    expect({
      measure: parts.filter((part) => part !== 'denominator').length,
      denominator: parts.filter((part) => part !== 'measure').length,
    }).toEqual(await sumsOf(share));
    const spent = new Map<string, number>();
    for (const { user, counted } of await behind('minutes')) {
      const figure = counted.as === 'outcome' ? counted.figure! : Number.NaN;
      spent.set(user, (spent.get(user) ?? 0) + figure);
    }
    const capped = sum([...spent.values()].map((each) => Math.min(10, each)));
    expect(capped).toBeGreaterThan(0);
    expect(capped).toBeCloseTo((await sumsOf(minutes)).measure, 6);
    const answered = new Set((await behind('right')).map(({ user }) => user));
    expect(answered.size).toBe((await sumsOf(right)).measure);
  });

  test('that has no such arm or metric has no events', async () => {
    for (const more of [{ variant: 'none' }, { variant: 'with', metric: 'none' }]) {
      const question = BehindQuestion.parse({ of: 'experiment', key: 'hints', ...more });
      expect(await queries.behind(question, { limit: 1 }, known)).toBeUndefined();
    }
  });
});

describe('a policy', () => {
  test.each([undefined, 'video', 'text', 'exercise'])(
    'action %s: its decisions',
    async (action) => {
      const asked = { of: 'policy', key: 'tutor', ...(action && { action }) } as const;
      const report = await queries.policyReport(tutor(), {});
      const told = report.actions.filter((each) => action === undefined || each.action === action);
      const made = sum(told.flatMap(({ course }) => course.map((step) => step.decisions ?? 0)));
      const events = await all(asked);
      expect(made).toBeGreaterThan(5);
      expect(events.length).toBe(made);
      expect(await page(asked)).toMatchObject({ counted: made, kept: made });
      const earned = events.flatMap(({ counted }) =>
        counted.as === 'decision' && counted.closed && counted.reward !== null
          ? [counted.reward]
          : [],
      );
      const worth = sum(told.map(({ worth: each }) => each.decisions ?? 0));
      expect(earned.length).toBe(worth);
      expect(events.every(({ type }) => type === 'decision')).toBe(true);
    },
  );

  test('holds its control apart', async () => {
    const held = await all({ of: 'policy', key: 'tutor', way: 'holdout' });
    expect(held.map(({ user }) => user)).toEqual(['v1']);
  });
});

describe('a model', () => {
  const model = { of: 'model', pipeline: 'learning', model: 'answer', ...range } as const;
  test('has an event for each prediction', async () => {
    const told = await one<{ count: number; positives: number }>(
      `SELECT toFloat64(sum(q.count)) AS count, toFloat64(sum(q.positives)) AS positives FROM model_quality AS q FINAL`,
    );
    const events = await all(model);
    expect(told.count).toBeGreaterThan(20);
    expect(events.length).toBe(told.count);
    expect(await page(model)).toMatchObject({ counted: told.count, kept: told.count });
    expect(
      sum(events.map(({ counted }) => Number(counted.as === 'prediction' && counted.label))),
    ).toBe(told.positives);
  });

  test.each(['a', 'b'])('skill %s: as many as the slice has', async (value) => {
    const performance = await queries.performance('learning', 'answer', {
      figure: 'logLoss',
      ...range,
    });
    const slice = performance!.slices.find((each) => each.slice === 'skill')!;
    const reading = slice.values.find((each) => each.value === value)!;
    const { from, to } = performance!;
    const events = await all({ ...model, from, to, slice: 'skill', value });
    expect(reading.count).toBeGreaterThan(5);
    expect(events.length).toBe(reading.count);
    expect(events.every(({ raw }) => JSON.parse(raw).context.skill === value)).toBe(true);
  });
});

test('what is no longer kept is missing, and told', async () => {
  const asked = { of: 'metric', metric: 'rating', ...range } as const;
  const before = await page(asked);
  await store.command(`DELETE FROM events WHERE user = 'u2'`);
  const after = await page(asked);
  expect(after.counted).toBe(before.counted);
  expect(after.kept).toBeLessThan(after.counted!);
  expect((await all(asked)).length).toBe(after.kept);
});
