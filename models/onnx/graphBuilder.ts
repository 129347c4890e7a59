/** Collects the nodes of a graph: every operation is a node with one output, named by its number. */
import type {
  OnnxAttribute,
  OnnxModel,
  OnnxNode,
  OnnxNumbers,
  OnnxTable,
  OnnxTensor,
} from './onnxModel.ts';

export interface GraphBuilder {
  /** @returns the name of a constant of float32, rounded to nearest */
  floats(values: ArrayLike<number>, dims: readonly number[]): string;
  integers(values: readonly number[]): string;
  /** @returns the name of its output */
  add(
    operator: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, OnnxAttribute>>,
    domain?: OnnxNode['domain'],
  ): string;
  build(input: OnnxTable, output: OnnxTable, metadata: OnnxModel['metadata']): OnnxModel;
}

export function graphBuilder(): GraphBuilder {
  const nodes: OnnxNode[] = [];
  const constants: OnnxTensor[] = [];
  const constant = (data: OnnxNumbers, dims: readonly number[]): string => {
    const name = `constant${constants.length}`;
    constants.push({ name, dims, data });
    return name;
  };
  return {
    floats: (values, dims) => constant(Float32Array.from(values), dims),
    integers: (values) => constant(BigInt64Array.from(values, BigInt), [values.length]),
    add(operator, inputs, attributes = {}, domain = '') {
      const output = `value${nodes.length}`;
      nodes.push({ operator, domain, inputs, outputs: [output], attributes });
      return output;
    },
    build(input, output, metadata) {
      // The last value under the name of the output.
      const last = nodes.at(-1);
      if (last === undefined) throw new RangeError('graph: expected a node');
      const named = [...nodes.slice(0, -1), { ...last, outputs: [output.name] }];
      return { nodes: named, constants, input, output, metadata };
    },
  };
}
