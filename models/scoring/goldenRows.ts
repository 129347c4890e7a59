/**
 * Golden rows: rows of a model with what its trainer predicts of them, kept beside its file so that a runtime can be asked again
 * at any time whether it still predicts the same.
 *
 * The file, little-endian: `millgold`, version, rows, width and 0 as uint32, then rows predictions as float64, then rows × width
 * features as float32, NaN where a value is missing.
 */
import { EngineError } from '../../contracts/errors.ts';
import type { TrainingSet } from '../training/trainingSet.ts';

export interface GoldenRows {
  /** Features of a row. */
  readonly width: number;
  /** Row-major; NaN where a value is missing. */
  readonly values: Float32Array;
  /** One for each row, in float64 as the trainer's own model computes it. */
  readonly predictions: Float64Array;
}

/** Most rows of one file. */
export const goldenRowsMax = 1_000;
/** Most of them in which something is made missing. */
const madeMax = 200;
const magic = 'millgold';
const fileVersion = 1;
const headBytes = 24;

/**
 * Rows to be kept, a function of the set: evenly over time, then one with one feature after another missing, then with all of them
 * missing. Each takes its features from different rows of the set: so none is about somebody, who may want to be forgotten.
 *
 * @returns row-major; at most {@link goldenRowsMax} rows
 */
export function chooseGolden({ values, labels, features }: TrainingSet): Float32Array {
  const width = features.length;
  const rows = labels.length;
  if (rows === 0) return new Float32Array(0);
  const single = Math.min(width, madeMax - 1);
  const real = Math.min(rows, goldenRowsMax - single - 1);
  const chosen = new Float32Array((real + single + 1) * width);
  const fill = (at: number, first: number) => {
    for (let column = 0; column < width; column += 1) {
      const row = (first + Math.floor((column * rows) / width)) % rows;
      chosen[at + column] = values[row * width + column]!;
    }
  };
  for (let i = 0; i < real; i += 1) fill(i * width, Math.floor((i * rows) / real));
  for (let i = 0; i < single; i += 1) {
    const at = (real + i) * width;
    fill(at, rows - 1);
    chosen[at + Math.floor((i * width) / single)] = NaN;
  }
  return chosen.fill(NaN, (real + single) * width);
}

/** @throws RangeError when there are not as many predictions as rows */
export function goldenBytes({ width, values, predictions }: GoldenRows): Uint8Array {
  const rows = predictions.length;
  if (values.length !== rows * width) {
    throw new RangeError(`values: expected ${rows} × ${width} numbers, got ${values.length}`);
  }
  const bytes = new Uint8Array(headBytes + 8 * rows + 4 * values.length);
  bytes.set(new TextEncoder().encode(magic));
  const view = new DataView(bytes.buffer);
  for (const [i, number] of [fileVersion, rows, width, 0].entries()) {
    view.setUint32(8 + 4 * i, number, true);
  }
  for (let i = 0; i < rows; i += 1) view.setFloat64(headBytes + 8 * i, predictions[i]!, true);
  const from = headBytes + 8 * rows;
  for (let i = 0; i < values.length; i += 1) {
    // All values that are missing are written alike.
    const value = values[i]!;
    view.setFloat32(from + 4 * i, Number.isNaN(value) ? NaN : value, true);
  }
  return bytes;
}

/** @throws EngineError ARTIFACT_CORRUPT for bytes that are no golden rows */
export function readGolden(bytes: Uint8Array): GoldenRows {
  const refuse = (reason: string): never => {
    throw new EngineError('ARTIFACT_CORRUPT', `golden rows: ${reason}`);
  };
  if (bytes.length < headBytes) refuse(`expected at least ${headBytes} bytes, got ${bytes.length}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (new TextDecoder('latin1').decode(bytes.subarray(0, 8)) !== magic) refuse('another file');
  const version = view.getUint32(8, true);
  if (version !== fileVersion) refuse(`expected version ${fileVersion}, got ${version}`);
  const rows = view.getUint32(12, true);
  const width = view.getUint32(16, true);
  const expected = headBytes + 8 * rows + 4 * rows * width;
  if (bytes.length !== expected) refuse(`expected ${expected} bytes, got ${bytes.length}`);
  const predictions = new Float64Array(rows);
  for (let i = 0; i < rows; i += 1) predictions[i] = view.getFloat64(headBytes + 8 * i, true);
  const values = new Float32Array(rows * width);
  const from = headBytes + 8 * rows;
  for (let i = 0; i < values.length; i += 1) values[i] = view.getFloat32(from + 4 * i, true);
  return { width, values, predictions };
}
