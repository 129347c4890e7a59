/** What happened to an experiment, to be marked in its charts: stages, changes and annotations in the order of time. */
import type { Annotation } from '../../contracts/experiment.ts';
import type { ExperimentDetail } from '../../contracts/experimentApi.ts';
import { isOfNotes } from '../../contracts/noteSentences.ts';
import { nearestBy } from '../data/nearest.ts';
import { effect as words } from '../words/experiments.ts';
import { formatLevelShare } from './levels.ts';

export interface Happening {
  readonly at: number;
  readonly sentence: string;
  /** Of an annotation: it can be taken away. */
  readonly note?: Annotation;
}

/** A change that is recorded this near to a stage's start is that stage, ms. */
const nearMs = 2_000;

export function happeningsOf({
  experiment,
  record,
}: Pick<ExperimentDetail, 'experiment' | 'record'>): Happening[] {
  const { stages, annotations } = experiment;
  const startAt = stages[0]?.startAt ?? Infinity;
  const start = nearestBy(record, ({ at }) => at, startAt, nearMs);
  const since = Math.min(startAt, start?.at ?? startAt);
  const revisions = record
    .filter(({ at, change }) => at >= since && !isOfNotes(change))
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
  const noted = annotations.map((note) => ({ at: note.at, sentence: note.text, note }));
  return [...revisions, ...untold, ...noted].sort((a, b) => a.at - b.at);
}
