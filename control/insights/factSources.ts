/** Where facts come from: the store, the registries, and what the engine knows of itself. */
import type { PartitionFacts } from '../engineStatus.ts';
import type { ExperimentRegistry } from '../experiments/registry.ts';
import type { PolicyRegistry } from '../policies/openPolicies.ts';
import type { ModelRegistry } from '../registry/modelRegistry.ts';
import type { TrainingBook } from '../retraining/trainingBook.ts';
import type { Reader } from '../statement.ts';
import type { WatchBook } from '../watching/watchBook.ts';

export interface FactSources {
  readonly reader: Reader;
  readonly models: ModelRegistry;
  readonly runs: TrainingBook;
  readonly experiments: ExperimentRegistry;
  readonly policies: PolicyRegistry;
  readonly watches: WatchBook;
  partitions(): readonly PartitionFacts[];
}

/** The moment for which facts are gathered. */
export interface FactMoment {
  /** By the clock, ms since 1970. */
  readonly now: number;
  /** End of the newest data, event time. */
  readonly eventTime: number;
}
