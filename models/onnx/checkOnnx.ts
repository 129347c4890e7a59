/** Whether a file is a model that the engine can run, told before the runtime sees it. */
import { EngineError } from '../../contracts/errors.ts';
import { allowedOperators } from './allowedOperators.ts';
import { outputName } from './exportModel.ts';
import { type OnnxSummary, type OnnxValue, readOnnx } from './readOnnx.ts';

/** Names and widths of what goes in and comes out. */
export interface OnnxSignature {
  readonly input: string;
  /** Features of a row. */
  readonly width: number;
  readonly output: string;
  /** Numbers of a row of the output, of which the last is the prediction: of two, the probability of 1. */
  readonly outputWidth: 1 | 2;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface OnnxLimits {
  /** Features that the engine has; without it whatever the model takes. */
  readonly width?: number;
  readonly bytesMax?: number;
}

export const modelBytesMax = 64 * 2 ** 20;
/** Versions that the runtime knows. */
const irVersions = [3, 13] as const;
const operatorVersions: Readonly<Record<string, readonly [number, number]>> = {
  '': [7, 26],
  'ai.onnx.ml': [1, 5],
};
const float32 = 1;

/** @throws EngineError MODEL_UNUSABLE with the first thing that is wrong */
export function checkOnnx(bytes: Uint8Array, limits: OnnxLimits = {}): OnnxSignature {
  const { bytesMax = modelBytesMax } = limits;
  if (bytes.length === 0) refuse('the file is empty');
  if (bytes.length > bytesMax) {
    refuse(`the file has ${bytes.length} bytes, of which ${bytesMax} are allowed`);
  }
  const summary = summaryOf(bytes);
  checkVersions(summary);
  const foreign = [...summary.operators].filter((operator) => !allowedOperators.has(operator));
  if (foreign.length > 0) refuse(`operators that are not allowed: ${foreign.sort().join(', ')}`);
  if (summary.operators.size === 0) refuse('the graph has no operators');
  if (summary.hasExternalData) refuse('parts of the model lie in other files');
  if (summary.hasMore) refuse('the model has functions, training or graphs within operators');
  return signatureOf(summary, limits.width);
}

function refuse(reason: string): never {
  throw new EngineError('MODEL_UNUSABLE', reason);
}

function summaryOf(bytes: Uint8Array): OnnxSummary {
  try {
    return readOnnx(bytes);
  } catch (error) {
    return refuse(`the file is no ONNX model, or is cut off: ${(error as Error).message}`);
  }
}

function checkVersions(summary: OnnxSummary): void {
  const { irVersion } = summary;
  if (!(irVersion >= irVersions[0] && irVersion <= irVersions[1])) {
    refuse(`IR version ${irVersion}: expected ${irVersions.join(' to ')}`);
  }
  const used = new Set(
    [...summary.operators].map((name) => name.split('.').slice(0, -1).join('.')),
  );
  for (const domain of used) {
    const range = operatorVersions[domain];
    const name = domain === '' ? 'ONNX' : domain;
    // Operators of other domains are named later.
    if (range === undefined) continue;
    const version = summary.operatorVersions.get(domain);
    if (version === undefined) refuse(`the version of the operators of ${name} is not told`);
    else if (version < range[0] || version > range[1]) {
      refuse(`version ${version} of the operators of ${name}: expected ${range.join(' to ')}`);
    }
  }
}

function signatureOf({ inputs, outputs, metadata }: OnnxSummary, wanted?: number): OnnxSignature {
  const [input] = inputs;
  if (input === undefined || inputs.length > 1) {
    return refuse(`expected one input, got ${inputs.length}: ${inputs.map(told).join(', ')}`);
  }
  const width = input.shape[1];
  if (input.elementType !== float32 || input.shape.length !== 2) {
    return refuse(`expected an input of float32, rows × features, got ${told(input)}`);
  }
  if (width === undefined || width < 1) {
    return refuse(`the input does not say how many features it has: ${told(input)}`);
  }
  if (input.shape[0]! >= 0 && input.shape[0] !== -1) {
    refuse(`expected an input of any number of rows, got ${told(input)}`);
  }
  if (wanted !== undefined && width !== wanted) {
    refuse(`expected an input of ${wanted} features, got ${told(input)}`);
  }
  const floats = outputs.filter(({ elementType }) => elementType === float32);
  const output = floats.find(({ name }) => name === outputName) ?? floats[0];
  if (output === undefined || (floats.length > 1 && output.name !== outputName)) {
    return refuse(
      `expected one output of float32, or one of the name ${outputName}, got ${outputs.map(told).join(', ')}`,
    );
  }
  const outputWidth = output.shape.length === 1 ? 1 : output.shape[1];
  if (output.shape.length > 2 || (outputWidth !== 1 && outputWidth !== 2)) {
    return refuse(
      `expected an output of rows × 1, or rows × 2 for two classes, got ${told(output)}`,
    );
  }
  return { input: input.name, width, output: output.name, outputWidth, metadata };
}

function told({ name, elementType, shape }: OnnxValue): string {
  const dims = shape.map((size) => (size < 0 ? 'rows' : size)).join(' × ');
  return `${name} (${elementType === float32 ? 'float32' : `type ${elementType}`}, ${dims})`;
}
