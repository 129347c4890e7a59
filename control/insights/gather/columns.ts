/** What the rules look at of a column that drift is looked for in. */
export interface ColumnFacts {
  readonly key: string;
}
