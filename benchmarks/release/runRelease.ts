/** One release from its beginning to its end, on rows of a world of losses: stepped as the engine steps it, row by row. */
import type { ReleasePlan } from '../../contracts/modelPlan.ts';
import type { Release } from '../../contracts/release.ts';
import { isUnderWay } from '../../control/registry/releaseUnderWay.ts';
import type { StageReading } from '../../control/releases/releaseEvidence.ts';
import { beginRelease, beginTrial } from '../../control/releases/releaseMoves.ts';
import { canaryStage, shadowStage } from '../../control/releases/releaseStages.ts';
import { stepRelease } from '../../control/releases/stepRelease.ts';
import type { RandomState } from '../../stats/random.ts';
import type { LossWorld } from './losses.ts';

export interface ReleaseRun {
  readonly release: Release;
  /** Labelled predictions that it took. */
  readonly rows: number;
  /** Of them, those that users were served. */
  readonly exposures: number;
}

export interface RunOptions {
  readonly world: LossWorld;
  readonly plan: ReleasePlan;
  readonly random: RandomState;
  readonly from?: 'shadow' | 'canary';
  /** It is looked at again after so many rows, or after this share of those seen, whichever is more. */
  readonly everyRows?: number;
  readonly everyShare?: number;
}

const by = { actor: 'engine', reason: '' };

export function runRelease({ from = 'shadow', ...options }: RunOptions): ReleaseRun {
  const named = { id: 'run', version: '1.2', against: '1.1', from, superseded: [] };
  return follow(
    beginRelease(named, options.plan, by, 0),
    options.world.begin(options.random),
    options,
  );
}

/** The trial of a champion: `world` is of the champion less the former one. */
export function runTrial(options: RunOptions): ReleaseRun {
  const named = { id: 'run', version: '1.2', against: '1.1', superseded: [] } as const;
  const promoted = beginRelease({ ...named, from: 'shadow' }, options.plan, by, 0);
  const next = options.world.begin(options.random);
  return follow(beginTrial(promoted, options.plan, 0), () => 0 - next(), options);
}

interface Stage {
  readonly stage: string;
  readonly paired: { count: number; sum: number; squares: number };
}

function follow(
  begun: Release,
  next: () => number,
  { plan, everyRows = 10, everyShare = 0.005 }: RunOptions,
): ReleaseRun {
  const stages: Stage[] = [];
  const open = ({ phase, step }: Release): Stage => {
    const stage = phase === 'shadow' ? shadowStage : canaryStage(step);
    const opened = { stage, paired: { count: 0, sum: 0, squares: 0 } };
    stages.push(opened);
    return opened;
  };
  let release = begun;
  let { paired } = open(release);
  let rows = 0;
  let lookAt = everyRows;
  while (isUnderWay(release)) {
    const d = next();
    paired.squares += d * d;
    paired.sum += d;
    paired.count += 1;
    rows += 1;
    if (paired.count < lookAt) continue;
    lookAt = paired.count + Math.max(everyRows, Math.floor(everyShare * paired.count));
    const stepped = stepRelease(release, plan, { stages: stages as StageReading[] }, rows);
    if (stepped === undefined) continue;
    release = stepped;
    if (!isUnderWay(release)) break;
    ({ paired } = open(release));
    lookAt = everyRows;
  }
  const shadow = stages.find(({ stage }) => stage === shadowStage)?.paired.count ?? 0;
  return { release, rows, exposures: rows - shadow };
}
