/** The experiments that a partition knows of, as the log told it, and what is prepared from them. */
import { definitionHash } from '../../contracts/definitionHash.ts';
import { isLive } from '../../contracts/definitionState.ts';
import { EngineError } from '../../contracts/errors.ts';
import type { Experiment, MetricUse } from '../../contracts/experiment.ts';
import type { ExperimentMetric } from '../../contracts/experimentMetric.ts';
import { ExperimentRecord } from '../../contracts/experimentRecord.ts';
import type { StateTables } from '../../contracts/stateTable.ts';
import { drawOf } from '../../models/assignment/families/drawOf.ts';
import { type CovariatePlan, covariatePlan } from '../../models/measure/covariatePlan.ts';
import { typesOf } from '../../models/measure/eventTypesOf.ts';
import { type OutcomeScale, outcomeScale } from '../../models/measure/outcomeScale.ts';
import { exactCrossMoments } from '../../stats/exact/exactCrossMoments.ts';
import { type UniformSeed, uniformSeed } from '../../stats/sequential/unitUniform.ts';
import { DefinitionTable, formOf } from '../definitionTable.ts';
import type { PastMetric } from './pastBook.ts';

/** What a metric is adjusted by. */
export interface CountedCovariates {
  readonly plan: CovariatePlan;
  readonly moments: ReturnType<typeof exactCrossMoments>;
  /** Of each covariate of the plan, the past that it reads. */
  readonly pasts: readonly (PastMetric | undefined)[];
  /** Place of the metric's figures among those of a unit. */
  readonly at: number;
}

export interface CountedMetric {
  readonly metric: ExperimentMetric;
  readonly scale: OutcomeScale;
  readonly seed: UniformSeed;
  /** Types of events that can satisfy its filter or its denominator's; undefined: any. */
  readonly types: ReadonlySet<string> | undefined;
  readonly adjusted: CountedCovariates | undefined;
}

export interface CountedExperiment {
  readonly revision: number;
  readonly experiment: Experiment;
  /** By window, the shortest first: the order in which a unit is scored. */
  readonly metrics: readonly CountedMetric[];
  /** Place of a variant by its key. */
  readonly variants: ReadonlyMap<string, number>;
  /** By stage in its order, of each variant: the probability that its hash family really gives, a share of whole buckets. */
  readonly shares: readonly (readonly number[])[];
  /** Start of the first stage, ms since 1970. */
  readonly startAt: number;
  /** Figures of a unit's covariates, of all metrics. */
  readonly covariateWidth: number;
}

const form = formOf(ExperimentRecord);

export class Definitions extends DefinitionTable<ExperimentRecord, CountedExperiment> {
  #pasts: readonly PastMetric[] | undefined;

  constructor(tables: StateTables) {
    const keyOf = ({ experiment }: ExperimentRecord) => experiment.key;
    super(tables.objects('experiments'), { form, read: parse, keyOf, prepare });
  }

  override take(text: unknown): void {
    super.take(text);
    this.#pasts = undefined;
  }

  /** Metrics whose past is remembered: those that live experiments adjust by, or drafts will. */
  get pasts(): readonly PastMetric[] {
    if (this.#pasts === undefined) {
      const wanted = new Map<string, PastMetric>();
      for (const { experiment, metrics } of this.all().values()) {
        if (!isLive(experiment) && experiment.state !== 'draft') continue;
        for (const { adjusted } of metrics) {
          for (const past of adjusted?.pasts ?? []) if (past) wanted.set(past.name, past);
        }
      }
      this.#pasts = [...wanted.values()];
    }
    return this.#pasts;
  }
}

function parse(json: unknown): ExperimentRecord {
  const parsed = ExperimentRecord.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new EngineError(
    'EXPERIMENT_INVALID',
    `the definition of an experiment in the log cannot be read: ${issue.path.join('.')}: ${issue.message}`,
  );
}

function prepare({ revision, experiment, metrics }: ExperimentRecord): CountedExperiment {
  let covariateWidth = 0;
  const counted = experiment.metrics.flatMap((use) => {
    const metric = metrics.find((each) => each.key === use.metric);
    if (metric === undefined) return [];
    const prepared = countedMetric(experiment, use, metric, metrics, covariateWidth);
    covariateWidth += prepared.adjusted?.plan.width ?? 0;
    return [prepared];
  });
  return {
    revision,
    experiment,
    metrics: counted.sort((a, b) => a.metric.windowMs - b.metric.windowMs),
    variants: new Map(experiment.variants.map(({ key }, index) => [key, index])),
    // A draft assigns nobody, and its variants may not be sound yet.
    shares: experiment.stages.length === 0 ? [] : drawOf(experiment).probabilities,
    startAt: experiment.stages[0]?.startAt ?? Infinity,
    covariateWidth,
  };
}

function countedMetric(
  experiment: Experiment,
  use: MetricUse,
  metric: ExperimentMetric,
  metrics: readonly ExperimentMetric[],
  at: number,
): CountedMetric {
  const scale = outcomeScale(metric);
  const isAdjusted = experiment.unit === 'user' && metric.kind !== 'quantile';
  const plan = isAdjusted ? covariatePlan(use, metrics, scale) : undefined;
  return {
    metric,
    scale,
    seed: uniformSeed(experiment.key, metric.key),
    types: typesOf(metric),
    adjusted: plan && {
      plan,
      moments: exactCrossMoments(plan.grids),
      pasts: plan.covariates.map(({ past }) => past && pastMetric(past)),
      at,
    },
  };
}

function pastMetric(metric: ExperimentMetric): PastMetric {
  const { name, description, direction, ...measured } = metric;
  const hash = definitionHash(measured).slice(0, 16);
  return { name: `past ${metric.key} ${hash}`, metric, types: typesOf(metric) };
}
