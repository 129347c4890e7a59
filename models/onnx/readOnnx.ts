/**
 * What an ONNX file says of itself, read without running anything: versions, operators, inputs, outputs, metadata.
 *
 * Source: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto (numbers of fields)
 */
import { type Field, readFields, readIntegers } from './protobuf.ts';

export interface OnnxValue {
  readonly name: string;
  /** As in TensorProto, 1 for float32; 0 when it is no tensor. */
  readonly elementType: number;
  /** −1 for a dimension that is free. */
  readonly shape: readonly number[];
}

export interface OnnxSummary {
  readonly irVersion: number;
  readonly producer: string;
  /** By domain; `''` is ONNX itself. */
  readonly operatorVersions: ReadonlyMap<string, number>;
  /** `domain.Operator`, or the operator alone where it is ONNX's own. */
  readonly operators: ReadonlySet<string>;
  /** Without those that have a value in the file. */
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly metadata: Readonly<Record<string, string>>;
  /** Tensors lie in other files. */
  readonly hasExternalData: boolean;
  /** Graphs within nodes, functions, or training: what only control flow and other programs need. */
  readonly hasMore: boolean;
}

const decoder = new TextDecoder('utf-8', { fatal: true });
const text = ({ bytes }: Field): string => decoder.decode(bytes);

/** @throws RangeError or TypeError when the bytes are no model */
export function readOnnx(bytes: Uint8Array): OnnxSummary {
  const operatorVersions = new Map<string, number>();
  const metadata: Record<string, string> = {};
  const found = { operators: new Set<string>(), external: false, more: false };
  let irVersion = 0;
  let producer = '';
  let graph: Graph | undefined;
  for (const field of readFields(bytes)) {
    if (field.number === 1) irVersion = field.integer;
    else if (field.number === 2) producer = text(field);
    else if (field.number === 7) graph = readGraph(field.bytes, found);
    else if (field.number === 8) {
      const fields = [...readFields(field.bytes)];
      const domain = fields.find(({ number }) => number === 1);
      const version = fields.find(({ number }) => number === 2);
      const name = domain === undefined ? '' : text(domain);
      operatorVersions.set(name === 'ai.onnx' ? '' : name, version?.integer ?? 0);
    } else if (field.number === 14) {
      const [key, value] = pair(field.bytes);
      metadata[key] = value;
    } else if (field.number === 20 || field.number === 25) found.more = true;
  }
  if (graph === undefined) throw new RangeError('there is no graph');
  return {
    irVersion,
    producer,
    operatorVersions,
    operators: found.operators,
    inputs: graph.inputs.filter(({ name }) => !graph.constants.has(name)),
    outputs: graph.outputs,
    metadata,
    hasExternalData: found.external,
    hasMore: found.more,
  };
}

interface Graph {
  readonly inputs: OnnxValue[];
  readonly outputs: OnnxValue[];
  readonly constants: Set<string>;
}

interface Found {
  readonly operators: Set<string>;
  external: boolean;
  more: boolean;
}

function readGraph(bytes: Uint8Array, found: Found): Graph {
  const graph: Graph = { inputs: [], outputs: [], constants: new Set() };
  for (const field of readFields(bytes)) {
    if (field.number === 1) readNode(field.bytes, found);
    else if (field.number === 5) graph.constants.add(readTensor(field.bytes, found));
    else if (field.number === 11) graph.inputs.push(readValue(field.bytes));
    else if (field.number === 12) graph.outputs.push(readValue(field.bytes));
    else if (field.number === 15) found.more = true;
  }
  return graph;
}

function readNode(bytes: Uint8Array, found: Found): void {
  let operator = '';
  let domain = '';
  for (const field of readFields(bytes)) {
    if (field.number === 4) operator = text(field);
    else if (field.number === 7) domain = text(field);
    else if (field.number === 5) {
      for (const { number, bytes: value } of readFields(field.bytes)) {
        if (number === 5 || number === 10) readTensor(value, found);
        if (number === 6 || number === 11 || number === 22 || number === 23) found.more = true;
      }
    }
  }
  found.operators.add(domain === '' || domain === 'ai.onnx' ? operator : `${domain}.${operator}`);
}

/** @returns its name */
function readTensor(bytes: Uint8Array, found: Found): string {
  let name = '';
  for (const field of readFields(bytes)) {
    if (field.number === 8) name = text(field);
    if (field.number === 13 || (field.number === 14 && field.integer !== 0)) found.external = true;
  }
  return name;
}

function readValue(bytes: Uint8Array): OnnxValue {
  let name = '';
  let elementType = 0;
  const shape: number[] = [];
  for (const field of readFields(bytes)) {
    if (field.number === 1) name = text(field);
    if (field.number !== 2) continue;
    for (const type of readFields(field.bytes)) {
      if (type.number !== 1) continue;
      for (const part of readFields(type.bytes)) {
        if (part.number === 1) elementType = part.integer;
        if (part.number === 2) shape.push(...[...readFields(part.bytes)].map(dimension));
      }
    }
  }
  return { name, elementType, shape };
}

function dimension({ bytes }: Field): number {
  const value = [...readFields(bytes)].find(({ number }) => number === 1);
  return value === undefined ? -1 : readIntegers(value)[0]!;
}

function pair(bytes: Uint8Array): [string, string] {
  const fields = [...readFields(bytes)];
  const of = (wanted: number) => {
    const field = fields.find(({ number }) => number === wanted);
    return field === undefined ? '' : text(field);
  };
  return [of(1), of(2)];
}
