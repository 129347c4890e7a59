/** Profile of a numeric column as a streaming statistic: what a reference keeps of it, and what its quality is judged by. */
import { z } from 'zod';
import { figureMax } from '../../contracts/event.ts';
import { defineStatistic, unexpected } from '../../contracts/statistic.ts';
import {
  binValue,
  type QuantileSketchState,
  quantileOf,
  quantileSketch,
} from '../quantileSketch.ts';
import { finite } from './parameters.ts';
import { missing, missingProblem } from './profileRoles.ts';
import { value } from './roles.ts';

export interface NumberProfileState {
  /** Values that are there and finite, and rows in which they are not. */
  count: number;
  missing: number;
  notFinite: number;
  /** Values beyond the declared range; they count as others do. */
  below: number;
  above: number;
  /** Infinity and −Infinity before the first value. */
  minimum: number;
  maximum: number;
  readonly sketch: QuantileSketchState;
}

export const numberProfile = defineStatistic<NumberProfileState>()({
  name: 'number-profile',
  summary: 'What a numeric column holds: missing values, range, distribution.',
  source: 'Masson, Rim & Lee 2019; Schelter et al. 2018 (which counts tell of quality)',
  merges: 'exactly',
  roles: { value, missing },
  parameters: z.object({
    lower: finite().default(-figureMax).describe('least value that is meant to occur'),
    upper: finite().default(figureMax).describe('largest value that is meant to occur'),
  }),
  figures: {
    rows: { unit: 'rows', summary: 'seen' },
    count: { unit: 'rows', summary: 'with a finite value' },
    missing: { unit: 'share', summary: 'of rows, without a value' },
    notFinite: { unit: 'share', summary: 'of rows, with a value that is not finite' },
    below: { unit: 'share', summary: 'of values, below the declared range' },
    above: { unit: 'share', summary: 'of values, above the declared range' },
    minimum: { unit: 'value', summary: 'least value' },
    maximum: { unit: 'value', summary: 'largest value' },
    mean: { unit: 'value', summary: 'mean, each value within 1 %' },
    p50: { unit: 'value', summary: 'median, within 1 %' },
    p95: { unit: 'value', summary: 'quantile of 95 %, within 1 %' },
  },
  create({ lower, upper }) {
    if (!(lower <= upper)) throw new RangeError(unexpected('lower', `at most ${upper}`, lower));
    return {
      initial: () => ({
        ...{ count: 0, missing: 0, notFinite: 0, below: 0, above: 0 },
        ...{ minimum: Infinity, maximum: -Infinity },
        sketch: quantileSketch.initial(),
      }),

      problem: (row) => missingProblem(row.missing, 2),

      step(state, row) {
        if (row.missing === 1) state.missing += 1;
        if (row.missing === 2) state.notFinite += 1;
        if (row.missing > 0) return;
        const x = row.value;
        state.count += 1;
        if (x < lower) state.below += 1;
        if (x > upper) state.above += 1;
        if (x < state.minimum) state.minimum = x;
        if (x > state.maximum) state.maximum = x;
        quantileSketch.step(state.sketch, x);
      },

      read(state) {
        const { count, minimum, maximum, sketch } = state;
        const rows = count + state.missing + state.notFinite;
        const sum = sketch.bins.reduce((so, bin, i) => so + binValue(bin) * sketch.counts[i]!, 0);
        const within = (x: number) => Math.min(maximum, Math.max(minimum, x));
        const quantile = (share: number) => within(quantileOf(sketch.bins, sketch.counts, share));
        return {
          rows,
          count,
          missing: state.missing / rows, // 0 / 0 is NaN, here and below
          notFinite: state.notFinite / rows,
          below: state.below / count,
          above: state.above / count,
          minimum: count > 0 ? minimum : NaN,
          maximum: count > 0 ? maximum : NaN,
          mean: count > 0 ? within(sum / count) : NaN,
          p50: count > 0 ? quantile(0.5) : NaN,
          p95: count > 0 ? quantile(0.95) : NaN,
        };
      },

      merge(state, other) {
        for (const name of ['count', 'missing', 'notFinite', 'below', 'above'] as const) {
          state[name] += other[name];
        }
        state.minimum = Math.min(state.minimum, other.minimum);
        state.maximum = Math.max(state.maximum, other.maximum);
        quantileSketch.merge(state.sketch, other.sketch);
      },
    };
  },
});
