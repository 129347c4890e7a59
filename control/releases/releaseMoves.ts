/** What somebody does to a release by hand: begin, pause, resume, abort, agree. */
import type { ReleasePlan } from '../../contracts/modelPlan.ts';
import type { Release, ReleaseMoveName } from '../../contracts/release.ts';
import { trialId } from '../../contracts/releaseTrial.ts';
import type { By } from '../definitions/written.ts';
import { isUnderWay } from '../registry/releaseUnderWay.ts';
import { sentence } from '../words.ts';
import { answers, servesWords } from './releaseWords.ts';
import { engineActor, toChampion, toStep, trialRows, withStep } from './stepRelease.ts';

export interface NewRelease {
  readonly id: string;
  readonly version: string;
  /** The champion. */
  readonly against: string;
  /** `canary`: it serves its first users at once; what it does not show in shadow it has to show there. */
  readonly from: 'shadow' | 'canary';
  /** Older versions that waited. */
  readonly superseded: readonly string[];
}

/** @param by with a reason that is given as it is; "" for none */
export function beginRelease(
  { id, version, against, from, superseded }: NewRelease,
  plan: Pick<ReleasePlan, 'canary'>,
  by: By,
  now: number,
): Release {
  const share = from === 'canary' ? plan.canary[0]!.share : 0;
  const begun =
    from === 'shadow'
      ? `Version ${version} predicts in shadow, beside champion ${against}, and serves nobody.`
      : `Version ${version} begins in the canary without proof from the shadow. ${servesWords(share)}`;
  const passedOver =
    superseded.length === 0
      ? []
      : [
          superseded.length === 1
            ? `Version ${superseded[0]} waited and is superseded.`
            : `Versions ${superseded.join(', ')} waited and are superseded.`,
        ];
  const why = by.reason === '' ? [] : [sentence(by.reason)];
  const step = {
    at: now,
    actor: by.actor,
    sentence: [begun, ...passedOver, ...why].join(' '),
    phase: from,
    share,
    evidence: null,
  };
  return {
    ...{ id, version, against, phase: from, step: from === 'canary' ? 0 : -1, share },
    ...{ since: now, paused: false, awaits: null, steps: [step] },
  };
}

/** The trial of the champion that a release made. @param promoted the release */
export function beginTrial(
  promoted: Release,
  plan: Pick<ReleasePlan, 'shadow'>,
  now: number,
): Release {
  const { id, version: champion, against: former } = promoted;
  const sentence = `Version ${former} predicts beside the new champion ${champion} for ${answers(trialRows(plan))}, and serves nobody.`;
  const step = { phase: 'shadow', share: 0 } as const;
  return {
    ...{ id: trialId(id), version: former, against: champion, ...step, step: -1 },
    ...{ since: now, paused: false, awaits: null },
    steps: [{ ...step, at: now, actor: engineActor, sentence, evidence: null }],
  };
}

export type Moved =
  | { readonly release: Release }
  /** Why it cannot be moved so. */
  | { readonly refused: string };

/** @param now ms since 1970 */
export function moveRelease(
  release: Release,
  move: ReleaseMoveName,
  plan: ReleasePlan,
  { actor, reason }: By,
  now: number,
): Moved {
  const { version, paused, awaits } = release;
  if (!isUnderWay(release)) return { refused: `The release of version ${version} has ended.` };
  const record = { at: now, actor, evidence: null };
  const told = (done: string) => ({ ...record, sentence: `${done} ${sentence(reason)}` });
  switch (move) {
    case 'pause':
      if (paused) return { refused: `The release of version ${version} is paused already.` };
      return { release: withStep(release, { paused: true }, told('Paused: it goes no further.')) };
    case 'resume':
      if (!paused) return { refused: `The release of version ${version} is not paused.` };
      return { release: withStep(release, { paused: false }, told('Resumed.')) };
    case 'abort': {
      const changes = {
        phase: 'aborted',
        share: 0,
        since: now,
        paused: false,
        awaits: null,
      } as const;
      return { release: withStep(release, changes, told('Aborted.')) };
    }
    case 'approve': {
      if (awaits === null) return { refused: `Version ${version} waits for nobody's consent.` };
      if (paused)
        return { refused: `The release of version ${version} is paused: resume it first.` };
      const why = `Agreed to. ${sentence(reason)}`;
      return {
        release:
          awaits === 'canary'
            ? toStep(release, plan, 0, why, record)
            : toChampion(release, plan, why, record),
      };
    }
  }
}
