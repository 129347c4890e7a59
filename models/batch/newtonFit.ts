/**
 * Linear weights that minimize Σ w × loss + λ/2 × |weights|², the bias free: Newton's method, which takes one step for squares and a
 * handful for the logistic loss.
 *
 * Source: Hastie, Tibshirani & Friedman 2009, §4.4.1 (iteratively reweighted least squares); Boyd & Vandenberghe 2004, §9.5 (damping).
 */
import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { EngineError } from '../../contracts/errors.ts';
import { type TrainingControl, throwIfCancelled } from '../training/control.ts';
import { type Objective, objectives } from '../training/objective.ts';
import type { Task } from '../training/trainingSet.ts';

export interface NewtonProblem {
  readonly task: Task;
  /** Row-major, rows × columns. */
  readonly columns: Float64Array;
  /** Of the logistic loss in [0, 1], not only the ends. */
  readonly labels: Float64Array;
  readonly weights?: Float64Array | undefined;
  /** λ > 0. */
  readonly ridge: number;
}

export interface LinearFit {
  readonly weights: Float64Array;
  readonly bias: number;
  /** Penalized loss over the sum of weights, after each step. */
  readonly losses: number[];
}

const steps = 100;
/** Half the squared Newton decrement, relative to the loss, at which it has converged. */
const tolerance = 1e-14;

/** @throws EngineError TRAINING_IMPOSSIBLE when it does not converge, TRAINING_CANCELLED */
export function newtonFit(problem: NewtonProblem, control: TrainingControl = {}): LinearFit {
  const { task, columns, labels, weights, ridge } = problem;
  const objective = objectives[task];
  const rows = labels.length;
  const width = rows === 0 ? 0 : columns.length / rows;
  const size = width + 1;
  let beta = new Float64Array(size);
  beta[width] = objective.start(labels, weights);
  let scores = scoresOf(columns, beta, rows);
  let total = totalLoss(objective, scores, problem, beta);
  const weightSum = weights === undefined ? rows : weights.reduce((sum, weight) => sum + weight, 0);
  const derivatives = new Float64Array(2 * rows);
  const losses: number[] = [];
  for (let round = 1; round <= steps; round += 1) {
    throwIfCancelled(control);
    objective.derivatives(scores, labels, weights, derivatives);
    const { gradient, hessian } = sumsOf(columns, derivatives, beta, ridge);
    const direction = new CholeskyDecomposition(hessian)
      .solve(Matrix.columnVector(gradient))
      .to1DArray();
    const decrement = direction.reduce((sum, step, i) => sum + step * gradient[i]!, 0) / 2;
    const isDone = decrement <= tolerance * (1 + Math.abs(total));
    // The whole step, halved until the loss falls.
    let share = 1;
    for (; share > 1e-10; share /= 2) {
      const next = beta.map((value, i) => value - share * direction[i]!);
      const nextScores = scoresOf(columns, next, rows);
      const nextTotal = totalLoss(objective, nextScores, problem, next);
      if (!(nextTotal <= total + 1e-12 * Math.abs(total))) continue;
      beta = next;
      scores = nextScores;
      total = nextTotal;
      break;
    }
    losses.push(total / weightSum);
    control.onProgress?.({ round, rounds: steps, loss: total / weightSum });
    if (isDone || share <= 1e-10)
      return { weights: beta.slice(0, width), bias: beta[width]!, losses };
  }
  throw new EngineError('TRAINING_IMPOSSIBLE', `the weights do not settle in ${steps} steps`);
}

function scoresOf(columns: Float64Array, beta: Float64Array, rows: number): Float64Array {
  const width = beta.length - 1;
  const scores = new Float64Array(rows);
  for (let row = 0, at = 0; row < rows; row += 1) {
    let score = beta[width]!;
    for (let i = 0; i < width; i += 1) {
      score += columns[at]! * beta[i]!;
      at += 1;
    }
    scores[row] = score;
  }
  return scores;
}

function totalLoss(
  objective: Objective,
  scores: Float64Array,
  { labels, weights, ridge }: NewtonProblem,
  beta: Float64Array,
): number {
  let total = 0;
  for (let row = 0; row < scores.length; row += 1) {
    const weight = weights === undefined ? 1 : weights[row]!;
    total += weight * objective.loss(scores[row]!, labels[row]!);
  }
  for (let i = 0; i < beta.length - 1; i += 1) total += (ridge / 2) * beta[i]! * beta[i]!;
  return total;
}

function sumsOf(
  columns: Float64Array,
  derivatives: Float64Array,
  beta: Float64Array,
  ridge: number,
): { gradient: Float64Array; hessian: Matrix } {
  const width = beta.length - 1;
  const size = width + 1;
  const gradient = new Float64Array(size);
  const sums = new Float64Array(size * size);
  const rows = derivatives.length / 2;
  for (let row = 0; row < rows; row += 1) {
    const g = derivatives[2 * row]!;
    const h = derivatives[2 * row + 1]!;
    const at = row * width;
    for (let i = 0; i < width; i += 1) {
      const x = columns[at + i]!;
      if (x === 0) continue;
      gradient[i]! += g * x;
      const hx = h * x;
      const to = i * size;
      for (let j = 0; j <= i; j += 1) sums[to + j]! += hx * columns[at + j]!;
      sums[width * size + i]! += hx;
    }
    gradient[width]! += g;
    sums[width * size + width]! += h;
  }
  const hessian = new Matrix(size, size);
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      const value = sums[i * size + j]! + (i === j && i < width ? ridge : 0);
      hessian.set(i, j, value);
      hessian.set(j, i, value);
    }
    if (i < width) gradient[i]! += ridge * beta[i]!;
  }
  return { gradient, hessian };
}
