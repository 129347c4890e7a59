import { describe, expect, test } from 'vitest';
import type {
  BreakFacts,
  ColumnFacts,
  DistanceDay,
  QualityDay,
} from '../../../../control/insights/gather/columns.ts';
import type { ModelFacts } from '../../../../control/insights/gather/modelFacts.ts';
import type { InsightKind } from '../../../../control/insights/insightKind.ts';
import { driftThatMatters } from '../../../../control/insights/kinds/drift-that-matters.ts';
import { eventsLate } from '../../../../control/insights/kinds/events-late.ts';
import { labelCoverageFalling } from '../../../../control/insights/kinds/label-coverage-falling.ts';
import { labelDelayGrowing } from '../../../../control/insights/kinds/label-delay-growing.ts';
import { rangeBreak } from '../../../../control/insights/kinds/range-break.ts';
import { schemaBreak } from '../../../../control/insights/kinds/schema-break.ts';
import { valuesMissing } from '../../../../control/insights/kinds/values-missing.ts';
import { randomState } from '../../../../stats/random.ts';
import {
  columnOf,
  dailyFigure,
  dayAt,
  dayMs,
  factsOf,
  lifeOf,
  modelDays,
  modelOf,
  type PlantedChange,
} from '../../../support/dailyFacts.ts';
import { saidOf } from '../../../support/saidCards.ts';

const of = (...columns: ColumnFacts[]) => factsOf({ columns });
const ofModels = (...models: ModelFacts[]) => factsOf({ models });

/** Days of which a share of the rows is of the kind that is asked about. */
function qualityDays(
  what: 'missing' | 'outside',
  level: number,
  planted: PlantedChange = {},
): QualityDay[] {
  const { rows = 2_000 } = planted;
  return dailyFigure(level, { between: level / 5, ...planted }).map((share, day) => ({
    ...{ day: dayAt(day), rows, missing: 0, outside: 0 },
    [what]: Math.round(rows * Math.min(1, Math.max(0, share))),
  }));
}

/** Shares of p-values up to .1 and .01, of facts on which nothing happens. */
function small(kind: InsightKind, facts: (seed: number) => ReturnType<typeof of>, runs = 200) {
  const pValues = Array.from({ length: runs }, (_, seed) =>
    kind.find(facts(seed + 1)).map(({ pValue }) => pValue!),
  ).flat();
  expect(pValues).toHaveLength(runs);
  return [0.1, 0.01].map((level) => pValues.filter((p) => p <= level).length / runs);
}

describe('values-missing', () => {
  const missing = (planted: PlantedChange) =>
    of(columnOf({ quality: qualityDays('missing', 0.02, planted) }));

  test('tells of one day on which a twelfth is missing', () => {
    const [said] = saidOf(valuesMissing, missing({ from: 27, change: 0.08 }), 0.001);
    expect(said!.changed).toMatch(/^“skill” is missing in \d+\.?\d* % of rows/);
    expect(said).toMatchObject({ since: dayAt(27), action: { page: '/drift/context_skill' } });
  });

  test('of two weeks it sees a break that is two days old', () => {
    const quality = qualityDays('missing', 0, { days: 15, from: 13, change: 0.5 });
    const facts = factsOf({ columns: [columnOf({ quality })] }, 15);
    expect(saidOf(valuesMissing, facts, 1e-4)).toMatchObject([{ since: dayAt(13) }]);
  });

  test('also where nothing was ever missing', () => {
    const quality = qualityDays('missing', 0, { from: 27, change: 0.2 });
    expect(saidOf(valuesMissing, of(columnOf({ quality })), 1e-6)).toHaveLength(1);
  });

  test('says nothing of less than counts, of few rows and of what comes back', () => {
    expect(saidOf(valuesMissing, missing({ from: 27, change: 0.01 }))).toEqual([]);
    expect(saidOf(valuesMissing, missing({ from: 20, change: 0.3, rows: 90 }))).toEqual([]);
    expect(saidOf(valuesMissing, missing({ from: 26, change: -0.02 }))).toEqual([]);
  });

  test('without a change small p-values are few', () => {
    const [tenth, hundredth] = small(valuesMissing, (seed) => {
      const planted = { random: randomState(seed), between: 0.03 };
      return of(columnOf({ quality: qualityDays('missing', 0.2, planted) }));
    });
    expect([tenth! < 0.14, hundredth! < 0.03]).toEqual([true, true]);
  });
});

describe('range-break', () => {
  const latency = {
    key: 'context_latency_ms',
    name: 'latency ms',
    kind: 'number',
    isRead: false,
  } as const;

  test('tells of numbers outside their range', () => {
    const quality = qualityDays('outside', 0.002, { from: 26, change: 0.05 });
    const [said] = saidOf(rangeBreak, of(columnOf({ ...latency, quality })));
    expect(said!.changed).toMatch(
      /^“latency ms” is outside its range in 5\.\d+ % of rows, since 28 March/,
    );
  });

  test('without a change small p-values are few', () => {
    const [tenth, hundredth] = small(rangeBreak, (seed) => {
      const planted = { random: randomState(seed), between: 0.02 };
      return of(columnOf({ ...latency, quality: qualityDays('outside', 0.1, planted) }));
    });
    expect([tenth! < 0.14, hundredth! < 0.03]).toEqual([true, true]);
  });

  test('takes values never seen for a fact once they came on two days', () => {
    const column = (days: readonly number[]) =>
      columnOf({
        distances: distances(0.02, 0.5),
        breaks: days.map((day) => broken('unseen', day, 0, 0.07)),
      });
    const [said] = saidOf(rangeBreak, of(column([26, 27])));
    expect([said!.pValue, said!.since]).toEqual([null, dayAt(26)]);
    expect(said!.changed).toBe(
      '“skill” has values that were never seen before in 7 % of rows, since 28 March.',
    );
    expect(rangeBreak.find(of(column([27])))).toEqual([]);
    expect(rangeBreak.find(of(column([24, 25])))).toEqual([]);
  });

  test.each([
    [
      'constant',
      12,
      1,
      '“skill” has one value only; there were 12 different ones, since 28 March.',
    ],
    ['cardinality', 12, 80, '“skill” has 80 different values; there were 12, since 28 March.'],
  ])('says of texts what %s means', (kind, before, after, sentence) => {
    const breaks = [26, 27].map((day) => broken(kind, day, before, after));
    const [said] = saidOf(rangeBreak, of(columnOf({ distances: distances(0.02, 0.5), breaks })));
    expect(said!.changed).toBe(sentence);
  });
});

function broken(kind: string, day: number, before: number, after: number): BreakFacts {
  return { day: dayAt(day), kind, before, after, sentence: 'It broke.' };
}

function distances(distance: number, pValue: number | null): DistanceDay[] {
  return Array.from({ length: 14 }, (_, i) => ({
    ...{ day: dayAt(14 + i), noise: 0.01, limit: 0.08 },
    ...(i < 12 ? { distance: 0.02, pValue: 0.5 } : { distance, pValue }),
  }));
}

describe('drift-that-matters', () => {
  const drifted = columnOf({ distances: distances(0.4, 1e-5) });
  const worse = modelOf({ days: modelDays({ from: 26, change: 0.1 }), life: lifeOf() });

  test('tells of a column that a model reads', () => {
    const [said] = saidOf(driftThatMatters, factsOf({ columns: [drifted], models: [modelOf()] }));
    expect(said).toMatchObject({ since: dayAt(26), pValue: 1e-5, action: { request: null } });
    expect(said!.why.join(' ')).toContain(
      'The predictions of “answer” have not become worse so far.',
    );
  });

  test('names the model whose performance fell meanwhile, and offers to retrain it', () => {
    const [said] = saidOf(driftThatMatters, factsOf({ columns: [drifted], models: [worse] }));
    expect(said!.why.join(' ')).toMatch(
      /Meanwhile the log loss of “answer” rose from 0\.5\d+ to 0\.6/,
    );
    expect(said!.action!.request!.body).toEqual({ model: 'answer' });
    expect(said!.impact.value).toBeGreaterThan(0.3);
  });

  test('passes over what no model reads, what is near, and what one day alone had', () => {
    const others = [
      { ...drifted, isRead: false },
      { ...drifted, isRead: null },
      { ...drifted, importance: 0.001 },
      { ...drifted, role: 'label' as const },
    ];
    expect(driftThatMatters.find(of(...others))).toEqual([]);
    const near = [
      columnOf({ distances: distances(0.09, 1e-9) }),
      columnOf({ distances: [...distances(0.02, 0.5).slice(0, -1), distances(0.4, 1e-9).at(-1)!] }),
    ];
    expect(driftThatMatters.find(of(...near)).map(({ pValue }) => pValue)).toEqual([1, 1]);
  });
});

describe('schema-break', () => {
  const quality = qualityDays('missing', 0.01, { from: 26, change: 0.99 });
  const gone = (kind: string, days: readonly number[]) =>
    columnOf({
      distances: distances(0.02, 0.5),
      quality,
      breaks: days.map((day) => broken(kind, day, 1, 0)),
    });

  test.each([
    ['vanished', '“skill” has vanished: no row has had a value since 28 March.'],
    ['new', '“skill” is new: rows have had values since 28 March, and none before.'],
    ['kind', '“skill” holds another kind of values than before, since 28 March.'],
  ])('tells of a field that has become %s', (kind, sentence) => {
    const [said] = saidOf(schemaBreak, of(gone(kind, [26, 27])));
    expect([said!.changed, said!.since, said!.pValue]).toEqual([sentence, dayAt(26), null]);
  });

  test('says nothing when it is back, or of breaks of another kind', () => {
    expect(schemaBreak.find(of(gone('vanished', [20, 21])))).toEqual([]);
    expect(schemaBreak.find(of(gone('missing', [26, 27])))).toEqual([]);
    expect(schemaBreak.find({ ...of(gone('vanished', [27])), eventTime: dayAt(40) })).toEqual([]);
  });
});

describe('events-late', () => {
  const arrivals = (planted: PlantedChange, events = 8_000) =>
    dailyFigure(0.01, { between: 0.002, ...planted }).map((share, day) => ({
      ...{ day: dayAt(day), events, late: Math.round(events * Math.max(0, share)) },
    }));
  const facts = (planted: PlantedChange) =>
    of(
      columnOf({ arrivals: arrivals(planted) }),
      columnOf({ key: 'type', arrivals: arrivals(planted) }),
    );

  test('tells once of a pipeline, whatever columns it has', () => {
    const [said, ...others] = saidOf(eventsLate, facts({ from: 27, change: 0.06 }));
    expect(others).toEqual([]);
    expect(said!.changed).toMatch(/^7\.\d+ % of the events of “learning” come too late to count/);
  });

  test('says nothing on quiet days, and small p-values are few', () => {
    expect(saidOf(eventsLate, facts({}))).toEqual([]);
    const [tenth, hundredth] = small(eventsLate, (seed) =>
      facts({ random: randomState(seed), between: 0.004 }),
    );
    expect([tenth! < 0.14, hundredth! < 0.03]).toEqual([true, true]);
  });
});

describe('labels', () => {
  const covered = (planted: PlantedChange) =>
    dailyFigure(0.9, { between: 0.01, ...planted }).map((share, day) => ({
      ...{ day: dayAt(day), count: 2_000, labelled: Math.round(2_000 * Math.min(1, share)) },
      ...{ logLoss: 0.5, lower: 0.48, upper: 0.52 },
    }));

  test('label-coverage-falling tells of days that are old enough alone', () => {
    const asked = (from: number) =>
      ofModels(modelOf({ labelAgeMs: 3 * dayMs, expected: covered({ from, change: -0.2 }) }));
    const [said] = saidOf(labelCoverageFalling, asked(22));
    expect(said!.since).toBe(dayAt(22));
    expect(said!.judgedAt).toBe(dayAt(25));
    expect(said!.why[0]).toMatch(/is \d+(\.\d)? points below that of the same weekdays before/);
    // The labels of the newest three days may still come.
    expect(saidOf(labelCoverageFalling, asked(25))).toEqual([]);
    expect(labelCoverageFalling.find(ofModels(modelOf({ expected: covered({}) })))).toEqual([]);
  });

  test('label-delay-growing tells of labels that come later', () => {
    const asked = (planted: PlantedChange) =>
      ofModels(
        modelOf({
          promptness: {
            ageMs: dayMs,
            days: covered(planted).map(({ day, count, labelled }) => ({
              day,
              count,
              within: labelled,
            })),
          },
        }),
      );
    const [said] = saidOf(labelDelayGrowing, asked({ from: 24, change: -0.3 }));
    expect(said!.changed).toMatch(/take longer: within 24 h they come for \d/);
    expect(said!.judgedAt).toBe(dayAt(27));
    expect(saidOf(labelDelayGrowing, asked({}))).toEqual([]);
    const [tenth] = small(labelDelayGrowing, (seed) =>
      asked({ random: randomState(seed), between: 0.03 }),
    );
    expect(tenth).toBeLessThan(0.14);
  });
});
