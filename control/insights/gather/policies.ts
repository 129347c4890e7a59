/** What the rules look at of a policy and what its decisions earn. */
export interface PolicyFacts {
  readonly key: string;
}
