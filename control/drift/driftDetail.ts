/** What is said of one column: how its values were spread in the reference and on one day, and how they moved over the days. */

import type { DriftDetail } from '../../contracts/driftApi.ts';
import { groupMinDefault } from '../../contracts/groupMin.ts';
import type { ColumnProfile } from '../../stats/drift/dataQuality.ts';
import { countedValues, wasserstein } from '../../stats/drift/wasserstein.ts';
import { quantileOf } from '../../stats/quantileSketch.ts';
import type { TextProfileState } from '../../stats/streaming/textProfile.ts';
import { finite } from '../metricPoint.ts';
import { enoughRows, rowsMin } from './columnDrift.ts';
import { type DriftFrame, driftColumn, headOf } from './driftAnswer.ts';
import { commonBins, countsOf, type ProfiledColumn, pooled, rowsOf } from './profiledColumn.ts';

/** Most values of a text, and most of those that are new. */
const valuesMax = 12;
const unseenMax = 10;

type Spread = Pick<DriftDetail, 'density' | 'values' | 'others' | 'missing' | 'unseen'>;

/** @param asked start of the day that is compared; undefined: the newest that has rows enough */
export async function driftDetail(
  frame: DriftFrame,
  profiled: ProfiledColumn,
  asked: number | undefined,
): Promise<DriftDetail> {
  const column = await driftColumn(frame, profiled);
  const enough = frame.shown.filter((day) => enoughRows(profiled, [day]).length > 0);
  const day = asked !== undefined && enough.includes(asked) ? asked : enough.at(-1);
  const parts = enoughRows(profiled, frame.reference).filter((each) => each !== day);
  const reference = pooled(
    profiled,
    parts.map((each) => profiled.days.get(each)!),
  );
  const current = day === undefined ? undefined : profiled.days.get(day);
  return {
    ...headOf(frame),
    ...{ column, day: day ?? null, quantiles: quantilesOf(reference) },
    ...(frame.valuesWithheld === true ? noSpread : spreadOf(reference, current)),
    course: frame.shown.map((each) => {
      const profile = profiled.days.get(each);
      const has = profile !== undefined && rowsOf(profile) >= rowsMin;
      const { p10, p50, p90 } = quantilesOf(has ? profile : undefined) ?? noQuantiles;
      return { day: each, p10, p50, p90, ...movedOf(reference, has ? profile : undefined) };
    }),
  };
}

const noQuantiles = { p10: null, p50: null, p90: null };

function quantilesOf(profile: ColumnProfile | undefined): DriftDetail['quantiles'] {
  if (profile?.kind !== 'number' || profile.state.count === 0) return null;
  const { sketch, minimum, maximum } = profile.state;
  const at = (share: number) =>
    Math.min(maximum, Math.max(minimum, quantileOf(sketch.bins, sketch.counts, share)));
  return { p10: at(0.1), p50: at(0.5), p90: at(0.9) };
}

function movedOf(reference: ColumnProfile | undefined, current: ColumnProfile | undefined) {
  if (reference?.kind !== 'number' || current?.kind !== 'number') {
    return { moved: null, movedNoise: null };
  }
  const { distance, noise } = wasserstein(
    countedValues(reference.state.sketch),
    countedValues(current.state.sketch),
  );
  return { moved: finite(distance), movedNoise: finite(noise) };
}

const noSpread: Spread = { density: [], values: [], others: null, missing: null, unseen: [] };

function spreadOf(
  reference: ColumnProfile | undefined,
  current: ColumnProfile | undefined,
): Spread {
  if (reference === undefined || current === undefined) {
    return noSpread;
  }
  const bins = commonBins(reference, current);
  const [then, now] = [countsOf(bins, reference), countsOf(bins, current)];
  const [rows, rowsNow] = [rowsOf(reference), rowsOf(current)];
  const shares = then.map((count, bin) => ({ before: count / rows, after: now[bin]! / rowsNow }));
  const missing = shares.at(-1)!;
  if (bins.kind === 'number') {
    const { edges } = bins;
    const density = shares.slice(0, -1).map((share, bin) => ({
      from: bin === 0 ? null : edges[bin - 1]!,
      to: bin === edges.length ? null : edges[bin]!,
      ...share,
    }));
    return { density, values: [], others: null, missing, unseen: [] };
  }
  const most = ({ before, after }: { before: number; after: number }) => Math.max(before, after);
  const values = bins.names
    .map((value, bin) => ({ value, ...shares[bin]! }))
    .filter((_, bin) => isNamed(then[bin]!) && isNamed(now[bin]!))
    .sort((a, b) => most(b) - most(a))
    .slice(0, valuesMax);
  const rest = (pick: 'before' | 'after') =>
    Math.max(0, 1 - missing[pick] - values.reduce((sum, value) => sum + value[pick], 0));
  return {
    ...{ density: [], values, missing },
    others: { before: rest('before'), after: rest('after') },
    unseen: unseenOf(reference.state as TextProfileState, current.state as TextProfileState),
  };
}

/** A value of few rows counts among the others: it may be somebody's. None are none. */
function isNamed(count: number): boolean {
  return count === 0 || count >= groupMinDefault;
}

function unseenOf(reference: TextProfileState, current: TextProfileState): Spread['unseen'] {
  if (reference.frequencies.isPartial) return [];
  const known = new Set(reference.frequencies.names);
  const { names, counts } = current.frequencies;
  const rows = current.count + current.missing;
  return names
    .map((value, i) => ({ value, share: counts[i]! / rows }))
    .filter(({ value }, i) => !known.has(value) && isNamed(counts[i]!))
    .sort((a, b) => b.share - a.share)
    .slice(0, unseenMax);
}
