/** What there is to know of experiments and metrics, and to do with them: what routes and the evaluation need. */

import type { DefinitionProblem } from '../../contracts/definitionProblem.ts';
import type { Experiment } from '../../contracts/experiment.ts';
import type { ExperimentMetric } from '../../contracts/experimentMetric.ts';
import type { ExperimentRecord } from '../../contracts/experimentRecord.ts';
import type { By, Refused } from '../definitions/written.ts';
import type { AnnotationChange } from './annotate.ts';
import type { KnownExperiment, KnownMetric } from './known.ts';
import type { Move } from './moves.ts';

export type Written =
  | {
      readonly outcome: 'created' | 'in place' | 'new stage';
      readonly experiment: Experiment;
      readonly revision: number;
      /** Remarks, and what keeps a draft from being started. */
      readonly problems: DefinitionProblem[];
    }
  | Refused;

export type MetricWritten =
  | {
      readonly outcome: 'created' | 'in place';
      readonly metric: ExperimentMetric;
      readonly revision: number;
    }
  | Refused;

export interface ExperimentRegistry {
  /** The newest of each, by key. */
  experiments(): readonly KnownExperiment[];
  experiment(key: string): KnownExperiment | undefined;
  /** By which units are assigned here: in the log already, or one that assigns nobody. The same object until it changes. */
  inForce(key: string): ExperimentRecord | undefined;
  allInForce(): readonly ExperimentRecord[];
  metrics(): readonly KnownMetric[];
  /** Definitions of an experiment's metrics: of a draft as they are now, else as they were when it was started. */
  metricsOf(key: string): readonly ExperimentMetric[];
  /** What is wrong with a definition, or worth a remark, beside all others; anything may be given. */
  check(definition: unknown): Promise<DefinitionProblem[]>;
  /** Makes a draft. */
  create(definition: unknown, by: By): Promise<Written>;
  /**
   * Makes a draft what it should be, or a live experiment as far as its evidence allows it. State, stages and decision are not
   * changed by this.
   *
   * @param revision that the change was made from
   */
  change(key: string, definition: unknown, revision: number, by: By): Promise<Written>;
  move(key: string, move: Move, by: By): Promise<Written>;
  /** Adds or removes an annotation, whatever state the experiment is in and whoever else changes it meanwhile. */
  annotate(key: string, change: AnnotationChange, by: By): Promise<Written>;
  /** Takes over an experiment that runs already, with its stages: it began elsewhere. Only a key that is free. */
  adopt(experiment: Experiment, by: By): Promise<Written>;
  createMetric(definition: unknown, by: By): Promise<MetricWritten>;
  changeMetric(key: string, definition: unknown, revision: number, by: By): Promise<MetricWritten>;
  /** Looks for newer revisions now. @throws EngineError SINK_UNAVAILABLE */
  refresh(): Promise<void>;
  /** Writes what the data plane may need into the log once more. @throws EngineError as `Announce` */
  announceAgain(): Promise<void>;
  /** Waits for what is under way. */
  close(): Promise<void>;
}
