/** Profile of a text column as a streaming statistic: what a reference keeps of it, and what its quality is judged by. */
import { z } from 'zod';
import { defineStatistic } from '../../contracts/statistic.ts';
import { distinctSketch } from '../distinctSketch.ts';
import { type FrequencySketchState, frequencySketch } from '../frequencySketch.ts';
import { textHash } from '../textHash.ts';
import { whole } from './parameters.ts';
import { missing, missingProblem, times, timesProblem } from './profileRoles.ts';

export interface TextProfileState {
  /** Rows with a value, and without. */
  count: number;
  missing: number;
  /** Values that are not in the reference. */
  unseen: number;
  readonly distinct: Uint8Array;
  readonly frequencies: FrequencySketchState;
}

export const textProfile = defineStatistic<TextProfileState>()({
  name: 'text-profile',
  summary: 'What a text column holds: missing values, how many different ones, the most frequent.',
  source:
    'Flajolet et al. 2007; Heule, Nunkesser & Hall 2013; Ertl 2017; Cormode & Muthukrishnan 2005',
  merges: 'exactly',
  roles: {
    value: { kind: 'text', summary: 'the value' },
    missing: { ...missing, summary: '1 where the value is missing' },
    times,
  },
  parameters: z.object({
    valuesMax: whole(1, 4_096).default(128).describe('values of which each is counted'),
    reference: z
      .array(z.string('texts'), 'texts')
      .default([])
      .describe('values that are known; others are counted as unseen. Empty: none is unseen'),
  }),
  figures: {
    rows: { unit: 'rows', summary: 'seen' },
    count: { unit: 'rows', summary: 'with a value' },
    missing: { unit: 'share', summary: 'of rows, without a value' },
    unseen: { unit: 'share', summary: 'of values that are not in the reference' },
    distinct: { unit: 'values', summary: 'different ones, within 2.3 % (standard error)' },
    topShare: {
      unit: 'share',
      summary:
        'of the most frequent value that is counted; of all while they are `valuesMax` at most',
    },
    topShareMost: { unit: 'share', summary: 'no value has more' },
  },
  create({ valuesMax, reference }) {
    const known = new Set(reference);
    const sketch = frequencySketch(valuesMax);
    return {
      initial: () => ({
        ...{ count: 0, missing: 0, unseen: 0 },
        distinct: distinctSketch.initial(),
        frequencies: sketch.initial(),
      }),

      problem: (row) => missingProblem(row.missing, 1) ?? timesProblem(row.times),

      step(state, row) {
        if (row.missing === 1) {
          state.missing += row.times;
          return;
        }
        const hash = textHash(row.value);
        state.count += row.times;
        if (known.size > 0 && !known.has(row.value)) state.unseen += row.times;
        distinctSketch.step(state.distinct, hash);
        sketch.step(state.frequencies, row.value, hash, row.times);
      },

      read({ count, missing, unseen, distinct, frequencies }) {
        const { top, topMost } = sketch.read(frequencies);
        return {
          rows: count + missing,
          count,
          missing: missing / (count + missing), // 0 / 0 is NaN, here and below
          unseen: unseen / count,
          distinct: distinctSketch.read(distinct),
          topShare: top / count,
          topShareMost: topMost / count,
        };
      },

      merge(state, other) {
        state.count += other.count;
        state.missing += other.missing;
        state.unseen += other.unseen;
        distinctSketch.merge(state.distinct, other.distinct);
        sketch.merge(state.frequencies, other.frequencies);
      },
    };
  },
});
