/**
 * What an experiment's counts say: a pure function of the definition and the counts.
 *
 * Equal counts give an equal result to the byte, but for `at` and `offsets`, however the log was partitioned and cut, and
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
import {
  type Decided,
  decideFamily,
  decideGuardrail,
  decidePrimary,
  guardrailDecision,
  levelOf,
  primaryDecision,
} from './decide.ts';
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
    this.#metrics = prepared.metrics.map((metric) => new MetricEvaluation(prepared, metric));
    const primaries = prepared.metrics.filter(({ role }) => role === 'primary').length;
    this.#level = levelOf(prepared.experiment.alpha, primaries * prepared.pairs.length);
  }

  /** The evidence of every comparison, and what follows from it at once. */
  evidence(counts: WatchedCounts): Evidence {
    this.#see(counts);
    const { experiment, pairs } = this.#prepared;
    const harmed: string[] = [];
    const standings = this.#metrics.map((evaluated) => {
      const { metric, role } = evaluated.metric;
      const lnEs = evaluated.evidence();
      return pairs.map((pair, place) => {
        const { direction } = this.#decided(evaluated, lnEs[place]!);
        if (role === 'guardrail' && direction === 'bad') harmed.push(metric.key);
        const variant = experiment.variants[pair.treatment]!.key;
        return {
          variant,
          direction,
          get effect() {
            return evaluated.compared()[place]!.effect;
          },
        };
      });
    });
    const sampleRatio = sampleRatioOf(this.#prepared, counts);
    return { sampleRatio, harmed, word: wordOf(this.#prepared, sampleRatio.alarm, standings) };
  }

  /**
   * The whole answer; the same object until the counts change.
   *
   * @param at ms since 1970: when it is evaluated, if it has to be
   */
  result(counts: WatchedCounts, at: number): ExperimentResult {
    if (this.#result === undefined || counts !== this.#counts || counts.changes !== this.#resultChanges) {
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

  /** Of secondary metrics nothing is decided one by one. */
  #decided({ metric: { role, metric } }: MetricEvaluation, lnE: Comparison['lnE']): Decided {
    if (role === 'primary') return primaryDecision({ lnE }, metric.direction, this.#level);
    if (role === 'secondary') return { decided: false, direction: 'open' };
    return guardrailDecision({ lnE }, metric.direction, this.#prepared.experiment.alpha);
  }

  #compute(counts: WatchedCounts, at: number): ExperimentResult {
    const prepared = this.#prepared;
    const { experiment } = prepared;
    const { exposed, crossed, open } = exposureSums(prepared, counts);
    const comparisons = this.#comparisons();
    const metrics = this.#metrics.map((evaluated, i): MetricResult => {
      const { metric, role } = evaluated.metric;
      return {
        metric: metric.key,
        role,
        kind: metric.kind,
        arms: evaluated.summaries(open),
        comparisons: comparisons[i]!,
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
      exposed,
      crossed,
      crossedAlarm,
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
    const { alpha } = this.#prepared.experiment;
    const family = this.#metrics.flatMap((each) => {
      const { role, metric } = each.metric;
      if (role !== 'secondary') return [];
      return each.compared().map((compared) => ({ compared, good: metric.direction }));
    });
    const secondary = decideFamily(family, alpha);
    return this.#metrics.map((each) => {
      const { role, metric } = each.metric;
      const compared = each.compared();
      if (role === 'secondary') return secondary.splice(0, compared.length);
      return compared.map((one) =>
        role === 'primary'
          ? decidePrimary(one, metric.direction, this.#level)
          : decideGuardrail(one, metric.direction, alpha),
      );
    });
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

/** `open`: by place of the variant, exposed and not crossed. */
function exposureSums({ experiment }: PreparedExperiment, { exposures }: ExperimentCounts) {
  const open = experiment.variants.map(() => 0);
  let exposed = 0;
  let crossed = 0;
  for (const each of exposures) {
    exposed += each.units;
    crossed += each.crossed;
    open[each.variant]! += each.units - each.crossed;
  }
  return { exposed, crossed, open };
}
