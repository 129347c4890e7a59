/**
 * What an experiment's counts say: a pure function of the definition and the counts.
 *
 * Equal counts give an equal result to the byte, but for `at` and the offsets, however the log was partitioned and cut, and
 * whatever was evaluated before.
 */
import type { ExperimentRecord } from '../../contracts/experimentRecord.ts';
import type {
  Comparison,
  ExperimentResult,
  MetricResult,
  SampleRatio,
  Verdict,
} from '../../contracts/experimentResult.ts';
import { decideFamily, levelOf } from './decide.ts';
import { type ExperimentCounts, offsetsOf } from './experimentCounts.ts';
import { type WatchedCounts, watched } from './metricCells.ts';
import { MetricEvaluation } from './metricEvaluation.ts';
import { outlookOf } from './outlook.ts';
import { type PreparedExperiment, prepareExperiment } from './preparedExperiment.ts';
import { sampleRatioOf } from './sampleRatioOf.ts';
import { segmentResults } from './segmentResults.ts';
import { verdictOf, wordOf } from './verdictOf.ts';

/** Share of the units above which such as were seen in more than one variant are a matter of concern. */
const crossedMost = 0.01;

/** @param at ms since 1970: when it is evaluated */
export function evaluateExperiment(
  record: ExperimentRecord,
  counts: ExperimentCounts,
  at: number,
): ExperimentResult {
  return new Evaluation(prepareExperiment(record)).result(watched(counts), at);
}

/** What must be known at once. */
export interface Evidence {
  readonly sampleRatio: SampleRatio;
  /** Keys of the guardrails that were harmed, in their order. */
  readonly harmed: readonly string[];
  readonly word: Verdict['word'];
}

/** One experiment, evaluated again and again: evidence at once, the result when somebody reads it. */
export class Evaluation {
  readonly #prepared: PreparedExperiment;
  readonly #metrics: readonly MetricEvaluation[];
  /** Of the primary metrics' comparisons. */
  readonly #level: number;
  #counts: WatchedCounts | undefined;
  #result: ExperimentResult | undefined;
  /** Changes of the counts at the result. */
  #resultChanges = 0;

  constructor(prepared: PreparedExperiment) {
    this.#prepared = prepared;
    const { alpha } = prepared.experiment;
    const primaries = prepared.metrics.filter(({ role }) => role === 'primary').length;
    this.#level = levelOf(alpha, primaries * prepared.pairs.length);
    this.#metrics = prepared.metrics.map((metric) => {
      const level = metric.role === 'primary' ? this.#level : alpha;
      return new MetricEvaluation(prepared, metric, level);
    });
  }

  /** The evidence of every comparison, and what follows from it at once. */
  evidence(counts: WatchedCounts): Evidence {
    this.#see(counts);
    const standings = this.#metrics.map((each) => each.standings());
    const harmed = this.#metrics.flatMap(({ metric: { metric, role } }, i) =>
      role === 'guardrail' && standings[i]!.some(({ direction }) => direction === 'bad')
        ? [metric.key]
        : [],
    );
    const sampleRatio = sampleRatioOf(this.#prepared, counts);
    return { sampleRatio, harmed, word: wordOf(this.#prepared, sampleRatio.alarm, standings) };
  }

  /**
   * The whole answer; the same object until the counts change.
   *
   * @param at ms since 1970: when it is evaluated, if it has to be
   */
  result(counts: WatchedCounts, at: number): ExperimentResult {
    if (
      this.#result === undefined ||
      counts !== this.#counts ||
      counts.changes !== this.#resultChanges
    ) {
      this.#see(counts);
      this.#result = this.#compute(counts, at);
      this.#resultChanges = counts.changes;
    }
    return this.#result;
  }

  #see(counts: WatchedCounts): void {
    this.#counts = counts;
    for (const each of this.#metrics) each.see(counts.metrics.get(each.metric.metric.key));
  }

  #compute(counts: WatchedCounts, at: number): ExperimentResult {
    const prepared = this.#prepared;
    const { experiment } = prepared;
    const { exposed, crossed, open, objected } = exposureSums(prepared, counts);
    const comparisons = this.#comparisons();
    const metrics = this.#metrics.map((evaluated, i): MetricResult => {
      const { metric, role } = evaluated.metric;
      return {
        metric: metric.key,
        role,
        kind: metric.kind,
        arms: evaluated.arms(open),
        comparisons: comparisons[i]!,
        readings: evaluated.readings(),
        ...(prepared.isClustered ? { clusters: evaluated.correlation() } : {}),
      };
    });
    const { segments, suppressed } = segmentResults(prepared, counts.metrics);
    const sampleRatio = sampleRatioOf(prepared, counts);
    const crossedAlarm = crossed > crossedMost * exposed;
    return {
      experiment: experiment.key,
      revision: prepared.revision,
      design: prepared.design,
      at,
      offsets: offsetsOf(counts),
      countOffsets: counts.offsets,
      exposed,
      crossed,
      crossedAlarm,
      objected: experiment.variants.map(({ key }, i) => ({ variant: key, units: objected[i]! })),
      sampleRatio,
      metrics,
      segments,
      suppressed,
      verdict: verdictOf({
        ...{ prepared, exposed, crossed, crossedAlarm },
        ...{ sampleRatio, metrics, outlooks: this.#outlooks(counts) },
      }),
    };
  }

  /** Of each metric its comparisons, decided by the rule of its role. */
  #comparisons(): Comparison[][] {
    const family = this.#metrics.flatMap((each) => {
      const { role, metric } = each.metric;
      if (role !== 'secondary') return [];
      return each.evidence().map((lnE) => ({ lnE, good: metric.direction }));
    });
    const secondary = decideFamily(family, this.#prepared.experiment.alpha);
    return this.#metrics.map((each) =>
      each.comparisons(
        each.metric.role === 'secondary'
          ? secondary.splice(0, this.#prepared.pairs.length)
          : each.evidence().map((lnE) => each.decided(lnE)),
      ),
    );
  }

  /** Of each pair, in the first primary metric. */
  #outlooks(counts: ExperimentCounts) {
    const first = this.#metrics.find(({ metric: { role } }) => role === 'primary');
    if (first === undefined) return [];
    return this.#prepared.pairs.map((pair, place) =>
      outlookOf(
        ...([this.#prepared, first.metric, pair, first.compared()[place]!, counts] as const),
        this.#level,
      ),
    );
  }
}

/** By place of the variant: `open` are exposed and not crossed, `objected` have objected before all was scored. */
function exposureSums({ experiment }: PreparedExperiment, { exposures }: ExperimentCounts) {
  const open = experiment.variants.map(() => 0);
  const objected = experiment.variants.map(() => 0);
  let exposed = 0;
  let crossed = 0;
  for (const each of exposures) {
    exposed += each.units;
    crossed += each.crossed;
    open[each.variant]! += each.units - each.crossed;
    objected[each.variant]! += each.objected;
  }
  return { exposed, crossed, open, objected };
}
