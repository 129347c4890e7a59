/** The way from scores to predictions in plain operators: link or calibration, as `calibrate` has it. */
import type { Calibration } from '../calibration/calibration.ts';
import type { Task } from '../training/trainingSet.ts';
import type { GraphBuilder } from './graphBuilder.ts';

/**
 * @param scores name of the scores, rows × 1
 * @returns the name of the predictions, rows × 1
 */
export function calibrationGraph(
  graph: GraphBuilder,
  task: Task,
  calibration: Calibration | undefined,
  scores: string,
): string {
  const number = (value: number) => graph.floats([value], [1]);
  if (calibration === undefined) {
    return graph.add(task === 'binary' ? 'Sigmoid' : 'Identity', [scores]);
  }
  switch (calibration.kind) {
    case 'platt': {
      const scaled = graph.add('Mul', [scores, number(calibration.slope)]);
      return graph.add('Sigmoid', [graph.add('Add', [scaled, number(calibration.offset)])]);
    }
    case 'beta': {
      const { a, b, c } = calibration;
      const rising = graph.add('Mul', [graph.add('Softplus', [scores]), number(b)]);
      const negative = graph.add('Softplus', [graph.add('Neg', [scores])]);
      const falling = graph.add('Mul', [negative, number(a)]);
      const difference = graph.add('Sub', [rising, falling]);
      return graph.add('Sigmoid', [graph.add('Add', [difference, number(c)])]);
    }
    case 'isotonic':
      return isotonicGraph(graph, calibration.from, calibration.to, scores);
  }
}

/** First value + Σ slope × how far into its piece the probability lies, which is between 0 and the width of the piece. */
function isotonicGraph(
  graph: GraphBuilder,
  from: Float32Array,
  to: Float32Array,
  scores: string,
): string {
  const pieces = from.length - 1;
  const widths = Float32Array.from({ length: pieces }, (_, i) => from[i + 1]! - from[i]!);
  const slopes = Float32Array.from(widths, (width, i) => (to[i + 1]! - to[i]!) / width);
  const probability = graph.add('Sigmoid', [scores]);
  const beyond = graph.add('Sub', [probability, graph.floats(from.subarray(0, pieces), [pieces])]);
  const positive = graph.add('Relu', [beyond]);
  const within = graph.add('Min', [positive, graph.floats(widths, [pieces])]);
  const sum = graph.add('MatMul', [within, graph.floats(slopes, [pieces, 1])]);
  return graph.add('Add', [sum, graph.floats([to[0]!], [1])]);
}
