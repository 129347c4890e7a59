/** The encoding of rows in plain operators: as `encodeRow` has it. */
import type { Encoding } from '../batch/encoding.ts';
import type { GraphBuilder } from './graphBuilder.ts';

/** @returns the name of the encoded rows */
export function encodingGraph(graph: GraphBuilder, encoding: Encoding, input: string): string {
  const { numeric, centres, scales, categorical, codes } = encoding;
  const parts: string[] = [];
  const pick = (columns: Int32Array) =>
    graph.add('Gather', [input, graph.integers([...columns])], { axis: { integer: 1 } });
  if (numeric.length > 0) {
    const picked = pick(numeric);
    const centre = graph.floats(centres, [centres.length]);
    const filled = graph.add('Where', [graph.add('IsNaN', [picked]), centre, picked]);
    const centred = graph.add('Sub', [filled, centre]);
    parts.push(graph.add('Mul', [centred, graph.floats(scales, [scales.length])]));
  }
  if (categorical.length > 0) {
    const isCode = graph.add('Equal', [pick(categorical), graph.floats(codes, [codes.length])]);
    parts.push(graph.add('Cast', [isCode], { to: { integer: 1 } }));
  }
  return parts.length === 1 ? parts[0]! : graph.add('Concat', parts, { axis: { integer: 1 } });
}
