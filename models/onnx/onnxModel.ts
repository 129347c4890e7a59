/**
 * ONNX models as plain objects, and their bytes.
 *
 * Equal objects give equal bytes: nothing of time or place goes in.
 *
 * Source: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto (numbers of fields)
 */
import {
  bytesField,
  floatField,
  integerField,
  integersField,
  joinBytes,
  messageField,
  textField,
} from './protobuf.ts';

export type OnnxNumbers = Float32Array | Uint8Array | BigInt64Array;

export interface OnnxTensor {
  readonly name: string;
  readonly dims: readonly number[];
  /** Row-major. */
  readonly data: OnnxNumbers;
}

export type OnnxAttribute =
  | { readonly integer: number }
  | { readonly float: number }
  | { readonly text: string }
  | { readonly integers: ArrayLike<number> }
  | { readonly tensor: OnnxTensor };

export interface OnnxNode {
  readonly operator: string;
  /** `''` for the operators of ONNX itself. */
  readonly domain: '' | 'ai.onnx.ml';
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
}

/** A table of float32 whose rows are as many as one likes. */
export interface OnnxTable {
  readonly name: string;
  readonly width: number;
}

export interface OnnxModel {
  readonly nodes: readonly OnnxNode[];
  readonly constants: readonly OnnxTensor[];
  readonly input: OnnxTable;
  readonly output: OnnxTable;
  /** Written in the order of keys. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Versions that are written: the oldest with the tree operator that is used. */
export const irVersion = 10;
export const operatorVersions = { '': 21, 'ai.onnx.ml': 5 } as const;

const elementTypes = { float: 1, uint8: 2, int64: 7 } as const;

function elementType(data: OnnxNumbers): number {
  if (data instanceof Float32Array) return elementTypes.float;
  return data instanceof Uint8Array ? elementTypes.uint8 : elementTypes.int64;
}

function tensorFields({ name, dims, data }: OnnxTensor): Uint8Array[] {
  const raw = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return [
    integersField(1, dims),
    integerField(2, elementType(data)),
    textField(8, name),
    bytesField(9, raw),
  ];
}

function attributeFields(name: string, attribute: OnnxAttribute): Uint8Array[] {
  const head = textField(1, name);
  if ('float' in attribute) return [head, floatField(2, attribute.float), integerField(20, 1)];
  if ('integer' in attribute)
    return [head, integerField(3, attribute.integer), integerField(20, 2)];
  if ('text' in attribute) return [head, textField(4, attribute.text), integerField(20, 3)];
  if ('tensor' in attribute) {
    return [head, messageField(5, tensorFields(attribute.tensor)), integerField(20, 4)];
  }
  return [head, integersField(8, attribute.integers), integerField(20, 7)];
}

function nodeFields({ operator, domain, inputs, outputs, attributes }: OnnxNode): Uint8Array[] {
  return [
    ...inputs.map((name) => textField(1, name)),
    ...outputs.map((name) => textField(2, name)),
    textField(4, operator),
    ...Object.entries(attributes).map(([name, each]) =>
      messageField(5, attributeFields(name, each)),
    ),
    ...(domain === '' ? [] : [textField(7, domain)]),
  ];
}

function tableFields({ name, width }: OnnxTable): Uint8Array[] {
  const shape = [
    messageField(1, [textField(2, 'rows')]),
    messageField(1, [integerField(1, width)]),
  ];
  const tensor = [integerField(1, elementTypes.float), messageField(2, shape)];
  return [textField(1, name), messageField(2, [messageField(1, tensor)])];
}

/** The file of a model. */
export function onnxBytes(model: OnnxModel): Uint8Array {
  const graph = [
    ...model.nodes.map((node) => messageField(1, nodeFields(node))),
    textField(2, 'model'),
    ...model.constants.map((tensor) => messageField(5, tensorFields(tensor))),
    messageField(11, tableFields(model.input)),
    messageField(12, tableFields(model.output)),
  ];
  const metadata = Object.entries(model.metadata).sort(([a], [b]) => (a < b ? -1 : 1));
  return joinBytes([
    integerField(1, irVersion),
    textField(2, 'millrace'),
    messageField(7, graph),
    ...Object.entries(operatorVersions).map(([domain, version]) =>
      messageField(8, [textField(1, domain), integerField(2, version)]),
    ),
    ...metadata.map(([key, value]) => messageField(14, [textField(1, key), textField(2, value)])),
  ]);
}
