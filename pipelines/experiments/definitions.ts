/** The experiments that a partition knows of, as the log told it, and what is prepared from them. */
import { z } from 'zod';
import { confinedTo } from '../../contracts/condition.ts';
import { definitionHash } from '../../contracts/definitionHash.ts';
import { EngineError } from '../../contracts/errors.ts';
import type { Experiment } from '../../contracts/experiment.ts';
import type { ExperimentMetric } from '../../contracts/experimentMetric.ts';
import { ExperimentRecord } from '../../contracts/experimentRecord.ts';
import type { ObjectTable, StateTables } from '../../contracts/stateTable.ts';
import { drawOf } from '../../models/assignment/families/drawOf.ts';
import { type OutcomeScale, outcomeScale } from '../../models/measure/outcomeScale.ts';
import { type UniformSeed, uniformSeed } from '../../stats/sequential/unitUniform.ts';

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

interface Stored {
  /** JSON of the record, as it was parsed: with every default. */
  definition: string;
  /** Form of a record when it was parsed; absent in states from before it was noted. */
  form?: string;
}

/**
 * What a parsed record looks like, as a hash. A record that was parsed into the present form need not be parsed again: what is
 * valid in the state was valid in the log, and a parse takes ten times as long as all the rest of a definition.
 */
const form = definitionHash(
  z.toJSONSchema(ExperimentRecord, { io: 'input', unrepresentable: 'any' }),
).slice(0, 16);

export class Definitions {
  readonly #table: ObjectTable<Stored>;
  #prepared: Map<string, CountedExperiment> | undefined;

  constructor(tables: StateTables) {
    this.#table = tables.objects<Stored>('experiments');
  }

  get(key: string): CountedExperiment | undefined {
    return this.#all().get(key);
  }

  /**
   * Takes a definition from the log; one that is not newer changes nothing.
   *
   * @param text the record as JSON
   * @throws EngineError EXPERIMENT_INVALID when it is none
   */
  take(text: unknown): void {
    if (this.#isStored(text)) return;
    const record = parse(text);
    const { key } = record.experiment;
    const known = this.get(key);
    if (known !== undefined && known.revision >= record.revision) return;
    this.#store(record);
    this.#all().set(key, prepare(record));
  }

  /** The engine writes what is live into the log again from time to time. */
  #isStored(text: unknown): boolean {
    const { experiment } = (jsonOf(text) ?? {}) as { experiment?: { key?: unknown } };
    const key = experiment?.key;
    const stored = typeof key === 'string' ? this.#table.get(key) : undefined;
    return stored?.form === form && stored.definition === text;
  }

  #store(record: ExperimentRecord): void {
    this.#table.set(record.experiment.key, { definition: JSON.stringify(record), form });
  }

  #all(): Map<string, CountedExperiment> {
    if (this.#prepared === undefined) {
      this.#prepared = new Map();
      for (const [key, stored] of [...this.#table.entries()]) {
        const isOfNow = stored.form === form;
        const record = isOfNow
          ? (JSON.parse(stored.definition) as ExperimentRecord)
          : parse(stored.definition);
        if (!isOfNow) this.#store(record);
        this.#prepared.set(key, prepare(record));
      }
    }
    return this.#prepared;
  }
}

function jsonOf(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

function parse(text: unknown): ExperimentRecord {
  const parsed = ExperimentRecord.safeParse(jsonOf(text));
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
