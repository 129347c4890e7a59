/** Experiments with a known course for the pictures and the sentences: no clock, no chance. */
import type { ExperimentDetail } from '../../../contracts/experimentApi.ts';
import { type Arm, courseOf } from '../../support/fakeEvidence.ts';
import { day, fakeExperiments, metrics } from '../../support/fakeExperiments.ts';
import { start } from './samples.ts';

export const now = start + 30 * day;

export function detailOf(key: string): ExperimentDetail {
  const found = fakeExperiments(now).get(key);
  if (found === undefined) throw new RangeError(`key: expected one of the samples, got ${key}`);
  const { experiment, revision, result, record } = found;
  return { experiment, metrics: [...metrics], revision, problems: [], result, record };
}

const control: Arm = {
  variant: 'without',
  units: 6_048,
  immature: 0,
  mean: 0.431,
  deviation: 0.495,
};
const treated: Arm = { ...control, variant: 'with', units: 5_981, mean: 0.4655 };

export const course = courseOf('solved', control, treated, {
  from: start,
  to: start + 21 * day,
  count: 60,
});
