/** The experiments that a partition knows of, as the log told it, and what is prepared from them. */
import { confinedTo } from '../../contracts/condition.ts';
import { EngineError } from '../../contracts/errors.ts';
import type { Experiment } from '../../contracts/experiment.ts';
import type { ExperimentMetric } from '../../contracts/experimentMetric.ts';
import { ExperimentRecord } from '../../contracts/experimentRecord.ts';
import type { StateTables } from '../../contracts/stateTable.ts';
import { drawOf } from '../../models/assignment/families/drawOf.ts';
import { type OutcomeScale, outcomeScale } from '../../models/measure/outcomeScale.ts';
import { type UniformSeed, uniformSeed } from '../../stats/sequential/unitUniform.ts';
import { DefinitionTable } from '../definitionTable.ts';

export interface CountedMetric {
  readonly metric: ExperimentMetric;
  readonly scale: OutcomeScale;
  readonly seed: UniformSeed;
  /** Types of events that can satisfy its filter or its denominator's; undefined: any. */
  readonly types: ReadonlySet<string> | undefined;
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
}

export class Definitions extends DefinitionTable<ExperimentRecord, CountedExperiment> {
  constructor(tables: StateTables) {
    const keyOf = ({ experiment }: ExperimentRecord) => experiment.key;
    super(tables.objects('experiments'), { read: parse, keyOf, prepare });
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
  const counted = experiment.metrics.flatMap(({ metric: key }) => {
    const metric = metrics.find((each) => each.key === key);
    return metric === undefined ? [] : [countedMetric(experiment.key, metric)];
  });
  return {
    revision,
    experiment,
    metrics: counted.sort((a, b) => a.metric.windowMs - b.metric.windowMs),
    variants: new Map(experiment.variants.map(({ key }, index) => [key, index])),
    shares: drawOf(experiment).probabilities,
    startAt: experiment.stages[0]?.startAt ?? Infinity,
  };
}

function countedMetric(experiment: string, metric: ExperimentMetric): CountedMetric {
  const filters = [metric.filter, ...(metric.denominator ? [metric.denominator.filter] : [])];
  const types = new Set<string>();
  let isConfined = true;
  for (const filter of filters) {
    const confined = confinedTo(filter, 'type');
    if (confined === undefined) isConfined = false;
    else for (const type of confined) types.add(`${type}`);
  }
  return {
    metric,
    scale: outcomeScale(metric),
    seed: uniformSeed(experiment, metric.key),
    types: isConfined ? types : undefined,
  };
}
