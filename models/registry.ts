/** The learners that configuration, documentation and benchmarks know by name: one entry makes another available. */
import type { Columns } from '../contracts/batch.ts';
import type { Learner } from '../contracts/learner.ts';
import type { StateTables } from '../contracts/stateTable.ts';
import { answerFeatures, answerVersion, createAnswerModel } from './answer/answerModel.ts';
import { answerParameters } from './answer/answerParameters.ts';
import { exampleNames } from './answer/exampleFeatures.ts';
import { answerColumns, answerLookups } from './answer/locator.ts';
import type { Parameter } from './spec.ts';

/** A row of a number table: its key is the value of one column, or of a pair. */
export interface RowLookup {
  readonly table: string;
  readonly by: readonly [string] | readonly [string, string];
}

export interface RegisteredLearner {
  readonly summary: string;
  /** Author and year. */
  readonly source: string;
  /** What it reads of an event. */
  readonly columns: Columns;
  /** Rows of its tables that a prediction reads, and the columns that name them: what serves outside the stream reads these alone. */
  readonly lookups: readonly RowLookup[];
  /** Names of its features. */
  readonly features: readonly string[];
  /** As `Learner.version`. */
  readonly version: string;
  /** Names of those that are written down for other models, as its `examples` have them; all numeric. */
  readonly examples: readonly string[];
  readonly parameters: Readonly<Record<string, Parameter>>;
  /** @throws RangeError when an option is unknown or out of range */
  create(tables: StateTables, options?: Readonly<Record<string, number>>): Learner;
}

export const learners: Readonly<Record<string, RegisteredLearner>> = {
  answer: {
    summary: 'Predicts whether an answer will be right, from user, item and skill.',
    source: 'McMahan et al. 2013; Pelánek 2016',
    columns: answerColumns,
    lookups: answerLookups,
    features: answerFeatures,
    version: answerVersion,
    examples: exampleNames,
    parameters: answerParameters,
    create: createAnswerModel,
  },
};
