/** Experiments and metrics as definitions: how their rows are read, and what is known of each. */
import { asksForPast, type Experiment } from '../../contracts/experiment.ts';
import { ExperimentMetric } from '../../contracts/experimentMetric.ts';
import { ExperimentRecord } from '../../contracts/experimentRecord.ts';
import type { DefinitionHead, DefinitionRow } from '../definitions/definitionRows.ts';
import {
  headOf,
  jsonOf,
  type Kind,
  type Known,
  readRevisions,
  type TellUnread,
} from '../definitions/knownDefinition.ts';
import { describeChange } from './describeChange.ts';

export type KnownExperiment = Known<ExperimentRecord>;

export interface KnownMetric {
  readonly metric: ExperimentMetric;
  readonly revision: number;
  readonly head: DefinitionHead;
}

export const experimentKind: Kind<ExperimentRecord> = {
  read({ key, revision, definition }) {
    const { data } = ExperimentRecord.safeParse(jsonOf(definition));
    return data?.revision === revision && data.experiment.key === key ? data : undefined;
  },
  stateOf: ({ experiment }) => experiment.state,
  // Nobody is assigned by a draft, and it is not counted.
  isIdle: ({ experiment }) => experiment.state === 'draft' && !asksForPast(experiment),
  describe: (before, { experiment }) => describeChange(before?.experiment, experiment),
};

/** @param rows of one metric, in the order of revisions and write ids */
export function knownMetric(
  rows: readonly DefinitionRow[],
  tell: TellUnread,
): KnownMetric | undefined {
  const revisions = readRevisions(rows, readMetric, tell);
  const metric = revisions.findLast(({ content }) => content !== undefined)?.content;
  const newest = revisions.at(-1)?.row;
  return metric && newest && { metric, revision: newest.revision, head: headOf(newest) };
}

function readMetric({ key, definition }: DefinitionRow): ExperimentMetric | undefined {
  const { data } = ExperimentMetric.safeParse(jsonOf(definition));
  return data?.key === key ? data : undefined;
}

/** Definitions of an experiment's metrics as they are now; those that there are not are left out. */
export function metricsNow(
  { metrics }: Experiment,
  book: { get(key: string): KnownMetric | undefined },
): ExperimentMetric[] {
  return [...new Set(metrics.map(({ metric }) => metric))].flatMap((key) => {
    const known = book.get(key);
    return known === undefined ? [] : [known.metric];
  });
}
