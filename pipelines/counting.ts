/**
 * The counting of the default pipeline by itself: the same events are refused, dropped or late, and the same units counted, but
 * nothing is archived, summarized or learnt.
 *
 * What is counted depends on nothing that is left out here, so these are the counts of the whole pipeline, sooner.
 */
import { ignoreElements } from 'rxjs';
import type { Pipeline } from '../contracts/pipeline.ts';
import { judge, learning, withoutDuplicates } from './learning.ts';

const summary = 'Counts for experiments as the pipeline "learning" does.';

/** Of the event log. */
export const counting: Pipeline = {
  ...learning,
  summary,
  build: (events, context) =>
    judge(withoutDuplicates(events, context), context).pipe(ignoreElements()),
};

/** Of the archive, where each event stands once already. */
export const countingArchived: Pipeline = {
  ...learning,
  summary,
  build: (events, context) => judge(events, context).pipe(ignoreElements()),
};
