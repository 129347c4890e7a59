/** A model and its versions as the dashboard shows them. Pure: of what the registry knows alone. */
import type { ListedVersion, ModelLife, VersionDetail } from '../../contracts/modelLifeApi.ts';
import type { Release } from '../../contracts/release.ts';
import { percent } from '../words.ts';
import { modelCard } from './modelCard.ts';
import type { KnownModel, KnownVersion } from './modelRegistry.ts';
import { isUnderWay, releaseUnderWay } from './releaseUnderWay.ts';
import { servedSpans } from './servedAt.ts';

/** Ended releases that are listed. */
const releasesMax = 20;

export function modelLife(known: KnownModel): ModelLife {
  const { model, head, serving, plan, versions, releases } = known;
  const over = releases.filter((release) => !isUnderWay(release));
  return {
    model,
    revision: head.revision,
    sentence: whereItStands(known),
    champion: serving.champion.version,
    plan,
    versions: versions.map((version) => listed(known, version)).reverse(),
    release: releaseUnderWay(known) ?? null,
    releases: over.reverse().slice(0, releasesMax),
    served: servedSpans(known),
  };
}

/** @returns undefined when there is no such version */
export function versionDetail(known: KnownModel, name: string): VersionDetail | undefined {
  const found = known.versions.find(({ version }) => version.version === name);
  if (found === undefined) return undefined;
  const { version, madeAt, by } = found;
  return { version, madeAt, ...by, card: modelCard(known, found) };
}

/** What a version does now; several, or nothing. */
export function rolesOf({ serving }: KnownModel, version: string): ListedVersion['roles'] {
  const { champion, release, shadows } = serving;
  const roles: ListedVersion['roles'] = [];
  if (champion.version === version) roles.push('champion');
  if (release?.version.version === version) roles.push('challenger');
  if (shadows.some((each) => each.version === version)) roles.push('shadow');
  return roles;
}

function listed(known: KnownModel, { version, madeAt, by, removed }: KnownVersion): ListedVersion {
  const { version: name, kind, trainer, metrics, parent, run, data, gates } = version;
  return {
    ...{ version: name, kind, trainer, metrics, parent, run, data, madeAt },
    actor: by.actor,
    roles: rolesOf(known, name),
    gatesPassed: gates?.passed ?? null,
    deleted: removed,
  };
}

/** One sentence: who serves, and what is on its way. */
export function whereItStands(known: KnownModel): string {
  const { serving, versions } = known;
  const { champion } = serving;
  const isOnline = champion.sha256 === null;
  const name = isOnline
    ? `The online learner (${champion.version})`
    : `Version ${champion.version}`;
  const release = releaseUnderWay(known);
  if (release !== undefined) {
    const share = release.phase === 'shadow' ? 0 : release.share;
    const who =
      share === 0 ? `${name} serves everybody` : `${name} serves ${percent(1 - share)} of users`;
    return `${who}; ${onItsWay(release)}${halted(release)}.`;
  }
  const others = versions.some(({ version, removed }) => !removed && version.artifact !== null);
  if (isOnline && !others) return `${name} serves everybody; no other version was made yet.`;
  return `${name} serves everybody; no release is under way.`;
}

function onItsWay({ phase, version, step, share }: Release): string {
  if (phase === 'shadow') return `${version} predicts beside it in shadow and serves nobody`;
  return `${version} serves ${percent(share)} in step ${step + 1} of its canary`;
}

function halted({ awaits, paused }: Release): string {
  const waits = {
    canary: ', and waits for somebody to agree before it serves the first users',
    champion: ', and waits for somebody to agree before it becomes the champion',
  } as const;
  return `${paused ? ', halted by hand' : ''}${awaits === null ? '' : waits[awaits]}`;
}
