/**
 * What an event makes of a model, or why it cannot be.
 *
 * Whoever writes an event asks this first, and whoever reads it asks again, of the same state: so an event that counts has always
 * passed. What passes now must pass for ever, since events are never changed.
 */
import type { ModelEvent, ModelServing } from '../../contracts/modelEvent.ts';
import { ModelPlan } from '../../contracts/modelPlan.ts';
import type { ModelVersion } from '../../contracts/modelVersion.ts';
import type { Release } from '../../contracts/release.ts';
import { same } from '../../contracts/same.ts';
import type { EventRow, FollowedModel, NotFollowed } from './followedModel.ts';
import type { KnownModel, KnownVersion } from './modelRegistry.ts';
import { isUnderWay, releaseUnderWay } from './releaseUnderWay.ts';
import { servedVersion } from './servedVersion.ts';
import { whyNotRemoved } from './whyNotRemoved.ts';
import { whyNotReleased, whyNotServed, whyNotServing } from './whyNotServed.ts';

type Followed = FollowedModel | NotFollowed;
type EventOf<Kind extends ModelEvent['kind']> = Extract<ModelEvent, { readonly kind: Kind }>;

/** @param model undefined before its first event */
export function followEvent(
  model: FollowedModel | undefined,
  event: ModelEvent,
  row: EventRow,
): Followed {
  if (event.kind === 'declared') return declared(model, event, row);
  if (model === undefined) return { sentence: 'Nothing is known of the model: declare it first.' };
  switch (event.kind) {
    case 'planned':
      return { ...model, plan: event.plan };
    case 'registered':
      return registered(model, event, row);
    case 'served':
      return served(model, event, row);
    case 'released':
      return released(model, event, row);
    case 'removed':
      return removed(model, event);
  }
}

function declared(
  model: FollowedModel | undefined,
  { pipeline, task, version, features, ...event }: EventOf<'declared'>,
  row: EventRow,
): Followed {
  if (version.includes('.')) {
    return { sentence: `Features are of a whole version such as 1, not ${version}.` };
  }
  const before = model?.versions.find((each) => each.version.version === version)?.version;
  if (before !== undefined && !(before.task === task && same(before.features, features))) {
    return {
      sentence:
        `Version ${version} of the features of ${event.model} is known, and these are others. ` +
        'Give them another version: what was trained on the known ones cannot read these.',
    };
  }
  if (model?.featureVersion === version) return { ...model, pipeline };
  const online = onlineVersion({ ...event, task, version, features }, model);
  const { at, actor, reason } = row;
  const added: KnownVersion = {
    version: online,
    madeAt: at,
    by: { actor, reason },
    removed: false,
  };
  const known = model ?? { versions: [], releases: [], served: [], plan: ModelPlan.parse({}) };
  const of = { model: event.model, pipeline, task, featureVersion: version, features };
  const { versions, releases, served: past, plan } = known;
  return serve(
    {
      ...of,
      plan,
      versions: before === undefined ? [...versions, added] : versions,
      releases: ended(releases, `Ended: version ${version} of the features is in use now.`, row),
      served: past,
    },
    { champion: servedVersion(online), release: null, shadows: [] },
    row,
  );
}

/** The online learner by itself. */
function onlineVersion(
  of: Pick<ModelVersion, 'model' | 'task' | 'version' | 'features'>,
  before: FollowedModel | undefined,
): ModelVersion {
  return {
    ...of,
    kind: 'online',
    artifact: null,
    golden: null,
    data: null,
    trainer: 'online learner',
    parameters: {},
    seed: null,
    calibration: null,
    metrics: {},
    gates: null,
    parent: before?.serving.champion.version ?? null,
    run: null,
    notes: '',
  };
}

function registered(model: FollowedModel, event: EventOf<'registered'>, row: EventRow): Followed {
  const { version } = event;
  const { at, actor, reason } = row;
  if (version.kind === 'online' || version.artifact === null) {
    return { sentence: 'A version needs a file: the online learner by itself is there already.' };
  }
  const expected = nextVersion(model);
  const isOf = version.model === model.model && version.task === model.task;
  if (!isOf || version.version !== expected || !same(version.features, model.features)) {
    return {
      sentence: `The next version of ${model.model} is ${expected}, for its task (${model.task}) and its features.`,
    };
  }
  const added = { version, madeAt: at, by: { actor, reason }, removed: false };
  return { ...model, versions: [...model.versions, added] };
}

/** Name of the version that is registered next: numbers of deleted ones are not given again. */
export function nextVersion({
  featureVersion,
  versions,
}: Pick<KnownModel, 'featureVersion' | 'versions'>): string {
  const numbers = versions
    .map(({ version }) => version.version.split('.'))
    .map(([of, number = '0']) => (of === featureVersion ? Number(number) : 0));
  return `${featureVersion}.${Math.max(0, ...numbers) + 1}`;
}

function served(model: FollowedModel, { serving }: EventOf<'served'>, row: EventRow): Followed {
  const refused = whyNotServing(model, serving);
  if (refused !== undefined) return refused;
  const { champion, release } = serving;
  if (same(serving, model.serving)) {
    return {
      sentence: `Version ${champion.version} is the champion already, and nothing else serves.`,
    };
  }
  const current = releaseUnderWay(model);
  if (release !== null) {
    if (release.id === current?.id) return serve(model, serving, row);
    return { sentence: `The release ${release.id} is not under way: begin one.` };
  }
  const why = `Ended, since ${champion.version} was made the champion: ${row.reason}`;
  return serve({ ...model, releases: ended(model.releases, why, row) }, serving, row);
}

function released(
  model: FollowedModel,
  { release, serving }: EventOf<'released'>,
  row: EventRow,
): Followed {
  const current = releaseUnderWay(model);
  const before = model.releases.find(({ id }) => id === release.id);
  const refused =
    whyNotServed(model, release.version) ??
    whyNotServing(model, serving) ??
    whyNotReleased(release, serving);
  if (refused !== undefined) return refused;
  if (before !== undefined && !isUnderWay(before)) {
    return { sentence: `The release ${release.id} is over: begin another.` };
  }
  if (current !== undefined && current.id !== release.id) {
    return {
      sentence: `Version ${current.version} is being released: wait for its end, or abort it first.`,
    };
  }
  if (before !== undefined && before.version !== release.version) {
    return { sentence: `The release ${release.id} is of version ${before.version}, and stays so.` };
  }
  const releases =
    before === undefined
      ? [...model.releases, release]
      : model.releases.map((each) => (each === before ? release : each));
  return serve({ ...model, releases }, serving, row);
}

function removed(model: FollowedModel, { version }: EventOf<'removed'>): Followed {
  const refused = whyNotRemoved(model, version);
  if (refused !== undefined) return refused;
  const versions = model.versions.map((each) =>
    each.version.version === version ? { ...each, removed: true } : each,
  );
  return { ...model, versions };
}

/** Notes who serves from now on, where that is another than before. */
function serve(
  model: Omit<FollowedModel, 'serving' | 'servedRevision'> & Partial<FollowedModel>,
  serving: ModelServing,
  { revision, at, actor, reason }: EventRow,
): FollowedModel {
  const { serving: before, servedRevision } = model;
  if (before !== undefined && servedRevision !== undefined && same(before, serving)) {
    return { ...model, serving: before, servedRevision };
  }
  // Another process may have an earlier clock; time does not go back all the same.
  const from = Math.max(at, model.served.at(-1)?.at ?? at);
  const since = { serving, at: from, by: { actor, reason } };
  return { ...model, serving, servedRevision: revision, served: [...model.served, since] };
}

function ended(
  releases: readonly Release[],
  why: string,
  { at, actor }: EventRow,
): readonly Release[] {
  return releases.map((release) => {
    if (!isUnderWay(release)) return release;
    const end = { phase: 'aborted', share: 0 } as const;
    const step = { ...end, at, actor, sentence: why, evidence: null };
    const { steps } = release;
    return { ...release, ...end, since: at, paused: false, awaits: null, steps: [...steps, step] };
  });
}
