/**
 * The parameters with which a trainer does best on the latest rows: the defaults first, then draws from the ranges that are worth a
 * search, until time or tries are up.
 *
 * Each try learns from the earlier rows and is judged on the later ones, as it will be when it serves. Which tries are made is a
 * function of the seed; how many, of the time.
 *
 * Source: Bergstra & Bengio 2012, "Random search for hyper-parameter optimization".
 */
import { EngineError } from '../../contracts/errors.ts';
import { randomState, uniform } from '../../stats/random.ts';
import type { TrainingControl } from './control.ts';
import { meanLoss, objectives } from './objective.ts';
import { rawScore } from './trainedModel.ts';
import type { Trainer, TrainerParameters } from './trainer.ts';
import { rowsOf, type TrainingSet } from './trainingSet.ts';

export interface SearchOptions {
  /** No try begins after it, and one that is under way is given up. */
  readonly budgetMs: number;
  readonly triesMax: number;
  readonly seed: number;
  /** Share of the rows, the latest, on which tries are judged. */
  readonly validationShare: number;
  /** Fixed for every try. */
  readonly given?: TrainerParameters;
  /** ms; only differences count. */
  readonly now: () => number;
}

export interface SearchTry {
  readonly parameters: TrainerParameters;
  /** Mean loss on the latest rows; NaN when it failed. */
  readonly loss: number;
  readonly tookMs: number;
  /** Why it failed. */
  readonly failure?: string;
}

export interface SearchResult {
  readonly best: SearchTry;
  /** In the order in which they were made, the defaults first. */
  readonly tries: readonly SearchTry[];
  /** Why it ended. */
  readonly endedBy: 'time' | 'tries';
}

/**
 * @throws RangeError for an option; EngineError TRAINING_IMPOSSIBLE when no try succeeds, TRAINING_CANCELLED
 */
export function searchParameters(
  trainer: Trainer,
  set: TrainingSet,
  options: SearchOptions,
  control: TrainingControl = {},
): SearchResult {
  const { validationShare, budgetMs, triesMax, now, given = {} } = options;
  if (!(validationShare > 0 && validationShare < 1)) {
    throw new RangeError(`validationShare: expected in (0, 1), got ${validationShare}`);
  }
  if (!(Number.isInteger(triesMax) && triesMax > 0)) {
    throw new RangeError(`triesMax: expected an integer above 0, got ${triesMax}`);
  }
  const rows = set.labels.length;
  const from = rows - Math.max(1, Math.floor(rows * validationShare));
  const earlier = rowsOf(set, 0, from);
  const later = rowsOf(set, from, rows);
  const random = randomState(options.seed);
  const end = now() + budgetMs;
  const isOver = () => now() >= end;
  const tries: SearchTry[] = [];
  let endedBy: SearchResult['endedBy'] = 'tries';
  while (tries.length < triesMax) {
    if (tries.length > 0 && isOver()) {
      endedBy = 'time';
      break;
    }
    const drawn = tries.length === 0 ? {} : draw(trainer, random);
    const parameters = { ...drawn, ...given };
    const began = now();
    // The first is finished whatever it takes: there must be an answer.
    const isCancelled = () => control.isCancelled?.() === true || (tries.length > 0 && isOver());
    try {
      const model = trainer.train(earlier, parameters, { isCancelled });
      tries.push({ parameters, loss: lossOf(model, later), tookMs: now() - began });
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      if (control.isCancelled?.() === true) throw error;
      if (error.code === 'TRAINING_CANCELLED') {
        endedBy = 'time';
        break;
      }
      tries.push({ parameters, loss: NaN, tookMs: now() - began, failure: error.message });
    }
    control.onProgress?.({ round: tries.length, rounds: triesMax, loss: tries.at(-1)!.loss });
  }
  const best = tries
    .filter(({ loss }) => Number.isFinite(loss))
    .reduce<SearchTry | undefined>(
      (found, each) => (found === undefined || each.loss < found.loss ? each : found),
      undefined,
    );
  if (best === undefined) {
    throw new EngineError('TRAINING_IMPOSSIBLE', tries[0]?.failure ?? 'no try succeeded');
  }
  return { best, tries, endedBy };
}

function lossOf(model: Parameters<typeof rawScore>[0], set: TrainingSet): number {
  const scoreOf = rawScore(model);
  const width = set.features.length;
  const scores = Float64Array.from(set.labels, (_, row) => scoreOf(set.values, row * width));
  return meanLoss(objectives[set.task], scores, set.labels, set.weights);
}

function draw(
  { searched, parameters }: Trainer,
  random: ReturnType<typeof randomState>,
): TrainerParameters {
  const drawn: Record<string, number> = {};
  for (const [name, { range, isLogarithmic }] of Object.entries(searched)) {
    const [low, high] = range;
    const at = uniform(random);
    const value = isLogarithmic ? low * (high / low) ** at : low + (high - low) * at;
    drawn[name] = parameters[name]!.whole === true ? Math.round(value) : value;
  }
  return drawn;
}
