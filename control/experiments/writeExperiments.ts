/**
 * Makes, changes and moves experiments: each a new revision, if it is sound and does not harm the evidence.
 *
 * To be called one at a time.
 */
import { checkChange } from '../../contracts/checkChange.ts';
import type { DefinitionProblem } from '../../contracts/definitionProblem.ts';
import { isLive } from '../../contracts/definitionState.ts';
import { Experiment } from '../../contracts/experiment.ts';
import { definitionEvent, type ExperimentRecord } from '../../contracts/experimentRecord.ts';
import { excessOf } from '../definitions/definitionSize.ts';
import type { InForce } from '../definitions/inForce.ts';
import { atRevision, fromNewest } from '../definitions/newest.ts';
import {
  type By,
  parseGiven,
  type Refused,
  refusal,
  refusedFor,
  refusedState,
} from '../definitions/written.ts';
import { annotated } from './annotate.ts';
import type { Books, Judge } from './judge.ts';
import { type KnownExperiment, metricsNow } from './known.ts';
import { type Move, moved } from './moves.ts';
import type { ExperimentRegistry, Written } from './registry.ts';

export interface WritingOptions {
  readonly known: Books;
  readonly inForce: InForce<ExperimentRecord>;
  readonly judge: Judge;
  /** Brings `known` up to date. */
  readonly look: () => Promise<void>;
  readonly clock: () => number;
}

type Writing = Pick<ExperimentRegistry, 'create' | 'adopt' | 'change' | 'move' | 'annotate'>;

export function writeExperiments(options: WritingOptions): Writing {
  const { known, judge, look, clock } = options;

  async function add(experiment: Experiment, by: By): Promise<Written> {
    await look();
    if (known.experiments.get(experiment.key) !== undefined) return { outcome: 'exists' };
    const refused = refusedFor(await judge(experiment, false));
    if (refused !== undefined) return refused;
    const written = await write(options, experiment, 1, by, { outcome: 'created', spare: true });
    return written.outcome === 'stale' ? { outcome: 'exists' } : written;
  }

  const renew = (key: string, attempt: (before: KnownExperiment) => Promise<Written>) =>
    fromNewest(known.experiments, look, key, attempt);

  return {
    async create(definition, by) {
      const parsed = parseGiven(Experiment, definition);
      if (parsed.outcome === 'malformed') return parsed;
      const { state, stages, decision } = parsed.value;
      if (state !== 'draft' || stages.length > 0 || decision !== null) {
        return refusal(
          [
            'An experiment begins as a draft, without stages and without a decision. Leave them out, and start it afterwards.',
          ],
          'state',
        );
      }
      return add(parsed.value, by);
    },

    adopt: add,

    async change(key, definition, revision, by) {
      await look();
      const at = atRevision(known.experiments, key, revision);
      if (at.outcome !== 'newest') return at;
      const parsed = parseGiven(Experiment, definition);
      if (parsed.outcome === 'malformed') return parsed;
      const { state, decision } = at.known.record.experiment;
      const moving = refusedState('experiment', state, definition);
      if (moving !== undefined) return moving;
      const after = { ...parsed.value, state, decision: parsed.value.decision ?? decision };
      return apply(options, at.known, after, by, true);
    },

    move: (key, move, by) =>
      renew(key, async (before) => {
        const after = moved(before.record.experiment, move, by.reason, clock());
        if (typeof after === 'string') return refusal([after], 'state');
        return apply(options, before, after, by, isEntry(move));
      }),

    annotate: (key, change, by) =>
      renew(key, async (before) => {
        const { experiment } = before.record;
        const after = annotated(experiment, change, clock());
        if (typeof after === 'string') return refusal([after], 'annotations');
        if (after !== experiment) return apply(options, before, after, by, false);
        const { revision } = before.head;
        return { outcome: 'in place', experiment, revision, problems: [] };
      }),
  };
}

function isEntry({ move }: Move): boolean {
  return move === 'start' || move === 'resume';
}

/** @param judged whether it must be sound in itself: what only leaves the stage need not be */
async function apply(
  options: WritingOptions,
  { record, head }: KnownExperiment,
  wanted: Experiment,
  by: By,
  judged: boolean,
): Promise<Written> {
  const before = record.experiment;
  const change = checkChange(before, { ...wanted, stages: [] }, options.clock());
  if (change.outcome === 'refused') return refusal(change.sentences);
  const { experiment: after, outcome } = change;
  if (judged && (after.state === 'draft' || isLive(after))) {
    const starts = before.state === 'draft' && after.state === 'running';
    const refused = refusedFor(await options.judge(after, starts));
    if (refused !== undefined) return refused;
  }
  const spare = before.state === after.state;
  return write(options, after, head.revision + 1, by, { outcome, spare });
}

interface HowWritten {
  readonly outcome: 'created' | 'in place' | 'new stage';
  /** Leave room for the moves that may follow. */
  readonly spare: boolean;
}

async function write(
  { known: { experiments, metrics }, inForce, judge }: WritingOptions,
  experiment: Experiment,
  revision: number,
  by: By,
  { outcome, spare }: HowWritten,
): Promise<Written> {
  const { key, state } = experiment;
  const before = experiments.get(key)?.record;
  // From its start on, an experiment keeps the definitions of its metrics.
  const isSettled = before !== undefined && before.experiment.state !== 'draft';
  const defined = isSettled ? before.metrics : metricsNow(experiment, metrics);
  const record: ExperimentRecord = { revision, experiment, metrics: [...defined] };
  const excess = excessOf(record, definitionEvent, spare);
  if (excess !== undefined) return tooLarge(excess);
  const isOurs = await experiments.write(key, revision, record, by);
  const now = experiments.get(key);
  if (!isOurs) return { outcome: 'stale', revision: now?.head.revision ?? revision };
  await inForce.announceMade(key);
  const problems: DefinitionProblem[] = await judge(experiment, state === 'draft');
  return { outcome, experiment: now!.record.experiment, revision, problems };
}

function tooLarge(excess: string): Refused {
  return refusal([
    `The definition with its metrics takes ${excess} fit into an event of the log. Shorten payloads, conditions, the hypothesis ` +
      'or annotations.',
  ]);
}
