/**
 * Results of an experiment as they are told to who may see figures of groups alone: in steps of enough units in every arm.
 *
 * Results are sums since the start. Told whenever they change, two of them would differ by whoever was scored in between. So the
 * last result of each day is looked at, and told when every arm of every metric, and the exposures of every arm, have grown by
 * enough units since the one that was told before, or not at all. Segments are told in a step in which the same holds for each of them
 * and for those that are not shown together, since segments were told last; in other steps they are withheld.
 */
import type {
  ArmSummary,
  ExperimentResult,
  SegmentResult,
} from '../../contracts/experimentResult.ts';
import { type GrownPart, type GrownParts, hasGrown } from './grownParts.ts';

/**
 * @param daily the last result of each day that is over, the oldest first
 * @param least units of the smallest group that may be told of, in each arm
 * @returns those that are told, the oldest first; the last is what is told now
 */
export function toldResults(daily: readonly ExperimentResult[], least: number): ExperimentResult[] {
  const told: ExperimentResult[] = [];
  let segments: SegmentsTold = noSegments;
  for (const result of daily) {
    const before = told.at(-1);
    const parts = wholeParts(result);
    if (!hasGrown(before === undefined ? new Map() : wholeParts(before), parts, least)) continue;
    const shown = withGroupMin(result, least);
    const isTold = segmentsMayBeTold(segments, shown, least);
    if (isTold) segments = { shown: namesOf(shown), parts: segmentParts(shown, namesOf(shown)) };
    told.push({
      ...withoutFew(shown, before, least),
      ...(isTold ? {} : { segments: [], suppressed: shown.suppressed + shown.segments.length }),
    });
  }
  return told;
}

/**
 * A result without segments of fewer units in an arm, nor with what would let them be computed.
 *
 * @param least more than the evaluation itself asks for, or nothing changes
 */
export function withGroupMin(result: ExperimentResult, least: number): ExperimentResult {
  let kept = result.segments.filter(({ arms }) => arms.every(({ units }) => units >= least));
  for (const family of familiesOf(kept)) {
    let own = kept.filter((each) => familyOf(each) === family);
    const others = kept.filter((each) => familyOf(each) !== family);
    while (own.length > 0 && restOf(result, own).some((units) => units > 0 && units < least)) {
      const smallest = own.reduce((a, b) => (unitsOf(b.arms) < unitsOf(a.arms) ? b : a));
      own = own.filter((each) => each !== smallest);
    }
    kept = [...others, ...own];
  }
  const names = new Set(kept);
  const segments = result.segments.filter((each) => names.has(each));
  const suppressed = result.suppressed + result.segments.length - segments.length;
  return { ...result, segments, suppressed };
}

interface SegmentsTold {
  readonly shown: ReadonlySet<string>;
  readonly parts: GrownParts;
}

const noSegments: SegmentsTold = { shown: new Set(), parts: new Map() };

/** What was shown before is compared by itself, what was not with all others. */
function segmentsMayBeTold(
  { shown, parts }: SegmentsTold,
  result: ExperimentResult,
  least: number,
): boolean {
  if (result.segments.length === 0) return false;
  const names = namesOf(result);
  if ([...shown].some((name) => !names.has(name))) return false;
  if (shown.size === 0) return hasGrown(new Map(), segmentParts(result, names), least);
  return hasGrown(parts, segmentParts(result, shown), least);
}

function namesOf({ segments }: ExperimentResult): ReadonlySet<string> {
  return new Set(segments.map(nameOf));
}

function nameOf({ metric, segment }: SegmentResult): string {
  return `${metric}\n${segment}`;
}

/** Segments of one attribute in one metric are parts of the same whole. */
function familyOf({ metric, segment }: SegmentResult): string {
  return `${metric}\n${segment.slice(0, segment.indexOf('='))}`;
}

function familiesOf(segments: readonly SegmentResult[]): ReadonlySet<string> {
  return new Set(segments.map(familyOf));
}

function unitsOf(arms: readonly ArmSummary[]): number {
  return arms.reduce((sum, { units }) => sum + units, 0);
}

/** Units of each arm that are in none of these segments of one family. */
function restOf({ metrics }: ExperimentResult, family: readonly SegmentResult[]): number[] {
  const whole = metrics.find(({ metric }) => metric === family[0]?.metric);
  return (whole?.arms ?? []).map(({ variant, units }) =>
    family.reduce(
      (rest, { arms }) => rest - (arms.find((arm) => arm.variant === variant)?.units ?? 0),
      units,
    ),
  );
}

function partOf({ units, mean, deviation }: ArmSummary): GrownPart {
  return { people: units, figures: `${mean} ${deviation}` };
}

function wholeParts({ exposed, sampleRatio, metrics }: ExperimentResult): Map<string, GrownPart> {
  return new Map<string, GrownPart>([
    ['', { people: exposed, figures: '' }],
    ...sampleRatio.arms.map(({ variant, units }): [string, GrownPart] => [
      `\n${variant}`,
      { people: units, figures: '' },
    ]),
    ...metrics.flatMap(({ metric, arms }) =>
      arms.map((arm): [string, GrownPart] => [`${metric}\n${arm.variant}`, partOf(arm)]),
    ),
  ]);
}

/** @param shown segments that are parts by themselves; the others of their attribute are one part */
function segmentParts(result: ExperimentResult, shown: ReadonlySet<string>): GrownParts {
  const own = result.segments.filter((each) => shown.has(nameOf(each)));
  const parts = new Map<string, GrownPart>();
  for (const each of own) {
    for (const arm of each.arms) parts.set(`${nameOf(each)}\n${arm.variant}`, partOf(arm));
  }
  for (const family of familiesOf(own)) {
    const rest = restOf(
      result,
      own.filter((each) => familyOf(each) === family),
    );
    rest.forEach((people, arm) => {
      parts.set(`${family}\n\n${arm}`, { people, figures: '' });
    });
  }
  return parts;
}

/** Counts of people beside the arms: what grew by few stays as it was told, and few are told as none. */
function withoutFew(
  { objected: _objected, ...result }: ExperimentResult,
  before: ExperimentResult | undefined,
  least: number,
): ExperimentResult {
  const crossedBefore = before?.crossed ?? 0;
  const isEnough = result.crossed - crossedBefore >= least;
  return {
    ...result,
    crossed: isEnough ? result.crossed : crossedBefore,
    metrics: result.metrics.map((metric) => ({
      ...metric,
      arms: metric.arms.map((arm) => ({
        ...arm,
        immature: arm.immature < least ? 0 : arm.immature,
      })),
    })),
  };
}
