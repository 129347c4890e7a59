/** What the data plane needs of ClickHouse: the sink passes a client, a test passes memory. */
export interface Store {
  /**
   * Rows as objects; 64-bit integers as numbers.
   *
   * @param signal ends the statement
   */
  query<Row>(
    sql: string,
    parameters?: Readonly<Record<string, unknown>>,
    signal?: AbortSignal,
  ): Promise<Row[]>;
  /** The answer as RowBinary. */
  readBinary(sql: string, parameters?: Readonly<Record<string, unknown>>): Promise<Uint8Array>;
  /** One insert, one block, one part; returns when it is written. `rows` is RowBinary in column order. */
  insert(table: string, rows: Uint8Array): Promise<void>;
  /** Returns when everything that was inserted before is on the disk. */
  barrier(): Promise<void>;
  command(sql: string, parameters?: Readonly<Record<string, unknown>>): Promise<void>;
}
