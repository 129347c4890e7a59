/** How long labels take to come, and how many come, as a streaming statistic; see `labelDelay`. */
import { z } from 'zod';
import { defineStatistic, unexpected } from '../../contracts/statistic.ts';
import {
  type AwaitedLabel,
  labelDelay as delay,
  type LabelDelayState,
} from '../monitoring/labelDelay.ts';
import { normalTwoSided } from '../special/normal.ts';
import { alpha, positive } from './parameters.ts';
import { binaryProblem } from './successes.ts';

const hourMs = 3_600_000;

export const labelDelay = defineStatistic<LabelDelayState>()({
  name: 'label-delay',
  summary: 'Share of predictions whose labels come, and how long they take, some still waiting.',
  source: 'Kaplan & Meier 1958; Greenwood 1926',
  merges: 'exactly',
  roles: {
    age: {
      kind: 'number',
      summary:
        'of a prediction when its label came, or without one by now, ms; a prediction has one row',
      column: 'value',
    },
    labelled: { kind: 'number', summary: '1 when its label came, 0 while it waits', fallback: 1 },
  },
  parameters: z.object({
    horizonMs: positive()
      .default(72 * hourMs)
      .describe('age by which labels should have come'),
    alpha,
  }),
  figures: {
    count: { unit: 'rows', summary: 'predictions' },
    labelled: { unit: 'rows', summary: 'those whose labels came' },
    withinHour: {
      unit: 'share',
      summary:
        'of predictions whose labels come within an hour; NaN while none was watched so long',
    },
    withinDay: { unit: 'share', summary: 'within a day' },
    withinWeek: { unit: 'share', summary: 'within a week' },
    within: { unit: 'share', summary: 'within the horizon' },
    withinLower: { unit: 'share', summary: 'end of the interval of `within`' },
    withinUpper: { unit: 'share', summary: 'its other end' },
    p50: { unit: 'ms', summary: 'delay by which half of the labels have come; ∞ while fewer came' },
    p90: { unit: 'ms', summary: 'delay by which nine in ten have come; ∞ while fewer came' },
    p99: { unit: 'ms', summary: 'delay by which 99 in a hundred have come; ∞ while fewer came' },
  },
  create({ horizonMs, alpha }) {
    const quantile = normalTwoSided(alpha);
    const scratch: AwaitedLabel = { ageMs: 0, isLabelled: true };
    return {
      initial: delay.initial,

      problem: ({ age, labelled }) =>
        age >= 0 ? binaryProblem('labelled', labelled) : unexpected('age', 'at least 0', age),

      step(state, { age, labelled }) {
        scratch.ageMs = age;
        scratch.isLabelled = labelled === 1;
        delay.step(state, scratch);
      },

      read(state) {
        const { count, labelled, within, delayOf } = delay.read(state);
        const { estimate, lower, upper } = within(horizonMs, quantile);
        return {
          count,
          labelled,
          withinHour: within(hourMs, quantile).estimate,
          withinDay: within(24 * hourMs, quantile).estimate,
          withinWeek: within(168 * hourMs, quantile).estimate,
          within: estimate,
          withinLower: lower,
          withinUpper: upper,
          p50: delayOf(0.5),
          p90: delayOf(0.9),
          p99: delayOf(0.99),
        };
      },

      merge: delay.merge,
    };
  },
});
