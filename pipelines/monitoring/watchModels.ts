/** The statistics by which models are watched, of rows about their predictions and labels. */
import { connect, merge, type Observable, type OperatorFunction, pipe } from 'rxjs';
import type { Batch } from '../../contracts/batch.ts';
import type { PipelineContext } from '../../contracts/pipeline.ts';
import { modelColumns } from '../../contracts/predictionFields.ts';
import type { Statistic } from '../../contracts/statistic.ts';
import { where } from '../../operators/where.ts';
import { classificationQuality } from '../../stats/streaming/classificationQuality.ts';
import { estimatedPerformance } from '../../stats/streaming/estimatedPerformance.ts';
import { groupFairness } from '../../stats/streaming/groupFairness.ts';
import { labelDelay } from '../../stats/streaming/labelDelay.ts';
import { labelOutcomes } from '../../stats/streaming/labelOutcomes.ts';
import { predictionLosses } from '../../stats/streaming/predictionLosses.ts';
import { predictionQuality } from '../../stats/streaming/predictionQuality.ts';
import { regressionQuality } from '../../stats/streaming/regressionQuality.ts';
import { type StatisticOptions, statistic } from '../statistic.ts';
import type { PredictionKind } from './joinLabels.ts';
import { withReference } from './withReference.ts';

export interface WatchOptions {
  /** Beginning of the names of its statistics; lower-case words and underscores. */
  readonly name: string;
  /** What is predicted; by default a probability. */
  readonly kind?: PredictionKind;
  /** From which on a probability is the prediction of a one; .5 by default. */
  readonly threshold?: number;
  /** Length of the windows, by when predictions were made, ms; a day by default. */
  readonly windowMs?: number;
  /** Fields by whose values quality is told apart, as paths. */
  readonly slices?: readonly string[];
  /** Two groups of people that are compared, and the field that tells them; of probabilities only. */
  readonly groups?: {
    readonly column: string;
    readonly baseline: string;
    readonly compared: string;
  };
  /**
   * Labelled predictions of the time when the model was made, as `referenceOf` has them; by default each window has those of
   * the window before.
   */
  readonly reference?: readonly (readonly [bin: number, ones: number, zeros: number])[];
  /** Least time between two rows of one state, ms; a minute by default. */
  readonly everyMs?: number;
}

const day = 86_400_000;
const minute = 60_000;
/** Models and versions in one window; further ones count together. */
const modelsMax = 100;

type Watching = OperatorFunction<Batch, never>;

/** What a monitor may have, each under the names that begin so; without `groups` there is no fairness, without `slices` none of them. */
export const watchParts = [
  'expected',
  'quality',
  'decided',
  'slices',
  'fairness',
  'labels',
] as const;
export type WatchPart = (typeof watchParts)[number];

/**
 * The statistics of a monitor, of rows as `joinLabels` makes them. Emits nothing.
 *
 * @param parts that are wanted; `labels` is what becomes of them, and how long they take
 * @throws RangeError as `statistic`, or when groups are compared by numbers
 */
export function watchModels(
  context: PipelineContext,
  pipeline: string,
  options: WatchOptions,
  parts: readonly WatchPart[] = watchParts,
): Watching {
  const { kind = 'probability', groups } = options;
  if (kind === 'number' && groups !== undefined) {
    throw new RangeError('groups: expected none of a model that predicts numbers');
  }
  const part: Part = (suffix, of, more) =>
    statistic(context, pipeline, of, {
      ...{ name: `${options.name}_${suffix}`, by: modelColumns, keysMax: modelsMax },
      ...{ everyMs: options.everyMs ?? minute, ...more },
    });
  const wanted = new Set(parts);
  const own = kind === 'number' ? numberParts(part, options) : probabilityParts(part, options);
  const ofLabelled = own.flatMap(([of, operators]) => (wanted.has(of) ? operators() : []));
  const all = [pipe(where('type', 'labelled'), each(ofLabelled))];
  if (kind === 'probability' && wanted.has('expected')) all.push(expectedPart(part, options));
  if (wanted.has('labels')) {
    const ages = { columns: { age: 'age', labelled: 'labelled' } };
    const { windowMs = day } = options;
    const delays = each([
      part('delay', labelDelay, ages),
      part('delay_by_window', labelDelay, { ...ages, windowMs }),
    ]);
    all.push(
      pipe(where('type', 'labelled', 'censored'), delays),
      part('labels', labelOutcomes, {}),
    );
  }
  return each(all);
}

/** Of the statistic by the values of a field, behind the monitor's name: `slices_course` of `context.course`. */
export function sliceName(column: string): string {
  return `slices_${column.replace(/^context\./, '').replaceAll('.', '_')}`;
}

type Part = (suffix: string, of: Statistic, more: Partial<StatisticOptions>) => Watching;

function each(operators: readonly Watching[]): Watching {
  return connect((rows: Observable<Batch>) =>
    merge(...operators.map((operator) => rows.pipe(operator))),
  );
}

const columns = { prediction: 'prediction' };

/** Of labelled rows, made when they are wanted: each has a table of its own. */
type Parts = readonly (readonly [of: WatchPart, operators: () => Watching[]])[];

function numberParts(part: Part, options: WatchOptions): Parts {
  const { windowMs = day } = options;
  return [
    [
      'quality',
      () => [
        part('quality', regressionQuality, { columns, windowMs }),
        part('quality_total', regressionQuality, { columns }),
      ],
    ],
    ['slices', () => sliceParts(part, options, regressionQuality, { columns })],
  ];
}

function probabilityParts(part: Part, options: WatchOptions): Parts {
  const { windowMs = day, threshold = 0.5 } = options;
  const decides = { columns, parameters: { threshold } };
  return [
    [
      'quality',
      () => [
        part('quality', predictionQuality, { columns, windowMs }),
        part('quality_total', predictionQuality, { columns }),
      ],
    ],
    [
      'decided',
      () => [
        part('decided', classificationQuality, { ...decides, windowMs }),
        part('decided_total', classificationQuality, decides),
      ],
    ],
    ['slices', () => sliceParts(part, options, predictionLosses, decides)],
    ['fairness', () => fairnessParts(part, options)],
  ];
}

/** Small states, and many: of more keys than there are models. */
function sliceParts(
  part: Part,
  { slices = [], windowMs = day }: WatchOptions,
  of: Statistic,
  how: Partial<StatisticOptions>,
): Watching[] {
  return slices.map((column) => {
    const by = [...modelColumns, column];
    return part(sliceName(column), of, { ...how, by, windowMs, keysMax: 2_000 });
  });
}

function fairnessParts(part: Part, { groups, threshold = 0.5 }: WatchOptions): Watching[] {
  if (groups === undefined) return [];
  const { column: group, baseline, compared } = groups;
  const fairness = part('fairness', groupFairness, {
    columns: { ...columns, group },
    parameters: { baseline, compared, threshold },
  });
  return [pipe(where(group, baseline, compared), fairness)];
}

function expectedPart(part: Part, options: WatchOptions): Watching {
  const { windowMs = day, threshold = 0.5, reference } = options;
  const expected = part('expected', estimatedPerformance, {
    columns: { ...columns, part: 'part' },
    parameters: { threshold, ...(reference === undefined ? {} : { reference }) },
    windowMs,
  });
  const withPart = withReference(reference === undefined ? windowMs : undefined);
  return pipe(where('type', 'told', 'labelled'), withPart, expected);
}
