/**
 * Calibration by a rising line through points: the isotonic fit of the labels over the probability, joined by straight pieces.
 *
 * A step would give neighbours on both sides of it very different answers, and float32 could not tell them apart: pieces are no
 * steeper than {@link slopeMax}, or the levels at their ends become one.
 *
 * Source: Zadrozny & Elkan 2002; Ayer et al. 1955 (pool adjacent violators).
 */
import { isotonic } from '../../stats/monitoring/isotonic.ts';
import { sigmoid } from '../features.ts';
import type { Calibration } from './calibration.ts';
import { checkHeldOut, type HeldOut } from './heldOut.ts';

/** Groups of neighbouring scores in which labels are counted. */
const groupsMax = 200;
/** Least rows of a group. */
const groupRows = 20;
/** Steepest piece: an error of 6 × 10⁻⁸ in float32 becomes at most 3 × 10⁻⁶. */
export const slopeMax = 50;

interface Level {
  /** Σ w p and Σ w y. */
  from: number;
  to: number;
  weight: number;
}

/** @throws EngineError TRAINING_IMPOSSIBLE */
export function fitIsotonic(held: HeldOut): Extract<Calibration, { kind: 'isotonic' }> {
  checkHeldOut(held);
  const groups = groupsOf(held);
  const fitted = isotonic(
    groups.map(({ to }) => to),
    groups.map(({ weight }) => weight),
  );
  const levels: Level[] = [];
  for (const [i, group] of groups.entries()) {
    const isSame = i > 0 && fitted[i] === fitted[i - 1];
    if (isSame) join(levels.at(-1)!, group);
    else levels.push({ ...group });
    // Joining makes a level's mean lie elsewhere: the pieces before are looked at again.
    while (levels.length > 1 && isTooSteep(levels.at(-2)!, levels.at(-1)!)) {
      const last = levels.pop()!;
      join(levels.at(-1)!, last);
    }
  }
  // One level alone is the same for all: two points that say so.
  if (levels.length === 1) {
    const rate = levels[0]!.to / levels[0]!.weight;
    return { kind: 'isotonic', from: Float32Array.of(0, 1), to: Float32Array.of(rate, rate) };
  }
  return {
    kind: 'isotonic',
    from: Float32Array.from(levels, ({ from, weight }) => from / weight),
    to: Float32Array.from(levels, ({ to, weight }) => to / weight),
  };
}

/** Runs of about as many rows by ascending score; equal scores are never parted. */
function groupsOf({ scores, labels, weights }: HeldOut): Level[] {
  const count = scores.length;
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  order.sort((a, b) => scores[a]! - scores[b]! || a - b);
  const size = Math.max(groupRows, count / groupsMax);
  const groups: Level[] = [];
  for (let i = 0, inGroup = 0; i < count; i += 1) {
    const row = order[i]!;
    const isTied = i > 0 && scores[order[i - 1]!] === scores[row];
    if (groups.length === 0 || (inGroup >= size && !isTied)) {
      groups.push({ from: 0, to: 0, weight: 0 });
      inGroup = 0;
    }
    const weight = weights === undefined ? 1 : weights[row]!;
    join(groups.at(-1)!, {
      from: weight * sigmoid(scores[row]!),
      to: weight * labels[row]!,
      weight,
    });
    inGroup += 1;
  }
  return groups.filter(({ weight }) => weight > 0);
}

function join(level: Level, other: Level): void {
  level.from += other.from;
  level.to += other.to;
  level.weight += other.weight;
}

function isTooSteep(a: Level, b: Level): boolean {
  const run = Math.fround(b.from / b.weight) - Math.fround(a.from / a.weight);
  const rise = b.to / b.weight - a.to / a.weight;
  return !(run > 0) || rise > slopeMax * run || rise <= 0;
}
