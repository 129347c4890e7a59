/** The sequential sample-ratio test as a streaming statistic; see `sampleRatio`. */
import { z } from 'zod';
import { defineStatistic, unexpected } from '../../contracts/statistic.ts';
import { lnSampleRatio, sampleRatioPosterior } from '../sequential/sampleRatio.ts';
import { evidenceFigures, evidenceOf } from './evidenceFigures.ts';
import { positive } from './parameters.ts';
import { variant } from './roles.ts';

interface State {
  /** Units of each arm, arms in the order of their names. */
  counts: number[];
}

export const sampleRatioTest = defineStatistic<State>()({
  name: 'sample-ratio',
  summary: 'Whether arms receive the shares that the design says, judged at any time.',
  source: 'Lindon & Malek 2022',
  merges: 'exactly',
  roles: { variant },
  parameters: z.object({
    design: z
      .record(z.string(), positive(), 'weights by variant')
      .refine((design) => Object.keys(design).length >= 2, 'weights of two variants at least')
      .default({ control: 1, treatment: 1 })
      .describe('weight of each variant; they need not sum to 1'),
  }),
  figures: {
    ...evidenceFigures,
    units: { unit: 'units', summary: 'in all arms' },
    departure: {
      unit: 'share',
      summary: 'largest distance of an arm’s believed share from its own by the design',
    },
  },
  create({ design }) {
    const names = Object.keys(design).sort();
    const weights = names.map((name) => design[name]!);
    return {
      initial: (): State => ({ counts: names.map(() => 0) }),

      problem: ({ variant }) =>
        names.includes(variant)
          ? undefined
          : unexpected('variant', `one of ${names.join(', ')}`, variant),

      step(state, { variant }) {
        state.counts[names.indexOf(variant)]! += 1;
      },

      read({ counts }) {
        const stage = { counts, design: weights };
        const { mean, expected } = sampleRatioPosterior(stage);
        return {
          ...evidenceOf(lnSampleRatio([stage])),
          units: counts.reduce((sum, count) => sum + count, 0),
          departure: Math.max(...mean.map((share, arm) => Math.abs(share - expected[arm]!))),
        };
      },

      merge(state, other) {
        other.counts.forEach((count, arm) => {
          state.counts[arm]! += count;
        });
      },
    };
  },
});
