/** Parameters of what is learnt of each user's liking. */
import type { Parameter } from '../spec.ts';

export type PreferenceParameters = {
  readonly halfLifeMs: number;
  readonly fatigueHalfLifeMs: number;
  readonly valuesMax: number;
};

const day = 86_400_000;

export const preferenceParameters: {
  readonly [Name in keyof PreferenceParameters]: Parameter;
} = {
  halfLifeMs: {
    default: 30 * day,
    range: [1, 1e13],
    unit: 'ms',
    whole: true,
    summary: 'event time in which what a user said loses half its weight',
  },
  fatigueHalfLifeMs: {
    default: day,
    range: [1, 1e13],
    unit: 'ms',
    whole: true,
    summary: 'event time in which the count of how often a user had a value halves',
  },
  valuesMax: {
    default: 12,
    range: [1, 64],
    unit: 'values',
    whole: true,
    summary: 'values kept of each user; beyond, the least weighty goes',
  },
};
