/**
 * The sequential sample-ratio test, looked at after every exposure: how often it cries without reason, and how soon it sees a
 * split that is not the one designed.
 *
 * The test is stepped exposure by exposure here; at the end of each run it must agree with `lnSampleRatio` on the counts.
 */
import { type RandomState, randomState, uniform } from '../stats/random.ts';
import { lnSampleRatio, ratioConcentrations } from '../stats/sequential/sampleRatio.ts';
import { incompleteBetaInverse } from '../stats/special/incompleteBeta.ts';
import type { Figures, Size } from './run.ts';
import { quantile } from './support/quantile.ts';

const alpha = 0.001;
const threshold = 1 / alpha;

interface Split {
  readonly name: string;
  readonly designed: readonly number[];
  readonly real: readonly number[];
}

const half = [0.5, 0.5];
const honest: readonly Split[] = [
  { name: '50/50', designed: half, real: half },
  { name: '90/10', designed: [0.9, 0.1], real: [0.9, 0.1] },
  { name: 'thirds', designed: [1 / 3, 1 / 3, 1 / 3], real: [1 / 3, 1 / 3, 1 / 3] },
];
const broken: readonly Split[] = [
  { name: '55_45', designed: half, real: [0.55, 0.45] },
  { name: '52_48', designed: half, real: [0.52, 0.48] },
  { name: '51_49', designed: half, real: [0.51, 0.49] },
];

/** @returns exposures until the alarm, `most` + 1 when there was none */
function watch({ designed, real }: Split, most: number, random: RandomState): number {
  const counts = designed.map(() => 0);
  const factors = ratioConcentrations.map(() => 1);
  for (let total = 0; total < most; total += 1) {
    let arm = 0;
    for (let draw = uniform(random); arm < real.length - 1 && draw >= real[arm]!; arm += 1) {
      draw -= real[arm]!;
    }
    const share = designed[arm]!;
    let sum = 0;
    for (let i = 0; i < factors.length; i += 1) {
      const concentration = ratioConcentrations[i]!;
      // What the prior, learnt so far, had predicted for this arm, by what the design says.
      factors[i]! *= (concentration * share + counts[arm]!) / ((concentration + total) * share);
      sum += factors[i]!;
    }
    counts[arm]! += 1;
    if (sum / factors.length >= threshold) return total + 1;
  }
  const stepped = Math.log(factors.reduce((sum, each) => sum + each, 0) / factors.length);
  const whole = lnSampleRatio([{ counts, design: designed }]);
  if (Math.abs(stepped - whole) > 1e-6 * Math.max(1, Math.abs(whole))) {
    throw new Error(`the stepped test says ${stepped}, the one on counts ${whole}`);
  }
  return most + 1;
}

export async function run({ full, most }: Size): Promise<Figures> {
  const runs = most ? 100_000 : full ? 4_000 : 20;
  const exposures = full ? 1_000_000 : 10_000;
  const figures: Record<string, number> = {};
  const rates = honest.map((split, i) => {
    const random = randomState(100 + i);
    let alarms = 0;
    // The whole stretch costs some ms a run.
    const times = Math.ceil(runs / honest.length);
    for (let each = 0; each < times; each += 1) {
      if (watch(split, exposures, random) <= exposures) alarms += 1;
    }
    figures[`false_alarm_rate, ${split.name}`] = alarms / times;
    return { alarms, times };
  });
  const alarms = rates.reduce((sum, rate) => sum + rate.alarms, 0);
  const times = rates.reduce((sum, rate) => sum + rate.times, 0);
  for (const [i, split] of broken.entries()) {
    const random = randomState(200 + i);
    const ends = Array.from({ length: full ? 1_000 : 20 }, () => watch(split, exposures, random));
    figures[`median_alarm_${split.name}`] = quantile(ends, 0.5);
  }
  return {
    alpha,
    exposures,
    runs: times,
    false_alarm_rate: alarms / times,
    false_alarm_upper_bound:
      alarms === times ? 1 : incompleteBetaInverse(alarms + 1, times - alarms, 0.975),
    ...figures,
  };
}
