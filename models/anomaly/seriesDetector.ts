/**
 * Anomalies of one metric with timestamps, by one configuration for all metrics.
 *
 * Two views make the score. How far the mean of the last few deviations from the seasonal expectation is from where such means
 * were, in standard deviations; partly measured by the 99 % quantile of its own past, because some metrics have heavy tails. And
 * how rare the value is for a random cut forest with a long memory. An alarm is a policy above the score: it is raised at a
 * threshold, and not again within a refractory period.
 *
 * Our own combination; its parts: `seasonalExpectation`, `randomCutForest`, `quantileSketch`. Benchmark: `nab`.
 */
import {
  type QuantileSketchState,
  quantileOf,
  quantileSketch,
} from '../../stats/quantileSketch.ts';
import { parametersOf, type Spec } from '../spec.ts';
import { checkPoint } from './checkPoint.ts';
import { type DecayedScaleState, decayedScale } from './decayedScale.ts';
import {
  type RandomCutForestParameters,
  type RandomCutForestState,
  randomCutForest,
} from './randomCutForest.ts';
import {
  type SeasonalExpectationParameters,
  type SeasonalExpectationState,
  seasonalExpectation,
} from './seasonalExpectation.ts';

export type SeriesDetectorParameters = {
  readonly threshold: number;
  readonly refractory: number;
  readonly smoothing: number;
  readonly memory: number;
  readonly tailShare: number;
  readonly rarityWeight: number;
  readonly sample: number;
  readonly warmUp: number;
  readonly offsetMs: number;
};

export interface SeriesDetectorState {
  season: SeasonalExpectationState;
  /** The last deviations from the expectation, as a ring: deviation i at i modulo the length. */
  deviations: Float64Array;
  /** Of the means of those; of the forest's scores. */
  level: DecayedScaleState;
  rarity: DecayedScaleState;
  /** Of the level's deviations, all of the past. */
  tail: QuantileSketchState;
  forest: RandomCutForestState;
  /** Values taken. */
  count: number;
  /** Values since the last alarm, that one not counted; −1 before the first. */
  sinceAlarm: number;
}

export interface SeriesReading {
  /** ≥ 0; 0 while little is known. */
  readonly score: number;
  readonly alarm: boolean;
  /** What the season lets expect; NaN for the first value. */
  readonly expected: number;
  /** Usual size of a deviation from it; NaN for the first two values. */
  readonly scale: number;
  /** What the two views add to the score: a level that is not that of the season, and a rare value. */
  readonly fromLevel: number;
  readonly fromRarity: number;
}

export interface SeriesDetector {
  initial(): SeriesDetectorState;
  /**
   * Takes a value. Times may be uneven and jump: they only tell the hour.
   *
   * @param timeMs since 1970
   * @throws RangeError when time or value is not finite: then nothing has changed
   */
  step(state: SeriesDetectorState, timeMs: number, x: number): SeriesReading;
}

/** Quantile of the past deviations that measures heavy tails. */
const tailLevel = 0.99;
/** Deviations of a smaller part of the value are of its rounding. */
const roundingFloor = 1e-9;
/** What a forest's score varies at least: below it differences are of its random cuts. */
const rarityFloor = 0.02;
/** Smallest quantile that is measured by: that of a metric that hardly ever varied is 0. */
const tailFloor = 0.5;

/** @param holidays local days, as of {@link seasonalExpectation} */
export const seriesDetector = (
  holidays: ReadonlySet<string> = new Set(),
): Spec<SeriesDetectorParameters, SeriesDetector> => ({
  name: 'series-detector',
  summary: 'Raises an alarm when a metric leaves its season or takes a rare value.',
  source: 'Guha et al. 2016 (forest); our own combination',
  parameters: {
    threshold: { default: 4.1, range: [0, 1e6], unit: '', summary: 'score that raises an alarm' },
    refractory: {
      default: 200,
      range: [0, 1e9],
      unit: 'values',
      summary: 'values after an alarm without another',
      whole: true,
    },
    smoothing: {
      default: 6,
      range: [1, 1_000],
      unit: 'values',
      summary: 'deviations that are averaged',
      whole: true,
    },
    memory: {
      default: 6_400,
      range: [10, 1e9],
      unit: 'values',
      summary: 'values that the usual size of deviations remembers',
    },
    tailShare: {
      default: 0.3,
      range: [0, 1],
      unit: '',
      summary:
        'how much the metric’s own tail measures its deviations: 0 standard deviations alone',
    },
    rarityWeight: { default: 0.3, range: [0, 100], unit: '', summary: 'weight of the forest' },
    sample: {
      default: 1_024,
      range: [16, 4_096],
      unit: 'values',
      summary: 'sample of each of the forest’s 30 trees: 2.4 kB of state for each',
      whole: true,
    },
    warmUp: {
      default: 200,
      range: [1, 1e6],
      unit: 'values',
      summary: 'values before the first score',
      whole: true,
    },
    offsetMs: {
      default: 0,
      range: [-50_400_000, 50_400_000],
      unit: 'ms',
      summary: 'local time minus UTC',
      whole: true,
    },
  },
  create({
    threshold,
    refractory,
    smoothing,
    memory,
    tailShare,
    rarityWeight,
    sample,
    warmUp,
    offsetMs,
  }) {
    const seasonal = seasonalExpectation(holidays);
    const season = seasonal.create(
      parametersOf<SeasonalExpectationParameters>(seasonal.parameters, { offsetMs }),
    );
    const forest = randomCutForest.create(
      parametersOf<RandomCutForestParameters>(randomCutForest.parameters, {
        ...{ shingle: 1, trees: 30, sample, decay: 1e-4 },
        // It begins within the warm-up: its rise from 0 is no news.
        outputAfter: Math.min(1, warmUp / 2 / sample),
      }),
    );
    const level = decayedScale(memory);
    const rarity = decayedScale(memory);
    const point = new Float64Array(1);

    return {
      initial: () => ({
        season: season.initial(),
        deviations: new Float64Array(smoothing),
        level: level.initial(),
        rarity: rarity.initial(),
        tail: quantileSketch.initial(),
        forest: forest.initial(),
        count: 0,
        sinceAlarm: -1,
      }),

      step(state, timeMs, x) {
        point[0] = x;
        checkPoint(point, 1, 'value');
        const { expected, scale } = season.expect(state.season, timeMs);
        season.step(state.season, timeMs, x);
        const { deviations } = state;
        deviations[state.count % smoothing] = state.count === 0 ? 0 : x - expected;
        let mean = 0;
        for (let i = 0; i < smoothing; i += 1) mean += deviations[i]!;
        mean /= Math.min(smoothing, state.count + 1);
        const off = Math.abs(level.step(state.level, mean, roundingFloor * Math.abs(x)));
        const forestScore = forest.step(state.forest, point);
        // The zeros before the forest's first scores are taken too: they keep the scale wide while few scores are known.
        const rare = Math.max(0, rarity.step(state.rarity, forestScore, rarityFloor));

        let fromLevel = 0;
        let fromRarity = 0;
        if (state.count >= warmUp) {
          const usual = quantileOf(state.tail.bins, state.tail.counts, tailLevel);
          fromLevel = off / Math.max(tailFloor, usual) ** tailShare;
          fromRarity = rarityWeight * rare;
        }
        quantileSketch.step(state.tail, off);
        state.count += 1;
        const score = fromLevel + fromRarity;
        const isResting = state.sinceAlarm >= 0 && state.sinceAlarm < refractory;
        const alarm = score >= threshold && !isResting;
        if (alarm) state.sinceAlarm = 0;
        else if (state.sinceAlarm >= 0) state.sinceAlarm += 1;
        return { score, alarm, expected, scale, fromLevel, fromRarity };
      },
    };
  },
});
