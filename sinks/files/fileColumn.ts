/** A column of a table that is written to a file. */

export interface NumberColumn {
  readonly name: string;
  /** `int64` takes whole numbers within ±2^53. */
  readonly kind: 'float32' | 'float64' | 'int64';
  readonly values: ArrayLike<number>;
  /** Row i is `values[first + i * step]`. */
  readonly first: number;
  readonly step: number;
}

export interface TextColumn {
  readonly name: string;
  readonly kind: 'text';
  readonly texts: readonly string[];
}

export type FileColumn = NumberColumn | TextColumn;

/** Takes a piece of a file; the next comes when it is written. The bytes are valid until then. */
export type WritePiece = (bytes: Uint8Array) => Promise<void>;

export interface WriteOptions {
  readonly rows: number;
  /** @param rows written so far */
  readonly onProgress?: (rows: number) => void;
}
