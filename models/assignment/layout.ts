/**
 * Which buckets belong to which variant, stage after stage, moving as few units as possible when weights change.
 *
 * A variant that shrinks gives up buckets, one that grows takes what was given up; nobody else moves. So the share
 * that moves is ½ Σ |new − old|, the total variation distance, which no rule can undercut. Cutting [0, 1) anew at the
 * cumulated weights moves up to twice as many: from thirds to ½, ¼, ¼ it moves a quarter, this a sixth.
 */
import { buckets } from './bucket.ts';

export interface Layout {
  /** Ends of consecutive pieces, ascending; the last is 2³². */
  readonly ends: Float64Array;
  /** Index of the variant that owns each piece. */
  readonly owners: Int32Array;
}

interface Piece {
  owner: number;
  size: number;
}

const nobody = -1;

/**
 * @param stages weights of each stage in the order of the variants, each list adding up to 1; variants may be added at the end
 */
export function createLayouts(stages: readonly (readonly number[])[]): Layout[] {
  let pieces: Piece[] = [{ owner: nobody, size: buckets }];
  return stages.map((weights) => {
    pieces = joined(granted(released(pieces, bucketCounts(weights)), bucketCounts(weights)));
    let end = 0;
    return {
      ends: Float64Array.from(pieces, ({ size }) => {
        end += size;
        return end;
      }),
      owners: Int32Array.from(pieces, ({ owner }) => owner),
    };
  });
}

/** Index of the variant that has a bucket. */
export function ownerOf({ ends, owners }: Layout, bucket: number): number {
  let piece = 0;
  while (bucket >= ends[piece]!) piece += 1;
  return owners[piece]!;
}

/** Whole buckets for each weight, 2³² in all: rounded down, what is left goes to the largest remainders. */
export function bucketCounts(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const exact = weights.map((weight) => (weight / total) * buckets);
  const counts = exact.map(Math.floor);
  let left = buckets - counts.reduce((sum, count) => sum + count, 0);
  const order = exact
    .map((share, i) => ({ i, remainder: share - Math.floor(share) }))
    .sort((a, b) => b.remainder - a.remainder || a.i - b.i);
  for (const { i } of order) {
    if (left <= 0) break;
    counts[i]! += 1;
    left -= 1;
  }
  return counts;
}

/** The pieces, with what each variant has too much belonging to nobody: the last of its buckets. */
function released(pieces: readonly Piece[], wanted: readonly number[]): Piece[] {
  const excess = held(pieces, wanted.length).map((count, owner) => count - wanted[owner]!);
  const result: Piece[] = [];
  for (const { owner, size } of [...pieces].reverse()) {
    const given = owner === nobody ? 0 : Math.min(size, Math.max(excess[owner]!, 0));
    if (owner !== nobody) excess[owner]! -= given;
    if (given > 0) result.push({ owner: nobody, size: given });
    if (given < size) result.push({ owner, size: size - given });
  }
  return result.reverse();
}

/** The pieces, with what belongs to nobody given to the variants that want more. */
function granted(pieces: readonly Piece[], wanted: readonly number[]): Piece[] {
  const missing = held(pieces, wanted.length).map((count, owner) => wanted[owner]! - count);
  return pieces.flatMap(({ owner, size }) => {
    if (owner !== nobody) return [{ owner, size }];
    const parts: Piece[] = [];
    let left = size;
    for (let taker = 0; left > 0 && taker < missing.length; taker += 1) {
      const taken = Math.min(left, Math.max(missing[taker]!, 0));
      if (taken === 0) continue;
      parts.push({ owner: taker, size: taken });
      missing[taker]! -= taken;
      left -= taken;
    }
    return parts;
  });
}

function held(pieces: readonly Piece[], variants: number): number[] {
  const counts = new Array<number>(variants).fill(0);
  for (const { owner, size } of pieces) if (owner !== nobody) counts[owner]! += size;
  return counts;
}

function joined(pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (last?.owner === piece.owner) last.size += piece.size;
    else result.push({ ...piece });
  }
  return result;
}
