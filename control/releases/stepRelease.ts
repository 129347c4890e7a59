/**
 * What a release does next, by its evidence: the first of these that holds.
 *
 * 1. Harm is certain, in any stage, by predictions or by outcomes: withdrawn, and the champion serves all again; a paused one too.
 * 2. Somebody has halted it, or must agree: it waits.
 * 3. In shadow: it was shown to be better, so it serves its first users; or as many answers as are allowed did not show it, so
 *    it is withdrawn.
 * 4. In the canary: the step has its answers and its time without harm, so the next begins. After the last it is champion.
 *
 * Of the trial of a new champion: the former one was shown to be better, so it is champion again; or the trial has its answers, and
 * the new one stays.
 *
 * Source of the tests: `pairedEvidence`; of their levels: `releaseLevels`.
 */
import type { ReleasePlan } from '../../contracts/modelPlan.ts';
import type { Release, ReleaseEvidence, ReleaseStep } from '../../contracts/release.ts';
import { isTrial, trialFactor } from '../../contracts/releaseTrial.ts';
import { isUnderWay } from '../registry/releaseUnderWay.ts';
import { counted } from '../words.ts';
import {
  type KnownEvidence,
  knownEvidence,
  type ReleaseReading,
  type StageEvidence,
} from './releaseEvidence.ts';
import { canaryStage, evidenceKeys, hasSkippedShadow, shadowStage } from './releaseStages.ts';
import { answers, armWords, brierWords, servesWords } from './releaseWords.ts';

/** By itself. */
export const engineActor = 'engine';

/** Answers for which a new champion is on trial. */
export function trialRows({ shadow }: Pick<ReleasePlan, 'shadow'>): number {
  return trialFactor * shadow.rowsMin;
}

/** What changes of a release in a step, and the record of it. */
export function withStep(
  release: Release,
  changes: Partial<Pick<Release, 'phase' | 'step' | 'share' | 'since' | 'paused' | 'awaits'>>,
  step: Pick<ReleaseStep, 'at' | 'actor' | 'sentence' | 'evidence'>,
): Release {
  const next = { ...release, ...changes };
  const { at, actor, sentence, evidence } = step;
  const { phase, share } = next;
  return { ...next, steps: [...release.steps, { at, actor, sentence, phase, share, evidence }] };
}

/**
 * @param now ms since 1970
 * @returns the release after its step, of which the last entry of `steps` says what was done and why; undefined: nothing is to be done
 *
 * @example
 * stepRelease(inShadow, plan, readingOf({ stage: 'shadow', paired: worseSums }), now)?.steps.at(-1)?.sentence;
 * // "Withdrawn in shadow after 4,210 answers: its Brier score is 0.012 above the champion's (0.004 to 0.020)."
 */
export function stepRelease(
  release: Release,
  plan: ReleasePlan,
  reading: ReleaseReading,
  now: number,
): Release | undefined {
  if (!isUnderWay(release)) return undefined;
  const known = knownEvidence(release, plan, reading);
  if (isTrial(release)) return stepTrial(release, plan, known, now);
  const harm = harmOf(release, known);
  if (harm !== undefined) return withdrawn(release, harm.sentence, harm.evidence, now);
  if (release.paused || release.awaits !== null) return undefined;
  return release.phase === 'shadow'
    ? stepShadow(release, plan, known, now)
    : stepCanary(release, plan, known, now);
}

/** @returns undefined while none is certain */
function harmOf(
  release: Release,
  known: KnownEvidence,
): { sentence: string; evidence: ReleaseEvidence } | undefined {
  const limit = -Math.log(known.levels.worse);
  for (const { stage } of evidenceKeys('', release)) {
    const found = known.stage(stage);
    const { arms } = found;
    if (found.lnWorse >= limit) {
      const evidence = found.whole();
      const sentence = `Withdrawn ${stageWords(stage)} after ${answers(found.count)}: ${brierWords(evidence.paired)}.`;
      return { sentence, evidence };
    }
    if (arms !== null && arms.lnWorse >= limit) {
      const sentence = `Withdrawn ${stageWords(stage)} after ${counted(arms.users, 'user')}: ${armWords(arms)}.`;
      return { sentence, evidence: found.whole() };
    }
  }
  if (known.canary.lnWorse < limit) return undefined;
  const evidence = known.canary.whole();
  const sentence = `Withdrawn after ${answers(known.canary.count)} in all steps of the canary: ${brierWords(evidence.paired)}.`;
  return { sentence, evidence };
}

function stageWords(stage: string): string {
  if (stage === shadowStage) return 'in shadow';
  return `in step ${stage.slice('canary-'.length)} of the canary`;
}

function withdrawn(
  release: Release,
  sentence: string,
  evidence: ReleaseEvidence,
  now: number,
): Release {
  return withStep(
    release,
    { phase: 'withdrawn', share: 0, since: now, paused: false, awaits: null },
    { at: now, actor: engineActor, sentence, evidence },
  );
}

function isBetter({ lnBetter }: StageEvidence, { levels }: KnownEvidence): boolean {
  return lnBetter >= -Math.log(levels.better);
}

/** "by at least 0.002": nothing where any gain will do. */
function gainWords({ gainMin }: ReleasePlan): string {
  return gainMin === 0 ? '' : ` by at least ${gainMin}`;
}

function stepShadow(
  release: Release,
  plan: ReleasePlan,
  known: KnownEvidence,
  now: number,
): Release | undefined {
  const found = known.stage(shadowStage);
  const { count } = found;
  const { rowsMin, rowsMax } = plan.shadow;
  if (count >= rowsMin && isBetter(found, known)) {
    const evidence = found.whole();
    const shown = `Shown to be better${gainWords(plan)} after ${answers(count)} in shadow: ${brierWords(evidence.paired)}.`;
    const record = { at: now, actor: engineActor, evidence };
    if (plan.approvals.includes('canary')) {
      const sentence = `${shown} It serves nobody until somebody agrees.`;
      return withStep(release, { awaits: 'canary' }, { ...record, sentence });
    }
    return toStep(release, plan, 0, shown, record);
  }
  return count < rowsMax ? undefined : futile(release, plan, 'in shadow', found, now);
}

function futile(
  release: Release,
  plan: ReleasePlan,
  where: string,
  found: StageEvidence,
  now: number,
): Release {
  const evidence = found.whole();
  const sentence = `Withdrawn ${where} after ${answers(found.count)}: they do not show that it is better${gainWords(plan)}; ${brierWords(evidence.paired)}.`;
  return withdrawn(release, sentence, evidence, now);
}

/** Begins a step of the canary. @param why a sentence */
export function toStep(
  release: Release,
  { canary }: Pick<ReleasePlan, 'canary'>,
  step: number,
  why: string,
  record: Pick<ReleaseStep, 'at' | 'actor' | 'evidence'>,
): Release {
  const { share } = canary[Math.min(step, canary.length - 1)]!;
  return withStep(
    release,
    { phase: 'canary', step, share, since: record.at, awaits: null },
    { ...record, sentence: `${why} ${servesWords(share)}` },
  );
}

/** Makes it champion; its trial is a release of its own. @param why a sentence */
export function toChampion(
  release: Release,
  plan: Pick<ReleasePlan, 'shadow'>,
  why: string,
  record: Pick<ReleaseStep, 'at' | 'actor' | 'evidence'>,
): Release {
  const trial = `For ${answers(trialRows(plan))} version ${release.against} predicts beside it, and comes back if that is shown to be better.`;
  return withStep(
    release,
    { phase: 'promoted', share: 1, since: record.at, paused: false, awaits: null },
    { ...record, sentence: `${why} It is champion now. ${trial}` },
  );
}

function stepCanary(
  release: Release,
  plan: ReleasePlan,
  known: KnownEvidence,
  now: number,
): Release | undefined {
  const last = plan.canary.length - 1;
  // A plan may have lost steps since.
  const { rowsMin, durationMs } = plan.canary[Math.min(release.step, last)]!;
  const found = known.stage(canaryStage(release.step));
  if (found.count < rowsMin || now - release.since < durationMs) return undefined;
  const record = { at: now, actor: engineActor };
  if (release.step >= last && hasSkippedShadow(release)) {
    const { canary: all } = known;
    if (isBetter(all, known)) {
      const evidence = all.whole();
      const shown = `Shown to be better${gainWords(plan)} after ${answers(all.count)} in all steps of the canary: ${brierWords(evidence.paired)}.`;
      return toEnd(release, plan, shown, { ...record, evidence });
    }
    if (all.count < plan.shadow.rowsMax) return undefined;
    return futile(release, plan, 'in the canary', all, now);
  }
  const evidence = found.whole();
  const passed = `No harm is shown in step ${release.step + 1} of the canary after ${answers(found.count)}: ${brierWords(evidence.paired)}.`;
  return release.step < last
    ? toStep(release, plan, release.step + 1, passed, { ...record, evidence })
    : toEnd(release, plan, passed, { ...record, evidence });
}

function toEnd(
  release: Release,
  plan: ReleasePlan,
  why: string,
  record: Pick<ReleaseStep, 'at' | 'actor' | 'evidence'>,
): Release {
  if (!plan.approvals.includes('champion')) return toChampion(release, plan, why, record);
  const sentence = `${why} It is not champion until somebody agrees.`;
  return withStep(release, { awaits: 'champion' }, { ...record, sentence });
}

/** A paused one is ended by harm alone, as any release. */
function stepTrial(
  release: Release,
  plan: ReleasePlan,
  known: KnownEvidence,
  now: number,
): Release | undefined {
  const { version: former, against: champion } = release;
  const found = known.stage(shadowStage);
  const isBack = isBetter(found, known);
  if (!isBack && (release.paused || found.count < trialRows(plan))) return undefined;
  const evidence = found.whole();
  const seen = `after ${answers(found.count)}: ${brierWords(evidence.paired, `that of version ${champion}`)}.`;
  if (!isBack) {
    const sentence = `Version ${champion} stays champion: version ${former} is not shown to be better ${seen}`;
    return withdrawn(release, sentence, evidence, now);
  }
  const sentence = `Version ${former} is champion again ${seen}`;
  return withStep(
    release,
    { phase: 'promoted', share: 1, since: now, paused: false },
    { at: now, actor: engineActor, sentence, evidence },
  );
}
