/**
 * From a row of values to what linear models, networks and factorization machines take: numeric features centred and scaled, a
 * missing one at its mean; of a categorical feature one column of 0 or 1 for each frequent code.
 */
import type { TrainingSet } from '../training/trainingSet.ts';

export interface Encoding {
  /** Features of a row before. */
  readonly width: number;
  /** Numeric columns, which come first: where they stand in a row, float32 centre, and one over the standard deviation. */
  readonly numeric: Int32Array;
  readonly centres: Float32Array;
  readonly scales: Float32Array;
  /** Columns of codes, which come after: where the feature stands, and the code. */
  readonly categorical: Int32Array;
  readonly codes: Float32Array;
}

/** Codes of one feature that get a column, the most frequent ones. */
const codesMax = 64;
/** Rows with a code below which it is thought noise. */
const codeRows = 10;

/** Numeric features that do not vary have no column. */
export function fitEncoding({ features, values }: TrainingSet): Encoding {
  const width = features.length;
  const numeric: number[] = [];
  const centres: number[] = [];
  const scales: number[] = [];
  const categorical: number[] = [];
  const codes: number[] = [];
  for (const [column, { kind }] of features.entries()) {
    if (kind === 'numeric') {
      const { mean, deviation } = momentsOf(values, column, width);
      if (!(deviation > 0)) continue;
      numeric.push(column);
      centres.push(mean);
      scales.push(1 / deviation);
      continue;
    }
    for (const code of frequentCodes(values, column, width)) {
      categorical.push(column);
      codes.push(code);
    }
  }
  return {
    width,
    numeric: Int32Array.from(numeric),
    centres: Float32Array.from(centres),
    scales: Float32Array.from(scales),
    categorical: Int32Array.from(categorical),
    codes: Float32Array.from(codes),
  };
}

/** Columns after encoding. */
export function encodedWidth({ numeric, categorical }: Encoding): number {
  return numeric.length + categorical.length;
}

/** Encodes the row that begins at `at` into `into` from `intoAt` on. */
export function encodeRow(
  encoding: Encoding,
  values: Float32Array,
  at: number,
  into: Float64Array,
  intoAt: number,
): void {
  const { numeric, centres, scales, categorical, codes } = encoding;
  for (let i = 0; i < numeric.length; i += 1) {
    const value = values[at + numeric[i]!]!;
    into[intoAt + i] = Number.isNaN(value) ? 0 : (value - centres[i]!) * scales[i]!;
  }
  const from = intoAt + numeric.length;
  for (let i = 0; i < categorical.length; i += 1) {
    into[from + i] = values[at + categorical[i]!] === codes[i] ? 1 : 0;
  }
}

/** All rows, row-major. */
export function encodeRows(encoding: Encoding, { values, labels }: TrainingSet): Float64Array {
  const width = encodedWidth(encoding);
  const encoded = new Float64Array(labels.length * width);
  for (let row = 0; row < labels.length; row += 1) {
    encodeRow(encoding, values, row * encoding.width, encoded, row * width);
  }
  return encoded;
}

/** Of the values that are there, in two passes: exact far from zero too. */
function momentsOf(values: Float32Array, column: number, width: number) {
  let sum = 0;
  let count = 0;
  for (let at = column; at < values.length; at += width) {
    if (Number.isNaN(values[at]!)) continue;
    sum += values[at]!;
    count += 1;
  }
  const mean = sum / count;
  let squares = 0;
  for (let at = column; at < values.length; at += width) {
    const off = values[at]! - mean;
    if (!Number.isNaN(off)) squares += off * off;
  }
  const deviation = Math.sqrt(squares / count);
  // Below a float32's resolution at the mean there is nothing but rounding.
  return { mean, deviation: deviation > Math.abs(mean) * 1e-7 ? deviation : 0 };
}

function frequentCodes(values: Float32Array, column: number, width: number): number[] {
  const counts = new Map<number, number>();
  for (let at = column; at < values.length; at += width) {
    const value = values[at]!;
    if (!Number.isNaN(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count >= codeRows)
    .sort(([a, x], [b, y]) => y - x || a - b)
    .slice(0, codesMax)
    .map(([code]) => code);
}
