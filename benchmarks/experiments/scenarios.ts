/**
 * Experiments without any effect, unit by unit: what a decision in one of them is, is false.
 *
 * Each is a way in which traffic or outcomes go against the assumptions of usual methods: unbalanced, heavy-tailed, ramped
 * while the baseline drifts, assigned by a policy that learns, with outcomes that come later in one arm.
 */
import { normal, type RandomState, uniform } from '../../stats/random.ts';
import type { ScoredUnit } from '../../stats/sequential/designCounts.ts';
import { periodOf } from '../../stats/sequential/periodOf.ts';

export interface Scenario {
  readonly name: string;
  readonly units: number;
  /** Grid points of the outcome. */
  readonly bins: number;
  readonly adaptive: boolean;
  /** A new experiment: gives its units one after the other. */
  begin(random: RandomState): (index: number) => ScoredUnit;
}

const hour = 3_600_000;
/** Units that enter in an hour: some ten periods of bets in 5,000 units. */
const unitsPerHour = 100;
const usualUnits = 5_000;

const periodAt = (index: number) => periodOf((index / unitsPerHour) * hour);

/** Outcome of a unit, in [0, 1]; `past` is of the units before it. */
type Outcome = (random: RandomState, index: number, past: Past) => number;
/** Probability of treatment. */
type Probability = (index: number, past: Past, random: RandomState) => number;

interface Past {
  /** By arm. */
  readonly units: [number, number];
  readonly sums: [number, number];
}

function scenario(
  name: string,
  probability: Probability,
  outcome: Outcome,
  options: { units?: number; bins?: number; adaptive?: boolean; effect?: Outcome } = {},
): Scenario {
  const { units = usualUnits, bins = 2, adaptive = false, effect } = options;
  return {
    name,
    units,
    bins,
    adaptive,
    begin(random) {
      const past: Past = { units: [0, 0], sums: [0, 0] };
      return (index) => {
        const chance = probability(index, past, random);
        const treated = uniform(random) < chance;
        const value = (treated && effect !== undefined ? effect : outcome)(random, index, past);
        const arm = treated ? 1 : 0;
        past.units[arm] += 1;
        past.sums[arm] += value;
        return {
          period: periodAt(index),
          probability: chance,
          treated,
          outcome: value,
          outcomeDraw: uniform(random),
          weightDraw: uniform(random),
        };
      };
    },
  };
}

const fixed =
  (share: number): Probability =>
  () =>
    share;
const yesOrNo =
  (rate: number): Outcome =>
  (random) =>
    uniform(random) < rate ? 1 : 0;

/** Exponential, capped at six standard deviations. */
const exponential: Outcome = (random) => Math.min(1, -Math.log1p(-uniform(random)) / 6);
/** Log-normal with σ = 1.5, of which a unit in a thousand is capped. */
const logNormal: Outcome = (random) => Math.min(1, Math.exp(1.5 * normal(random) - 4.635));
/** Pareto with exponent 1.5, capped at a hundred times its least value. */
const pareto: Outcome = (random) => Math.min(1, (1 - uniform(random)) ** (-1 / 1.5) / 100);

/** The rate doubles and falls again: a term begins while the traffic is raised. */
const drifting: Outcome = (random, index) =>
  uniform(random) < 0.1 + 0.15 * Math.sin((index / usualUnits) * Math.PI) ? 1 : 0;
/** Days and nights. */
const seasonal: Outcome = (random, index) =>
  uniform(random) < 0.3 + 0.2 * Math.sin((index / (24 * unitsPerHour)) * 2 * Math.PI) ? 1 : 0;
/** The worst that a past can do: the rate goes with whichever arm had more luck so far. */
const spiteful: Outcome = (random, _index, { units, sums }) => {
  const lead = sums[1] / Math.max(1, units[1]) - sums[0] / Math.max(1, units[0]);
  return uniform(random) < (lead > 0 ? 0.9 : 0.1) ? 1 : 0;
};

const ramp =
  (...shares: readonly number[]): Probability =>
  (index) =>
    shares[Math.min(shares.length - 1, Math.floor((index / usualUnits) * shares.length))]!;

/** Thompson sampling between two Beta posteriors by their normal approximation, with a floor. */
const thompson =
  (floor: number): Probability =>
  (_index, { units, sums }) => {
    const of = (arm: 0 | 1) => {
      const n = units[arm] + 2;
      const mean = (sums[arm] + 1) / n;
      return { mean, variance: (mean * (1 - mean)) / (n + 1) };
    };
    const [control, treatment] = [of(0), of(1)];
    const z = (treatment.mean - control.mean) / Math.sqrt(control.variance + treatment.variance);
    // A logistic curve stands for the normal one: the policy may be any, its probabilities are logged.
    const share = 1 / (1 + Math.exp(-1.702 * z));
    return Math.min(1 - floor, Math.max(floor, share));
  };

/**
 * Outcomes come after a delay that differs by arm, and all come within the window: scored at its end, in the order of
 * exposure, the arms are alike.
 */
function delayed(name: string, delays: readonly [number, number], windowUnits: number): Scenario {
  return {
    name,
    units: usualUnits,
    bins: 2,
    adaptive: false,
    begin(random) {
      return (index) => {
        const treated = uniform(random) < 0.5;
        const happens = uniform(random) < 0.1;
        // In units of the stream: how many others are exposed until it comes.
        const delay = Math.min(
          windowUnits,
          -Math.log1p(-uniform(random)) * delays[treated ? 1 : 0],
        );
        return {
          period: periodAt(index),
          probability: 0.5,
          treated,
          outcome: happens && delay <= windowUnits ? 1 : 0,
          outcomeDraw: uniform(random),
          weightDraw: uniform(random),
        };
      };
    },
  };
}

const bins = 64;

export const nullScenarios: readonly Scenario[] = [
  scenario('balanced, 10 %', fixed(0.5), yesOrNo(0.1)),
  scenario('balanced, 50 %', fixed(0.5), yesOrNo(0.5)),
  scenario('balanced, 1 %', fixed(0.5), yesOrNo(0.01)),
  scenario('90/10, 10 %', fixed(0.1), yesOrNo(0.1)),
  scenario('90/10, 50 %', fixed(0.1), yesOrNo(0.5)),
  scenario('10/90, 10 %', fixed(0.9), yesOrNo(0.1)),
  scenario('99/1, 10 %', fixed(0.01), yesOrNo(0.1)),
  scenario('99/1, 50 %', fixed(0.01), yesOrNo(0.5)),
  scenario('1/99, 1 %', fixed(0.99), yesOrNo(0.01)),
  scenario('balanced, exponential', fixed(0.5), exponential, { bins }),
  scenario('90/10, exponential', fixed(0.1), exponential, { bins }),
  scenario('99/1, exponential', fixed(0.01), exponential, { bins }),
  scenario('balanced, log-normal', fixed(0.5), logNormal, { bins }),
  scenario('99/1, log-normal', fixed(0.01), logNormal, { bins }),
  scenario('99/1, Pareto', fixed(0.01), pareto, { bins }),
  scenario('ramp 10–50–90, drifting baseline', ramp(0.1, 0.5, 0.9), drifting),
  scenario('ramp 1–5–50, drifting baseline', ramp(0.01, 0.05, 0.5), drifting),
  scenario('90/10, days and nights', fixed(0.1), seasonal),
  scenario('Thompson, 10 %', thompson(0.01), yesOrNo(0.1), { adaptive: true }),
  scenario('Thompson with a floor of 10 %, 50 %', thompson(0.1), yesOrNo(0.5), { adaptive: true }),
  scenario('Thompson, drifting baseline', thompson(0.01), drifting, { adaptive: true }),
  scenario('balanced, outcomes that depend on the past', fixed(0.5), spiteful),
  delayed('delay of 50 against 500 units', [50, 500], 2_000),
  delayed('delay of 200 against 300 units', [200, 300], 2_000),
];

/** Experiments with an effect: control rate, treatment rate, share of treatment. */
export const effectScenarios: readonly Scenario[] = (
  [
    [0.1, 0.12, 0.5],
    [0.05, 0.065, 0.5],
    [0.5, 0.55, 0.5],
    [0.05, 0.09, 0.1],
  ] as const
).map(([control, treatment, share]) =>
  scenario(`${control} → ${treatment} at ${share}`, fixed(share), yesOrNo(control), {
    units: 40_000,
    effect: yesOrNo(treatment),
  }),
);
