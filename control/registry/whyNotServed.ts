/** Why versions may not serve, or not be released, and what to do. */
import type { ModelServing } from '../../contracts/modelEvent.ts';
import type { ServedVersion } from '../../contracts/modelRecord.ts';
import type { Release } from '../../contracts/release.ts';
import { same } from '../../contracts/same.ts';
import type { FollowedModel, NotFollowed } from './followedModel.ts';
import { isUnderWay } from './releaseUnderWay.ts';
import { servedVersion } from './servedVersion.ts';

/** @returns undefined when the version may serve */
export function whyNotServed(model: FollowedModel, version: string): NotFollowed | undefined {
  const known = model.versions.find((each) => each.version.version === version);
  if (known === undefined) {
    const names = model.versions
      .filter((each) => !each.removed)
      .map((each) => each.version.version);
    return {
      sentence: `There is no version ${version} of ${model.model}. There are: ${names.join(', ')}.`,
    };
  }
  if (known.removed) {
    return {
      sentence: `Version ${version} of ${model.model} is deleted. Take another, or train it again.`,
    };
  }
  const of = featuresOf(version);
  if (of !== model.featureVersion) {
    return {
      sentence:
        `Version ${version} of ${model.model} reads version ${of} of its features, and ${model.featureVersion} is in use. ` +
        'Take one that reads these, or train one.',
    };
  }
  return undefined;
}

/** @returns undefined when all of them may serve, each as it was registered */
export function whyNotServing(
  model: FollowedModel,
  serving: ModelServing,
): NotFollowed | undefined {
  const { champion, release, shadows } = serving;
  const all: ServedVersion[] = [champion, ...(release ? [release.version] : []), ...shadows];
  const twice = all.find(({ version }, i) => all.findIndex((a) => a.version === version) < i);
  if (twice !== undefined) {
    return { sentence: `Version ${twice.version} would serve in two places: name it once.` };
  }
  for (const each of all) {
    const refused = whyNotServed(model, each.version);
    if (refused !== undefined) return refused;
    const { version } = model.versions.find((known) => known.version.version === each.version)!;
    if (!same(each, servedVersion(version))) {
      return {
        sentence: `Version ${each.version} has another file or another width than is said.`,
      };
    }
  }
  return undefined;
}

/** A release and who serves must say the same. */
export function whyNotReleased(release: Release, serving: ModelServing): NotFollowed | undefined {
  const { phase, version, share, id } = release;
  const { champion } = serving;
  const isServed =
    serving.release?.id === id &&
    serving.release.version.version === version &&
    serving.release.share === share;
  if (isUnderWay(release) ? !isServed : serving.release !== null) {
    return { sentence: `Who serves is not what the release ${id} says in its phase ${phase}.` };
  }
  if (phase === 'promoted' && champion.version !== version) {
    return {
      sentence: `Version ${version} is promoted, and ${champion.version} would be champion.`,
    };
  }
  return undefined;
}

function featuresOf(version: string): string {
  return version.split('.')[0]!;
}
