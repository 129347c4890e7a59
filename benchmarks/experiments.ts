/**
 * The promise of the tests: experiments without any effect, watched after every single unit, decide falsely at most as often as
 * alpha says; and what that costs in units against the asymptotic sequence, which does not keep the promise.
 *
 * Every scenario is run many times; `worst_ever_false_rate` is the largest share of runs with a false decision at any
 * moment, with the upper end of its Clopper–Pearson interval. Costs are medians of the units until the decision in experiments with
 * an effect; a run that does not decide counts as its largest number of units.
 */
import { randomState } from '../stats/random.ts';
import { type BetPortfolio, betPortfolio } from '../stats/sequential/betPortfolio.ts';
import { incompleteBetaInverse } from '../stats/special/incompleteBeta.ts';
import { clusterScenarios, watchClusters } from './experiments/clusters.ts';
import { Pooled } from './experiments/pooled.ts';
import { effectScenarios, nullScenarios, type Scenario } from './experiments/scenarios.ts';
import { FactorTables, Watcher } from './experiments/watch.ts';
import type { Figures, Size } from './run.ts';
import { quantile } from './support/quantile.ts';

const alpha = 0.05;
const threshold = Math.log(1 / alpha);

interface Ends {
  /** Units at the decision, by run; the scenario's units + 1 when there was none. */
  readonly design: Float64Array;
  readonly asymptotic: Float64Array;
}

function watch(
  { units, bins, adaptive, begin }: Scenario,
  portfolio: BetPortfolio,
  runs: number,
  seed: number,
): Ends {
  const random = randomState(seed);
  const tables = new FactorTables(portfolio);
  const design = new Float64Array(runs).fill(units + 1);
  const asymptotic = new Float64Array(runs).fill(units + 1);
  for (let run = 0; run < runs; run += 1) {
    const next = begin(random);
    const watcher = new Watcher(portfolio, tables, { bins, adaptive });
    const pooled = new Pooled(alpha);
    let open = true;
    let openPooled = true;
    for (let index = 0; index < units && (open || openPooled); index += 1) {
      const unit = next(index);
      if (open && watcher.take(unit, threshold)) {
        design[run] = index + 1;
        open = false;
      }
      if (openPooled && pooled.take(unit.treated, unit.outcome, threshold)) {
        asymptotic[run] = index + 1;
        openPooled = false;
      }
    }
  }
  return { design, asymptotic };
}

function shareBelow(ends: Float64Array, units: number): number {
  let count = 0;
  for (const end of ends) if (end <= units) count += 1;
  return count / ends.length;
}

/** Upper end of the 95 % Clopper–Pearson interval. */
function upperBound(share: number, runs: number): number {
  const count = Math.round(share * runs);
  return count === runs ? 1 : incompleteBetaInverse(count + 1, runs - count, 0.975);
}

export async function run({ full, most }: Size): Promise<Figures> {
  const runs = most ? 100_000 : full ? 2_000 : 20;
  const powerRuns = full ? 1_000 : 10;
  const portfolio = betPortfolio();
  const figures: Record<string, number> = {};
  const design: number[] = [];
  const asymptotic: number[] = [];
  const tell = (name: string, exact: number, usual: number) => {
    design.push(exact);
    asymptotic.push(usual);
    figures[`false_rate, ${name}`] = exact;
    figures[`asymptotic_false_rate, ${name}`] = usual;
  };
  nullScenarios.forEach((scenario, i) => {
    const ends = watch(scenario, portfolio, runs, 1_000 + i);
    const { name, units } = scenario;
    tell(name, shareBelow(ends.design, units), shareBelow(ends.asymptotic, units));
  });
  clusterScenarios.forEach((scenario, i) => {
    const random = randomState(2_000 + i);
    let exact = 0;
    let usual = 0;
    for (let each = 0; each < runs; each += 1) {
      const ever = watchClusters(scenario, random, alpha);
      if (ever.exact) exact += 1;
      if (ever.asymptotic) usual += 1;
    }
    tell(scenario.name, exact / runs, usual / runs);
  });
  const ratios: number[] = [];
  effectScenarios.forEach((scenario, i) => {
    const ends = watch(scenario, portfolio, powerRuns, 3_000 + i);
    const { name, units } = scenario;
    const exact = quantile([...ends.design], 0.5);
    const usual = quantile([...ends.asymptotic], 0.5);
    ratios.push(exact / usual);
    figures[`median_n, ${name}`] = exact;
    figures[`asymptotic_median_n, ${name}`] = usual;
    figures[`power, ${name}`] = shareBelow(ends.design, units);
  });
  const worst = Math.max(...design);
  return {
    scenarios: design.length,
    runs_each: runs,
    alpha,
    worst_ever_false_rate: worst,
    worst_upper_bound: upperBound(worst, runs),
    asymptotic_worst: Math.max(...asymptotic),
    median_n_ratio_to_asymptotic: Math.max(...ratios),
    ...figures,
  };
}
