/** What an example of a statistic is, and the pure functions by which several of them say what to expect. */
import type { StatisticRow } from '../../../contracts/statistic.ts';
import { normal, type RandomState, uniform } from '../../../stats/random.ts';
import {
  lnSequenceEvidence,
  sequenceMultiplier,
  sequenceWidth,
} from '../../../stats/sequential/asymptoticSequence.ts';
import type { Estimate } from '../../../stats/testing/estimate.ts';

export interface Example {
  readonly parameters: Readonly<Record<string, unknown>>;
  row(random: RandomState, index: number): StatisticRow;
  /** Some of the figures of the rows, from pure functions. */
  expected(rows: readonly StatisticRow[]): Readonly<Record<string, number>>;
}

export const numbersOf = (rows: readonly StatisticRow[], role = 'value') =>
  rows.map((row) => row[role] as number);

export const armOf = (rows: readonly StatisticRow[], variant: string) =>
  rows.filter((row) => row['variant'] === variant);

export const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

export const mean = (values: readonly number[]) => sum(values) / values.length;

/** Two passes. */
export function variance(values: readonly number[]): number {
  const centre = mean(values);
  return sum(values.map((value) => (value - centre) ** 2)) / (values.length - 1);
}

export function meanEstimate(values: readonly number[]): Estimate {
  return {
    estimate: mean(values),
    variance: variance(values) / values.length,
    freedom: values.length - 1,
  };
}

export function sequence({ estimate, variance }: Estimate, units: number) {
  const standardError = Math.sqrt(variance);
  const width = sequenceWidth(5_000, 0.05);
  const radius = standardError * sequenceMultiplier(units, 0.05, width);
  return {
    effect: estimate,
    standardError,
    lower: estimate - radius,
    upper: estimate + radius,
    lnE: lnSequenceEvidence({ effect: estimate, standardError, units }, width),
  };
}

export const arm = (random: RandomState) => (uniform(random) < 0.4 ? 'treatment' : 'control');

export const withArm = (random: RandomState) => {
  const variant = arm(random);
  return { variant, value: 100 + normal(random) + (variant === 'treatment' ? 0.5 : 0) };
};
