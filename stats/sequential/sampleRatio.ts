/**
 * Sequential sample-ratio test: do the arms receive the shares that the design says?
 *
 * A mismatch means that units are lost or assigned wrongly in a way that depends on the arm, and then no comparison of the
 * arms can be trusted. The average of three Dirichlet factors is within ln 3 of the best of them at every size of mismatch.
 * Where the design changes, each design has its own totals and factor, and the factors of one prior are multiplied; stages
 * with the same design may be added up first. Integer counts: order-free and bit-equal.
 *
 * Measured at alpha = .001, median exposures to the alarm: 55/45 1,900, 52/48 10,750, 51/49 43,000.
 *
 * Source: Lindon & Malek 2022, 2011.03567.
 */
import { lnDirichletFactor } from './dirichletFactor.ts';
import { lnAverage, lnSumExp } from './eValue.ts';

/** Concentrations of the three priors: they look for mismatches of some 5 %, 1.5 % and ½ %. */
export const ratioConcentrations: readonly number[] = [100, 1_000, 10_000];

export interface RatioStage {
  /** Units by arm, integers ≥ 0. */
  readonly counts: readonly number[];
  /** Weights of the arms in the design, > 0; they need not sum to 1. */
  readonly design: readonly number[];
}

export interface RatioPosterior {
  /** Share of each arm by the design. */
  readonly expected: number[];
  /** Posterior mean of each arm's share, averaged over the priors by what each has earned. */
  readonly mean: number[];
  /** Posterior standard deviation of each. */
  readonly deviation: number[];
}

function shares({ counts, design }: RatioStage): number[] {
  if (counts.length !== design.length || counts.length < 2) {
    throw new RangeError(`design: expected ${counts.length} weights, two at least`);
  }
  let total = 0;
  for (const weight of design) {
    if (!(weight > 0 && weight < Infinity)) {
      throw new RangeError(`design: expected weights above 0, got ${weight}`);
    }
    total += weight;
  }
  for (const count of counts) {
    if (!(Number.isSafeInteger(count) && count >= 0)) {
      throw new RangeError(`counts: expected integers from 0, got ${count}`);
    }
  }
  return design.map((weight) => weight / total);
}

/** ln of each prior's factor over the stages. */
function lnFactors(stages: readonly RatioStage[]): number[] {
  const probabilities = stages.map(shares);
  return ratioConcentrations.map((concentration) =>
    stages.reduce(
      (ln, { counts }, i) => ln + lnDirichletFactor(counts, probabilities[i]!, concentration),
      0,
    ),
  );
}

/**
 * ln e of "all units were assigned as designed".
 *
 * @throws RangeError when counts are not integers, weights not above 0, or their numbers differ
 *
 * @example
 * lnSampleRatio([{ counts: [5_500, 4_500], design: [1, 1] }]); // ≈ 46.233: beyond any doubt
 */
export function lnSampleRatio(stages: readonly RatioStage[]): number {
  return lnAverage(lnFactors(stages));
}

/** What the counts of one design say of the true shares. */
export function sampleRatioPosterior(stage: RatioStage): RatioPosterior {
  const expected = shares(stage);
  const factors = lnFactors([stage]);
  const total = lnSumExp(factors);
  const units = stage.counts.reduce((sum, count) => sum + count, 0);
  const mean = expected.map(() => 0);
  const squares = expected.map(() => 0);
  ratioConcentrations.forEach((concentration, i) => {
    const belief = Math.exp(factors[i]! - total);
    const all = concentration + units;
    expected.forEach((share, k) => {
      const own = (concentration * share + stage.counts[k]!) / all;
      mean[k]! += belief * own;
      squares[k]! += belief * (own * own + (own * (1 - own)) / (all + 1));
    });
  });
  const deviation = mean.map((m, k) => Math.sqrt(Math.max(0, squares[k]! - m * m)));
  return { expected, mean, deviation };
}
