/** What became of models, as happenings: versions, releases, who was champion, runs that ended. Pure: of the registry and the runs. */
import type { Happening } from '../../contracts/alert.ts';
import { isTrial } from '../../contracts/releaseTrial.ts';
import type { TrainingRun } from '../../contracts/trainingRun.ts';
import type { KnownModel } from '../registry/modelRegistry.ts';
import { engineActor } from '../releases/stepRelease.ts';
import { percent, sentence } from '../words.ts';

export type LivedModel = Pick<KnownModel, 'model' | 'versions' | 'releases' | 'served'>;
export type EndedRun = Pick<TrainingRun, 'id' | 'model' | 'endedAt' | 'version' | 'sentence'>;

/**
 * All of one model, in no order. That it was declared is not told, nor that a run's version was registered: the run's end says so.
 *
 * @param runs of all models; those under way are passed over
 *
 * @example
 * modelHappenings(model, []).at(-1)?.sentence;
 * // "Version 1.2 of answer became champion. No harm is shown in step 3 of the canary after 2,000 answers. …"
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
  /** What somebody gave as the reason; '' is none. */
  readonly why?: string;
  /** What was said of it already: whole sentences; '' is none. */
  readonly said?: string;
}

function happening(
  kind: Happening['kind'],
  subject: string,
  { at, what, why = '', said = '' }: Told,
): Happening {
  const because = why.trim() === '' ? what : `${what}: ${sentence(why)}`;
  const told = [because, said].filter((part) => part.trim() !== '').map(sentence);
  return { at, until: null, kind, subject, sentence: told.join(' ') };
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
    const what = `${name} of ${model} became champion${isAgain ? ' again' : ''}`;
    // Of a promotion the reason is what the release has shown.
    const isShown = by.actor === engineActor;
    if (isDeclared) return { at, what };
    return isShown ? { at, what, said: by.reason } : { at, what, why: by.reason };
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
    const name = onTrial ? `The trial of version ${against}` : `The release of version ${version}`;
    return steps.flatMap(({ at, phase, share, sentence: said }, i) => {
      const before = steps[i - 1];
      // The trial of a new champion begins as it becomes one.
      if (before === undefined)
        return onTrial ? [] : { at, what: `${name} of ${model} began`, said };
      if (phase === 'promoted' || (phase === before.phase && share === before.share)) return [];
      if (phase !== 'canary') return { at, what: `${name} of ${model} ended`, said };
      const served = percent(share);
      return { at, what: `Version ${version} of ${model} serves ${served} of the users`, said };
    });
  });
}

/** Runs that made nothing say themselves how they ended. */
function endOf({ model, endedAt, version, sentence: said }: EndedRun): Told {
  const what =
    version === null
      ? `A retraining run of ${model} ended`
      : `A retraining run of ${model} made version ${version}`;
  return { at: endedAt ?? 0, what, said };
}
