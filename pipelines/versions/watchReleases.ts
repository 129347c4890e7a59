/**
 * The evidence on which releases rest: paired losses of a version and the champion, and what became of the users whom it serves.
 *
 * | statistic | a row | says |
 * | --- | --- | --- |
 * | `release_paired` | a prediction that both made | whether the version predicts better, or worse |
 * | `release_arms` | a user's first outcome in a stage | whether people do otherwise where it serves |
 */
import { connect, filter, map, merge, type Observable, type OperatorFunction } from 'rxjs';
import type { PipelineContext } from '../../contracts/pipeline.ts';
import type { Predictions, VersionPair } from '../../operators/predictThenLearn.ts';
import { designEProcess } from '../../stats/streaming/designEProcess.ts';
import { pairedLosses } from '../../stats/streaming/pairedLosses.ts';
import { statistic } from '../statistic.ts';
import { armRows, arms, pairColumns, pairedRows } from './releaseRows.ts';

/** Stages of releases, of all time: some 20,000 releases. */
const keysMax = 100_000;
/** Users who are remembered in a partition: beyond, one who comes back in the same stage may count again. */
const usersMax = 1_000_000;

type Compared = Predictions & { readonly pairs: readonly VersionPair[] };

/** Emits nothing: statistics are published at cuts. */
export function watchReleases(
  context: PipelineContext,
  pipeline: string,
  model: string,
): OperatorFunction<Predictions, never> {
  const seen = context.tables.numbers(`arms-${model}`, { width: 1, keysMax: usersMax });
  const paired = statistic(context, pipeline, pairedLosses, {
    ...{ name: 'release_paired', by: pairColumns, keysMax },
    columns: { prediction: 'prediction', against: 'against', label: 'value' },
  });
  const ofArms = statistic(context, pipeline, designEProcess, {
    ...{ name: 'release_arms', by: pairColumns, keysMax, parameters: { ...arms, bins: 2 } },
    columns: { variant: 'context.arm', probability: 'probability', stage: 'period' },
  });
  return connect((predictions: Observable<Predictions>) => {
    const compared = predictions.pipe(filter((made): made is Compared => made.pairs !== undefined));
    return merge(
      compared.pipe(
        map((made) => pairedRows(model, made, made.pairs)),
        paired,
      ),
      compared.pipe(
        map((made) => armRows(model, made, made.pairs, seen)),
        ofArms,
      ),
    );
  });
}
