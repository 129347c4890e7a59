/** Whole classes are assigned, and the test is looked at after each: the exact sequential t-test beside the asymptotic sequence. */
import { normal, type RandomState, uniform } from '../../stats/random.ts';
import { lnSequenceEvidence, sequenceWidth } from '../../stats/sequential/asymptoticSequence.ts';
import { bestPrecision, lnRightHaarT } from '../../stats/sequential/rightHaarT.ts';

export interface ClusterScenario {
  readonly name: string;
  readonly classes: number;
  readonly pupils: number;
  /** Intraclass correlation of the outcome. */
  readonly correlation: number;
}

export const clusterScenarios: readonly ClusterScenario[] = [
  { name: '60 classes of 25, ICC .1', classes: 60, pupils: 25, correlation: 0.1 },
  { name: '20 classes of 30, ICC .3', classes: 20, pupils: 30, correlation: 0.3 },
];

/** The asymptotic sequence is tuned to as many units as few classes are. */
const bestClasses = 20;

/** One experiment without an effect; whether each method ever declared one. */
export function watchClusters(
  { classes, pupils, correlation }: ClusterScenario,
  random: RandomState,
  alpha: number,
): { exact: boolean; asymptotic: boolean } {
  const planned = { freedom: classes - 2, information: classes / 4 };
  const precision = bestPrecision(planned, alpha);
  const width = sequenceWidth(bestClasses, alpha);
  const threshold = Math.log(1 / alpha);
  const units = [0, 0];
  const sums = [0, 0];
  const squares = [0, 0];
  let exact = false;
  let asymptotic = false;
  for (let each = 1; each <= classes; each += 1) {
    const arm = uniform(random) < 0.5 ? 1 : 0;
    // Mean of a class: its own level, and the mean of its pupils around it.
    const mean =
      Math.sqrt(correlation) * normal(random) +
      Math.sqrt((1 - correlation) / pupils) * normal(random);
    units[arm]! += 1;
    sums[arm]! += mean;
    squares[arm]! += mean * mean;
    const [control = 0, treatment = 0] = units;
    if (control < 1 || treatment < 1 || each < 3) continue;
    const effect = sums[1]! / treatment - sums[0]! / control;
    const within = [0, 1].map((a) => squares[a]! - sums[a]! ** 2 / units[a]!);
    const design = { freedom: each - 2, information: (treatment * control) / each };
    const variance = (within[0]! + within[1]!) / design.freedom;
    if (!(variance > 0)) continue;
    const t = effect / Math.sqrt(variance / design.information);
    exact ||= lnRightHaarT(t, design, precision) >= threshold;
    if (control < 2 || treatment < 2) continue;
    const standardError = Math.sqrt(
      within[0]! / control / (control - 1) + within[1]! / treatment / (treatment - 1),
    );
    asymptotic ||= lnSequenceEvidence({ effect, standardError, units: each }, width) >= threshold;
  }
  return { exact, asymptotic };
}
