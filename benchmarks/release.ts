/**
 * Releases of versions of known worth, on rows of losses without an engine: how often one that is no better is promoted, how soon
 * one that is better is, and how many answers a harmful one gives before it is withdrawn.
 */
import { ModelPlan } from '../contracts/modelPlan.ts';
import { randomState } from '../stats/random.ts';
import { incompleteBetaInverse } from '../stats/special/incompleteBeta.ts';
import {
  burstsOfError,
  independentRows,
  type LossWorld,
  rowsOfUsers,
  sameModel,
  waves,
} from './release/losses.ts';
import { type ReleaseRun, runRelease, runTrial } from './release/runRelease.ts';
import type { Figures, Size } from './run.ts';
import { quantile } from './support/quantile.ts';

/** No better, and each row is fair given those before it. */
const noBetter: readonly LossWorld[] = [
  sameModel,
  independentRows('other model, equal', 0),
  independentRows('0.001 worse', 0.001),
  rowsOfUsers({ name: 'users' }),
  rowsOfUsers({ name: 'users differ, one row each', rows: 1, differ: true, hidden: 0.15 }),
  burstsOfError,
  waves,
];
/**
 * No better on the average over users, but better or worse for each of them on all rows of theirs: rows are not fair given those before
 * them, and nothing is promised of these, see `pairedEvidence`.
 */
const notPromised = [
  rowsOfUsers({ name: 'users differ', differ: true }),
  rowsOfUsers({ name: 'hidden 0.05', differ: true, hidden: 0.05 }),
  rowsOfUsers({ name: 'hidden 0.15', differ: true, hidden: 0.15 }),
];
const better = [independentRows('0.005', -0.005), independentRows('0.010', -0.01)];
const harmful = independentRows('0.020', 0.02);

export async function run({ full, most }: Size): Promise<Figures> {
  const runs = most ? 2_000 : full ? 200 : 20;
  const { release: usual } = ModelPlan.parse({});
  const plan = { ...usual, shadow: { ...usual.shadow, rowsMax: full ? 50_000 : 4_000 } };
  const figures: Record<string, number> = {};
  let seed = 0;
  const all = (of: (options: { random: ReturnType<typeof randomState> }) => ReleaseRun) => {
    seed += 1;
    const random = randomState(seed);
    return Array.from({ length: runs }, () => of({ random }));
  };
  const share = (of: readonly ReleaseRun[], phase: string) =>
    of.filter(({ release }) => release.phase === phase).length / of.length;

  let worst = 0;
  for (const world of noBetter) {
    const ended = all((options) => runRelease({ world, plan, ...options }));
    const rate = share(ended, 'promoted');
    figures[`wrong_promotions, ${world.name}`] = rate;
    worst = Math.max(worst, rate);
  }
  for (const world of notPromised) {
    const ended = all((options) => runRelease({ world, plan, ...options }));
    figures[`not_promised_promotions, ${world.name}`] = share(ended, 'promoted');
  }
  for (const world of better) {
    const ended = all((options) => runRelease({ world, plan, ...options }));
    const promoted = ended.filter(({ release }) => release.phase === 'promoted');
    figures[`promoted, ${world.name} better`] = promoted.length / runs;
    figures[`median_rows_to_promotion, ${world.name} better`] = quantile(
      ended.map(({ release, rows }) => (release.phase === 'promoted' ? rows : 10 ** 9)),
      0.5,
    );
    figures[`median_rows_in_shadow, ${world.name} better`] = quantile(
      ended.map(({ rows, exposures }) => rows - exposures),
      0.5,
    );
    const trials = all((options) => runTrial({ world, plan, ...options }));
    figures[`wrong_rollbacks, ${world.name} better`] = share(trials, 'promoted');
  }
  const inShadow = all((options) => runRelease({ world: harmful, plan, ...options }));
  const forced = all((options) => runRelease({ world: harmful, plan, from: 'canary', ...options }));
  const equal = noBetter[1]!;
  const forcedEqual = all((options) =>
    runRelease({ world: equal, plan, from: 'canary', ...options }),
  );
  const trials = all((options) => runTrial({ world: harmful, plan, ...options }));
  const count = Math.round(worst * runs);
  return {
    alpha: plan.alpha,
    runs,
    worst_wrong_promotions: worst,
    worst_upper_bound: count === runs ? 1 : incompleteBetaInverse(count + 1, runs - count, 0.975),
    ...figures,
    'wrong_promotions, begun in the canary': share(forcedEqual, 'promoted'),
    'promoted, 0.020 worse': share(inShadow, 'promoted'),
    'median_rows_to_withdrawal, 0.020 worse': quantile(
      inShadow.map(({ rows }) => rows),
      0.5,
    ),
    harmful_canary_stopped: share(forced, 'withdrawn'),
    harmful_canary_stopped_median_exposures: quantile(
      forced.map(({ exposures }) => exposures),
      0.5,
    ),
    harmful_canary_stopped_p90_exposures: quantile(
      forced.map(({ exposures }) => exposures),
      0.9,
    ),
    harmful_champion_rolled_back: share(trials, 'promoted'),
    harmful_champion_rolled_back_median_rows: quantile(
      trials.map(({ rows }) => rows),
      0.5,
    ),
  };
}
