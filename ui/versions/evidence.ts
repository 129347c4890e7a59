/** What a release rests on: its latest evidence, and how it reads in words. */
import type {
  ArmEvidence,
  PairedEvidence,
  Release,
  ReleaseEvidence,
  ReleaseStep,
} from '../../contracts/release.ts';
import type { Judgement } from '../format/judgements.ts';
import { release } from './words.ts';

const words = release.judged;

export type Evident = ReleaseStep & { readonly evidence: ReleaseEvidence };

/** Steps that rested on evidence, the oldest first. */
export function evidentSteps({ steps }: Release): readonly Evident[] {
  return steps.filter((step): step is Evident => step.evidence !== null);
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
