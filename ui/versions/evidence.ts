/** What a release rests on: its latest evidence, and how it reads in words. */
import type { ReleaseNow } from '../../contracts/modelLifeApi.ts';
import type {
  ArmEvidence,
  PairedEvidence,
  Release,
  ReleaseEvidence,
} from '../../contracts/release.ts';
import type { Judgement } from '../format/judgements.ts';
import { release } from '../words/versions.ts';

const words = release.judged;

export interface Evident {
  /** ms since 1970. */
  readonly at: number;
  readonly evidence: ReleaseEvidence;
}

/** Of steps that rested on evidence, the oldest first; and what is known now. */
export function evidenceOf({ id, steps }: Release, now?: ReleaseNow): readonly Evident[] {
  const told = steps.flatMap(({ at, evidence }) => (evidence === null ? [] : { at, evidence }));
  if (now === undefined || now.evidence === null || now.release?.id !== id) return told;
  return [...told, { at: now.at, evidence: now.evidence }];
}

/** @param gainMin Brier score by which it must be better, ≥ 0 */
export function judgePaired({ lower, upper }: PairedEvidence, gainMin: number): Judgement {
  if (lower === null || upper === null) return { tone: 'none', word: words.unknown };
  if (upper < -gainMin) return { tone: 'good', word: words.better };
  if (lower > 0) return { tone: 'bad', word: words.worse };
  return { tone: 'none', word: words.open };
}

/** Higher outcomes are better: harm is an interval below 0. */
export function judgeArms({ lower, upper }: ArmEvidence): Judgement {
  if (lower === null || upper === null) return { tone: 'none', word: words.unknown };
  if (upper < 0) return { tone: 'bad', word: words.harmful };
  return { tone: 'good', word: words.harmless };
}
