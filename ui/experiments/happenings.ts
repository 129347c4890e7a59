/** What happened to an experiment, to be marked in its charts: stages, changes and annotations in the order of time. */
import type { ExperimentDetail } from '../../contracts/experimentApi.ts';
import { formatLevelShare } from './levels.ts';
import { effect as words } from './words.ts';

export interface Happening {
  readonly at: number;
  readonly sentence: string;
}

/** A change that is recorded this near to a stage's start is that stage, ms. */
const nearMs = 2_000;

export function happeningsOf({
  experiment,
  record,
}: Pick<ExperimentDetail, 'experiment' | 'record'>): Happening[] {
  const { stages, annotations } = experiment;
  const startAt = stages[0]?.startAt;
  if (startAt === undefined) return [];
  const revisions = record
    .filter(({ at }) => at >= startAt - nearMs)
    .map(({ at, change }) => ({ at, sentence: change }));
  const untold = stages
    .filter((stage) => !revisions.some(({ at }) => Math.abs(at - stage.startAt) <= nearMs))
    .map(({ number, startAt: at, traffic, weights }) => ({
      at,
      sentence: words.stage(
        number,
        formatLevelShare(traffic),
        weights.map(formatLevelShare).join(' : '),
      ),
    }));
  const noted = annotations.map(({ at, text }) => ({ at, sentence: text }));
  return [...revisions, ...untold, ...noted].sort((a, b) => a.at - b.at);
}
