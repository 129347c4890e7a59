/**
 * Off-policy evaluation where the truth is known: do the intervals cover, watched all the time, while the logging policy learns?
 *
 * `coverage` is the smallest share of logs, over scenarios and sequences, in which a sequence never missed; with its
 * Clopper–Pearson interval's lower end. Intervals at the end of the log, by limit theorems, stand beside it: heavy weights
 * break them. Then the Open Bandit data: each policy from the other's log beside what it earned in its own.
 */
import { randomState } from '../stats/random.ts';
import { incompleteBetaInverse } from '../stats/special/incompleteBeta.ts';
import { openBandit } from './ope/openBandit.ts';
import { logScenarios } from './ope/scenarios.ts';
import { looks, sequences, type Watched, watchLog } from './ope/watchLog.ts';
import type { Figures, Size } from './run.ts';

const alpha = 0.05;
const units = 500;
/** Logs of a scenario whose counts are kept as well. */
const kept = 10;

interface Tally {
  covered: number;
  runs: number;
  width: number;
  widths: number;
  error: number;
  squares: number;
}

/** Lower end of the 95 % Clopper–Pearson interval. */
function lowerEnd(share: number, runs: number): number {
  const count = Math.round(share * runs);
  return count === 0 ? 0 : incompleteBetaInverse(count, runs - count + 1, 0.025);
}

const percent = (share: number) => (100 * share).toFixed(1).padStart(6);

export async function run({ full, most }: Size): Promise<Figures> {
  const runs = most ? 20_000 : full ? 2_000 : 20;
  const figures: Record<string, number | string> = {};
  let worstSequence = { share: 1, name: 'none' };
  let worstLook = { share: 1, name: 'none' };
  let worstBias = { deviations: 0, name: 'none' };

  const columns: Watched[] = [...sequences, ...looks];
  console.log(`coverage in % (bias of estimators in standard errors of it), ${runs} logs each`);
  console.log(`${''.padEnd(34)}${columns.map((name) => name.slice(-13).padStart(14)).join('')}`);
  logScenarios.forEach((scenario, i) => {
    const random = randomState(5_000 + i);
    const tallies = new Map<Watched, Tally>();
    let effective = 0;
    let largest = 0;
    for (let each = 0; each < runs; each += 1) {
      const log = watchLog(scenario, random, { units, alpha, keep: each < kept });
      effective += log.effective / runs;
      largest = Math.max(largest, log.largestWeight);
      for (const [name, { missed, width, error }] of log.intervals) {
        let tally = tallies.get(name);
        if (tally === undefined) {
          tally = { covered: 0, runs: 0, width: 0, widths: 0, error: 0, squares: 0 };
          tallies.set(name, tally);
        }
        tally.runs += 1;
        if (!missed) tally.covered += 1;
        if (width < Infinity) {
          tally.width += width;
          tally.widths += 1;
        }
        tally.error += error;
        tally.squares += error * error;
      }
    }
    const cells: string[] = [];
    for (const name of columns) {
      const tally = tallies.get(name);
      if (tally === undefined) {
        cells.push(''.padStart(14));
        continue;
      }
      const label = `${name}, ${scenario.name}`;
      const share = tally.covered / tally.runs;
      figures[`coverage_${label}`] = share;
      figures[`width_${label}`] = tally.width / tally.widths;
      const isSequence = (sequences as readonly string[]).includes(name);
      if (isSequence && share < worstSequence.share) worstSequence = { share, name: label };
      if (!isSequence && share < worstLook.share) worstLook = { share, name: label };
      let cell = percent(share);
      if (!isSequence && name !== 'bernstein') {
        const mean = tally.error / tally.runs;
        const spread = Math.sqrt(tally.squares / tally.runs - mean * mean);
        const deviations = (mean / spread) * Math.sqrt(tally.runs);
        figures[`bias_${label}`] = mean;
        figures[`error_${label}`] = Math.sqrt(tally.squares / tally.runs);
        // Self-normalized estimators have a bias of order 1/n by nature.
        const unbiased = name === 'ips' || name === 'dr';
        if (unbiased && Math.abs(deviations) > Math.abs(worstBias.deviations)) {
          worstBias = { deviations, name: label };
        }
        cell += ` (${deviations.toFixed(1)})`;
      }
      cells.push(cell.padStart(14));
    }
    figures[`effective_share, ${scenario.name}`] = effective;
    figures[`largest_weight, ${scenario.name}`] = largest;
    console.log(scenario.name.padEnd(34) + cells.join(''));
  });

  const bandit = openBandit(alpha);
  if (bandit === undefined) console.log('Open Bandit data: absent, skipped');
  let disagreements = 0;
  for (const [policy, judged] of Object.entries(bandit ?? {})) {
    const { onPolicy, intervals, effective, largestWeight } = judged;
    const show = (name: string, estimate: number | undefined, lower: number, upper: number) =>
      `  ${name.padEnd(28)}${(estimate ?? NaN).toFixed(5).padStart(9)}  ${lower.toFixed(5)} … ${upper.toFixed(5)}`;
    console.log(
      `Open Bandit data, ${policy} from the other's log: effective ${effective.toFixed(0)}`,
    );
    console.log(show('own log', onPolicy.estimate, onPolicy.lower, onPolicy.upper));
    figures[`obd_${policy}_own_log`] = onPolicy.estimate;
    figures[`obd_${policy}_effective`] = effective;
    figures[`obd_${policy}_largest_weight`] = largestWeight;
    for (const [name, { estimate, lower, upper }] of Object.entries(intervals)) {
      console.log(show(name, estimate, lower, upper));
      if (estimate !== undefined) figures[`obd_${policy}_${name}`] = estimate;
      figures[`obd_${policy}_${name}_lower`] = lower;
      figures[`obd_${policy}_${name}_upper`] = upper;
      if (lower > onPolicy.upper || upper < onPolicy.lower) disagreements += 1;
    }
  }

  return {
    coverage: worstSequence.share,
    coverage_lower_end: lowerEnd(worstSequence.share, runs),
    worst: worstSequence.name,
    runs,
    scenarios: logScenarios.length,
    units_each: units,
    alpha,
    one_look_coverage: worstLook.share,
    one_look_worst: worstLook.name,
    worst_bias_deviations: worstBias.deviations,
    worst_bias: worstBias.name,
    obd: bandit === undefined ? 'absent' : 'read',
    obd_disagreements: disagreements,
    ...figures,
  };
}
