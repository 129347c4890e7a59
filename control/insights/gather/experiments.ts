/** What the rules look at of an experiment, its newest result and its course. */
export interface ExperimentFacts {
  readonly key: string;
}
