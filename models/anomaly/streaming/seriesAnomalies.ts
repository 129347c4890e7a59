/** The series detector as a streaming statistic: one metric by its own past; see `seriesDetector`. */
import { z } from 'zod';
import { defineStatistic } from '../../../contracts/statistic.ts';
import { positive, whole } from '../../../stats/streaming/parameters.ts';
import { value } from '../../../stats/streaming/roles.ts';
import { parametersOf } from '../../spec.ts';
import {
  type SeriesDetectorParameters,
  type SeriesDetectorState,
  seriesDetector,
} from '../seriesDetector.ts';

interface SeriesAnomaliesState {
  alarms: number;
  /** Of the last value. */
  score: number;
  fromLevel: number;
  fromRarity: number;
  expected: number;
  scale: number;
  /** Time of the last alarm, ms since 1970; NaN before the first. */
  alarmMs: number;
  readonly detector: SeriesDetectorState;
}

export const seriesAnomalies = defineStatistic<SeriesAnomaliesState>()({
  name: 'series-anomalies',
  summary: 'Alarms of a metric that leaves its season or takes a rare value.',
  source: 'Guha et al. 2016 (forest); our own combination',
  merges: 'never',
  roles: {
    value,
    time: {
      kind: 'number',
      summary: 'ms since 1970: the hour tells what is usual',
      column: 'time',
    },
  },
  parameters: z.object({
    threshold: positive().default(4.1).describe('score that raises an alarm'),
    refractory: whole(0, 1e9).default(200).describe('values after an alarm without another'),
    sample: whole(16, 4_096)
      .default(256)
      .describe('of each of 30 trees; a state has 2.4 kB for each sampled value'),
    offsetMs: whole(-50_400_000, 50_400_000).default(0).describe('local time minus UTC, ms'),
  }),
  figures: {
    count: { unit: 'rows', summary: 'values seen' },
    alarms: { unit: 'rows', summary: 'alarms raised' },
    alarmMs: { unit: 'ms since 1970', summary: 'time of the last alarm; NaN before the first' },
    score: { unit: '', summary: 'of the last value; 0 while little is known' },
    fromLevel: { unit: '', summary: 'part of the score: the level is not that of the season' },
    fromRarity: { unit: '', summary: 'part of the score: the value is rare' },
    expected: { unit: 'value', summary: 'of the last value by its season; NaN for the first' },
    scale: { unit: 'value', summary: 'usual deviation from what was expected; NaN at first' },
  },
  create(given) {
    const spec = seriesDetector();
    const model = spec.create(parametersOf<SeriesDetectorParameters>(spec.parameters, given));
    return {
      initial: () => ({
        ...{ alarms: 0, score: 0, fromLevel: 0, fromRarity: 0 },
        ...{ expected: NaN, scale: NaN, alarmMs: NaN },
        detector: model.initial(),
      }),
      step(state, { value, time }) {
        const reading = model.step(state.detector, time, value);
        state.score = reading.score;
        state.fromLevel = reading.fromLevel;
        state.fromRarity = reading.fromRarity;
        state.expected = reading.expected;
        state.scale = reading.scale;
        if (!reading.alarm) return;
        state.alarms += 1;
        state.alarmMs = time;
      },
      read({ detector, ...figures }) {
        return { count: detector.count, ...figures };
      },
    };
  },
});
