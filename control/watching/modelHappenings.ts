/** What became of models, as happenings: versions, releases, who was champion, runs that ended. Pure: of the registry and the runs. */
import type { Happening } from '../../contracts/alert.ts';
import { isTrial } from '../../contracts/releaseTrial.ts';
import type { TrainingRun } from '../../contracts/trainingRun.ts';
import type { KnownModel } from '../registry/modelRegistry.ts';
import { percent, sentence } from '../words.ts';

export type LivedModel = Pick<KnownModel, 'model' | 'versions' | 'releases' | 'served'>;
export type EndedRun = Pick<
  TrainingRun,
  'id' | 'model' | 'state' | 'endedAt' | 'version' | 'sentence'
>;

/**
 * All of one model, in no order. That it was declared is not told, nor that a run's version was registered: the run's end says so.
 *
 * @param runs of all models; those under way are passed over
 *
 * @example
 * modelHappenings(model, []).at(-1)?.sentence;
 * // "Version 1.2 of answer became champion: No harm is shown in step 3 of the canary after 2,000 answers. …"
 */
export function modelHappenings(model: LivedModel, runs: readonly EndedRun[]): Happening[] {
  const own = runs.filter((run) => run.model === model.model && run.endedAt !== null);
  const deployed = [...championsOf(model), ...registeredOf(model, own), ...releasesOf(model)];
  return [
    ...deployed.map((told) => happening('deployment', model.model, told)),
    ...own.map((run) => happening('retraining', run.id, endOf(run))),
  ];
}

interface Told {
  readonly at: number;
  readonly what: string;
  /** '' is none. */
  readonly why: string;
}

function happening(kind: Happening['kind'], subject: string, { at, what, why }: Told): Happening {
  const said = why.trim() === '' ? sentence(what) : `${what}: ${sentence(why)}`;
  return { at, until: null, kind, subject, sentence: said };
}

function championsOf({ model, served, versions }: LivedModel): Told[] {
  const before = new Set<string>();
  return served.flatMap(({ serving, at, by }, i) => {
    const { version, sha256 } = serving.champion;
    const last = served[i - 1]?.serving.champion.version;
    const isAgain = before.has(version);
    before.add(version);
    if (last === undefined || version === last) return [];
    const isOnline = sha256 === null;
    const name = isOnline ? `The online learner (${version})` : `Version ${version}`;
    // An online learner of other features is declared, not chosen.
    const isDeclared = isOnline && !isAgain && versions.some((each) => each.madeAt === at);
    const why = isDeclared ? '' : by.reason;
    return { at, what: `${name} of ${model} became champion${isAgain ? ' again' : ''}`, why };
  });
}

function registeredOf({ model, versions }: LivedModel, runs: readonly EndedRun[]): Told[] {
  const told = new Set(runs.flatMap(({ version }) => version ?? []));
  return versions
    .filter(({ version: { artifact, version } }) => artifact !== null && !told.has(version))
    .map(({ version: { version }, madeAt, by }) => {
      return { at: madeAt, what: `Version ${version} of ${model} was registered`, why: by.reason };
    });
}

/** Steps in which somebody else is served, the first and the last; that it is champion is told by who served. */
function releasesOf({ model, releases }: LivedModel): Told[] {
  return releases.flatMap((release) => {
    const { version, against, steps } = release;
    const onTrial = isTrial(release);
    return steps.flatMap(({ at, phase, share, sentence: why }, i) => {
      const before = steps[i - 1];
      if (before === undefined) {
        // The trial of a new champion begins as it becomes one.
        return onTrial
          ? []
          : { at, what: `The release of version ${version} of ${model} began`, why };
      }
      if (phase === 'promoted' || (phase === before.phase && share === before.share)) return [];
      if (phase === 'canary') {
        const served = percent(share);
        return { at, what: `Version ${version} of ${model} serves ${served} of the users`, why };
      }
      const of = onTrial ? `The trial of version ${against}` : `The release of version ${version}`;
      const ended = onTrial || phase === 'shadow' ? 'ended' : `was ${phase}`;
      return { at, what: `${of} of ${model} ${ended}`, why };
    });
  });
}

const runEnds: Record<TrainingRun['state'], string> = {
  running: 'goes on',
  done: 'was done',
  failed: 'failed',
  cancelled: 'was cancelled',
  refused: 'was refused',
};

function endOf({ model, state, endedAt, version, sentence: why }: EndedRun): Told {
  const what =
    version === null
      ? `A retraining run of ${model} ${runEnds[state]}`
      : `A retraining run of ${model} made version ${version}`;
  return { at: endedAt ?? 0, what, why };
}
