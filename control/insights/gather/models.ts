/** What the rules look at of a model, its versions, releases, runs and performance. */
export interface ModelFacts {
  readonly key: string;
}
