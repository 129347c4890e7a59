/**
 * What the rules look at: plain values, gathered from the store and the registries by `control/insights/gather/`, one part each.
 * A part that could not be gathered is null, and its rules are not asked.
 */
import type { Alert } from '../../contracts/alert.ts';
import type { ColumnFacts } from './gather/columns.ts';
import type { ExperimentFacts } from './gather/experiments.ts';
import type { ModelFacts } from './gather/models.ts';
import type { OperationFacts } from './gather/operations.ts';
import type { PolicyFacts } from './gather/policies.ts';

export interface Facts {
  /** By the clock, ms since 1970. */
  readonly now: number;
  /** End of the newest data, event time. */
  readonly eventTime: number;
  /** Users who were active in the last seven days of event time. */
  readonly activeUsers: number;
  readonly models: readonly ModelFacts[] | null;
  readonly columns: readonly ColumnFacts[] | null;
  readonly experiments: readonly ExperimentFacts[] | null;
  readonly policies: readonly PolicyFacts[] | null;
  readonly operations: OperationFacts | null;
  /** Open ones. */
  readonly alerts: readonly Alert[];
}
