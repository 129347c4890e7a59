/** Why a version may not be deleted, and what to do. */
import type { FollowedModel, NotFollowed } from './followedModel.ts';
import { championsKept, lastChampions } from './lastChampions.ts';
import { releaseUnderWay } from './releaseUnderWay.ts';
import { whyNotServed } from './whyNotServed.ts';

/** @returns undefined when nothing points to it */
export function whyNotRemoved(model: FollowedModel, version: string): NotFollowed | undefined {
  const known = model.versions.find((each) => each.version.version === version);
  if (known === undefined) return whyNotServed(model, version);
  const { champion, shadows } = model.serving;
  const name = `Version ${version} of ${model.model}`;
  if (known.removed) return { sentence: `${name} is deleted already.` };
  if (known.version.kind === 'online') {
    return { sentence: `${name} is the online learner by itself, which has no file to delete.` };
  }
  if (champion.version === version) {
    return { sentence: `${name} is the champion: make another one champion first.` };
  }
  if (releaseUnderWay(model)?.version === version) {
    return { sentence: `${name} is being released: abort the release first.` };
  }
  if (shadows.some((each) => each.version === version)) {
    return { sentence: `${name} predicts as a shadow: take it out of the shadows first.` };
  }
  if (lastChampions(model, championsKept).includes(version)) {
    return {
      sentence:
        `${name} is one of the last ${championsKept} champions, to which one may go back. ` +
        'It can be deleted when others have followed it.',
    };
  }
  return undefined;
}
