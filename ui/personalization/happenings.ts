/** What happened to a policy since it began, to be marked in its charts: each change on record, the oldest first. */
import type { PolicyDetail } from '../../contracts/policyApi.ts';
import { nearestBy } from '../data/nearest.ts';

export interface Happening {
  readonly at: number;
  /** "Changed: least probability 0.05 → 0.04 (stage 2)" */
  readonly sentence: string;
}

/** As the engine records it. */
const created = 'Created';

/** A change that is recorded this near to a stage's start began it, ms. */
const nearMs = 2_000;

export function happeningsOf(
  { policy: { stages }, record }: Pick<PolicyDetail, 'policy' | 'record'>,
  stageWords: (sentence: string, stage: number) => string,
): Happening[] {
  const startAt = stages[0]?.startAt ?? Infinity;
  // That a definition was made is no change, also where the policy had decided before it was made known.
  const changes = record.filter(({ change }) => change !== created);
  const start = nearestBy(changes, ({ at }) => at, startAt, nearMs);
  const begunBy = (at: number) => nearestBy(stages, (stage) => stage.startAt, at, nearMs);
  const recorded = changes
    .filter(({ at }) => at >= Math.min(startAt, start?.at ?? startAt))
    .map(({ at, change }) => {
      const stage = begunBy(at);
      return { at, sentence: stage === undefined ? change : stageWords(change, stage.number) };
    });
  const untold = stages
    .filter((stage) => !recorded.some(({ at }) => Math.abs(at - stage.startAt) <= nearMs))
    .map(({ number, startAt: at, change }) => ({ at, sentence: stageWords(change, number) }));
  return [...recorded, ...untold].sort((a, b) => a.at - b.at);
}
