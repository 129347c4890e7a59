/** Output rows on their way to a ClickHouse table. */
import type { ByteWriter } from './byteWriter.ts';

export interface Rows {
  /** Table of the schema, without database. */
  readonly table: string;
  /** Rows, > 0. */
  readonly length: number;
  /** Written with the next epoch, however few they are: somebody acts on them. */
  readonly urgent?: boolean;
  /** Appends the rows as RowBinary, in the table's column order. Called once, before the next batch. */
  encode(writer: ByteWriter): void;
}
