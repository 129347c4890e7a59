/** Examples of the statistics of what is unusual in a series or in points. */
import type { StatisticRow } from '../../../contracts/statistic.ts';
import { flatLine } from '../../../models/anomaly/flatLine.ts';
import { halfSpaceTrees } from '../../../models/anomaly/halfSpaceTrees.ts';
import { holtWinters } from '../../../models/anomaly/holtWinters.ts';
import { randomCutForest } from '../../../models/anomaly/randomCutForest.ts';
import {
  type Expectation,
  type SeasonalExpectationParameters,
  seasonalExpectation,
} from '../../../models/anomaly/seasonalExpectation.ts';
import {
  type SeriesDetectorParameters,
  seriesDetector,
} from '../../../models/anomaly/seriesDetector.ts';
import { silence } from '../../../models/anomaly/silence.ts';
import { type Parameters, parametersOf, type Spec } from '../../../models/spec.ts';
import { fitGeneralizedPareto, tailQuantile } from '../../../stats/extremes/generalizedPareto.ts';
import { normal, type RandomState, uniform } from '../../../stats/random.ts';
import { type Example, mean, numbersOf } from './example.ts';

const pointRow = (random: RandomState) => ({
  ...{ value: normal(random), second: normal(random), third: 5 * normal(random), fourth: 0 },
});

/** Limits by the law of all excesses, none of which was beyond them, as they were at the last of each side. */
function limitsOf(values: readonly number[], calibration: number) {
  const [upper, negated] = [values, values.map((x) => -x)].map((side) => {
    const sorted = side.slice(0, calibration).sort((a, b) => a - b);
    // The lower threshold is the mirror of the upper one.
    const at = 0.8 * calibration;
    const threshold = sorted[at]!;
    const excesses = side.map((x) => x - threshold).filter((excess) => excess > 0);
    const last = side.findLastIndex((x) => x > threshold) + 1;
    const law = fitGeneralizedPareto(excesses, excesses.length);
    return tailQuantile(threshold, law, (1e-6 * Math.max(last, calibration)) / excesses.length);
  });
  return { upper: upper!, lower: -negated! };
}

function scoresOf<Values extends Parameters, State>(
  rows: readonly StatisticRow[],
  spec: Spec<Values, { initial(): State; step(state: State, point: ArrayLike<number>): number }>,
  given: Partial<Values>,
) {
  const model = spec.create(parametersOf<Values>(spec.parameters, given));
  const state = model.initial();
  const scores = rows.map((row) =>
    model.step(
      state,
      ['value', 'second', 'third', 'fourth'].map((role) => row[role] as number),
    ),
  );
  return { count: rows.length, score: scores.at(-1)!, largest: Math.max(...scores) };
}

/** What an expecting model says of the last of the rows, and how often one was too far off. */
function expectedOf<State>(
  rows: readonly StatisticRow[],
  threshold: number,
  model: {
    readonly state: State;
    expect(state: State, row: StatisticRow): Expectation;
    step(state: State, row: StatisticRow): void;
  },
) {
  let last: Expectation = { expected: NaN, scale: NaN };
  let alarms = 0;
  for (const row of rows) {
    last = model.expect(model.state, row);
    if (Math.abs((row['value'] as number) - last.expected) >= threshold * last.scale) alarms += 1;
    model.step(model.state, row);
  }
  return { ...last, alarms, count: rows.length };
}

export const anomalyExamples: Readonly<Record<string, Example>> = {
  spot: {
    parameters: { calibration: 100, level: 0.8, risk: 1e-6 },
    row: (random) => ({ value: uniform(random) + uniform(random) + uniform(random) }),
    expected: (rows) => ({ ...limitsOf(numbersOf(rows), 100), count: rows.length }),
  },
  dspot: {
    parameters: { calibration: 100, level: 0.8, risk: 1e-6, drift: 20 },
    row: (random, index) => ({ value: index / 20 + normal(random) }),
    expected(rows) {
      const values = numbersOf(rows);
      const before = (i: number) => mean(values.slice(i - 20, i));
      const { lower, upper } = limitsOf(
        values.slice(20).map((x, i) => x - before(i + 20)),
        100,
      );
      const level = before(values.length);
      return { lower: level + lower, upper: level + upper, above: 0, below: 0 };
    },
  },
  'half-space-trees': {
    parameters: { trees: 3, depth: 4, window: 20 },
    row: (random) => pointRow(random),
    expected: (rows) =>
      scoresOf(rows, halfSpaceTrees, { features: 4, trees: 3, depth: 4, window: 20 }),
  },
  'random-cut-forest': {
    parameters: { trees: 3, sample: 20, shingle: 2 },
    row: (random) => pointRow(random),
    expected: (rows) =>
      scoresOf(rows, randomCutForest, {
        ...{ features: 4, trees: 3, sample: 20, shingle: 2, decay: 0.1 / 20 },
      }),
  },
  'series-anomalies': {
    parameters: { sample: 16, threshold: 2, refractory: 5 },
    row: (random, index) => ({ value: normal(random), time: 600_000 * index }),
    expected(rows) {
      const spec = seriesDetector();
      const given = { sample: 16, threshold: 2, refractory: 5 };
      const model = spec.create(parametersOf<SeriesDetectorParameters>(spec.parameters, given));
      const state = model.initial();
      const readings = rows.map(({ time, value }) =>
        model.step(state, time as number, value as number),
      );
      const { alarm: _, ...last } = readings.at(-1)!;
      return { ...last, count: 200, alarms: readings.filter(({ alarm }) => alarm).length };
    },
  },
  silence: {
    parameters: {},
    row: (random, index) => ({
      time: 1e12 + 60_000 * index + 20_000 * uniform(random) + (index > 25 ? 1e7 : 0),
    }),
    expected(rows) {
      const times = numbersOf(rows, 'time');
      const state = silence.initial();
      let alarms = 0;
      for (const time of times) {
        if (silence.isSilent(state, time)) alarms += 1;
        silence.step(state, time);
      }
      return {
        count: rows.length,
        alarms,
        lastMs: times.at(-1)!,
        gapMaxMs: silence.gapMaxMs(state),
      };
    },
  },
  'flat-line': {
    parameters: {},
    row: (random, index) => ({ value: index % 150 > 60 ? 1 : normal(random) }),
    expected(rows) {
      const state = flatLine.initial();
      let alarms = 0;
      let wasFlat = false;
      for (const x of numbersOf(rows)) {
        flatLine.step(state, x);
        const isFlat = state.run >= flatLine.runMax(state);
        if (isFlat && !wasFlat) alarms += 1;
        wasFlat = isFlat;
      }
      return { count: rows.length, alarms, run: state.run };
    },
  },
  'holt-winters': {
    parameters: { period: 4, threshold: 3 },
    row: (random, index) => ({ value: (index % 4) + 0.2 * normal(random) }),
    expected(rows) {
      const model = holtWinters.create({ period: 4, alpha: 0.3, beta: 0.1, gamma: 0.1 });
      return expectedOf(rows, 3, {
        state: model.initial(),
        expect: (state) => model.expect(state),
        step: (state, row) => model.step(state, row['value'] as number),
      });
    },
  },
  'seasonal-expectation': {
    parameters: { threshold: 3 },
    row: (random, index) => ({ value: 5 + normal(random), time: 1e12 + 1_800_000 * index }),
    expected(rows) {
      const spec = seasonalExpectation();
      const model = spec.create(parametersOf<SeasonalExpectationParameters>(spec.parameters));
      return expectedOf(rows, 3, {
        state: model.initial(),
        expect: (state, row) => model.expect(state, row['time'] as number),
        step: (state, row) => model.step(state, row['time'] as number, row['value'] as number),
      });
    },
  },
};
