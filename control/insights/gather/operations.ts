/** What the rules look at of the engine itself: its partitions, refused events, watches and alerts. */
export interface OperationFacts {
  readonly partitions: number;
}
