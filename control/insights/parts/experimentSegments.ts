/** What cards on groups of an experiment have in common: the comparisons of the first primary metric in each group, and their picture. */
import type { Comparison, SegmentResult } from '../../../contracts/experimentResult.ts';
import type { Evidence } from '../../../contracts/insight.ts';
import type { ExperimentFacts } from '../gather/experiments.ts';
import { type Compared, effectUnit } from './experimentCard.ts';

export interface InSegment {
  readonly segment: SegmentResult;
  readonly comparison: Comparison;
  /** Against “not better”, or “not worse”. */
  readonly lnE: number;
}

/** @param direction which e-value is taken: that for a change to the good, or to the bad */
export function inSegments(
  { result }: ExperimentFacts,
  { metric }: Compared,
  direction: 'good' | 'bad',
): InSegment[] {
  const isHigher = (metric.direction === 'increase') === (direction === 'good');
  return (result?.segments ?? [])
    .filter((segment) => segment.metric === metric.key)
    .flatMap((segment) =>
      segment.comparisons.map((comparison) => ({
        ...{ segment, comparison },
        lnE: isHigher ? comparison.lnE.higher : comparison.lnE.lower,
      })),
    );
}

/** `grade 7`. */
export function groupName({ segment }: Pick<SegmentResult, 'segment'>): string {
  return segment.replace('=', ' ');
}

/** The effect in each group of the variant of `best`, which stands first. */
export function segmentEvidence(
  found: readonly InSegment[],
  best: InSegment,
  { metric }: Compared,
): Evidence {
  const { scale, unit } = effectUnit(metric);
  const scaled = (value: number | null) => (value === null ? null : value * scale);
  const same = found.filter(({ comparison }) => comparison.variant === best.comparison.variant);
  return {
    kind: 'bars',
    caption: `Effect on “${metric.name}” by group${unit === 'points' ? ', percentage points' : ''}`,
    unit,
    bars: [best, ...same.filter((each) => each !== best)].slice(0, 40).map((each) => ({
      name: groupName(each.segment),
      value: scaled(each.comparison.effect.estimate),
      lower: scaled(each.comparison.effect.low),
      upper: scaled(each.comparison.effect.high),
      isMeant: each === best,
    })),
    reference: { name: 'no effect', value: 0 },
  };
}
