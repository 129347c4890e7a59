/**
 * Whether a version is much worse than the champion for some: in a value of a slice, or for a protected group.
 *
 * Each value is judged by the lower end of its interval, and the intervals of all hold together (Bonferroni): the error level is that
 * of failing a version that is worse nowhere, however many values there are.
 *
 * Source: Chung et al. 2019, "Slice Finder" (slices of a model's loss); Dunn 1961 (intervals that hold together).
 */
import type { GateCheck, GateResult } from '../../contracts/gateReport.ts';
import type { GatePlan } from '../../contracts/modelPlan.ts';
import { clusteredMean, studentInterval } from '../../stats/cluster/clusteredMean.ts';
import type { Estimate } from '../../stats/testing/estimate.ts';
import { counted } from '../words.ts';
import { type Comparison, lossesOf, lossNames } from './comparison.ts';
import { check, digits, intervalName, result } from './gateWords.ts';
import { type GroupGap, groupGaps } from './groupGaps.ts';

/** Of each kind, the worst are told. */
const toldMax = 30;
/** Of values that are not judged, so many are named. */
const namedMax = 5;

interface SliceValue {
  /** "course=algebra" */
  readonly name: string;
  readonly rows: Uint32Array;
}

type Plan = Pick<GatePlan, 'alpha' | 'sliceMargin' | 'sliceRowsMin'>;

/** @param groups columns of protected groups */
export function slicesGate(
  comparison: Comparison,
  groups: readonly string[],
  plan: Plan,
): GateResult {
  const { alpha, sliceMargin, sliceRowsMin } = plan;
  const { task, slices, against } = comparison;
  const values = [...slices].flatMap(([column, ofRows]) => valuesOf(column, ofRows));
  const other = lossesOf(comparison.champion, comparison);
  const differences = lossesOf(comparison.candidate, comparison).map(
    (loss, row) => loss - other[row]!,
  );
  const judgedValues = values
    .filter(({ rows }) => rows.length >= sliceRowsMin)
    .map((value) => ({ ...value, ...differenceIn(value, differences, comparison) }))
    .filter(({ variance }) => variance >= 0);
  const gaps =
    task === 'binary'
      ? groups.flatMap((column) => groupGaps(column, comparison, sliceRowsMin))
      : [];
  const judgedGaps = gaps.filter(({ isJudged }) => isJudged);
  const comparisons = judgedValues.length + judgedGaps.length;
  const small = [
    ...values.filter(({ rows }) => rows.length < sliceRowsMin).map(({ name }) => name),
    ...new Set(
      gaps.filter(({ isJudged }) => !isJudged).map(({ name }) => `${name} as a protected group`),
    ),
  ];
  if (comparisons === 0) {
    const text =
      values.length === 0
        ? 'The examples are not cut into slices'
        : `No slice has ${sliceRowsMin} examples of two users`;
    return result('slices', 'skipped', text);
  }
  const level = alpha / comparisons;
  const ofValues = judgedValues.map(({ name, rows, ...estimate }) => {
    const { lower, upper } = studentInterval(estimate, level);
    const figures = { value: estimate.estimate, lower, upper, bound: sliceMargin };
    return check({
      name: `${lossNames[task]} in ${name}`,
      ...{ ...figures, count: rows.length, passed: !(lower > sliceMargin) },
    });
  });
  const ofGroups = judgedGaps.map((gap) => checkOfGap(gap, level));
  const all = [...ofValues, ...ofGroups];
  const failures = all.filter(({ passed }) => !passed).sort(byHarm);
  const sentences = [
    failures.length > 0
      ? `Worse than ${against} in ${counted(failures.length, 'comparison')} of ${comparisons}: ${failures.slice(0, 3).map(toldFailure).join('; ')}`
      : `In none of ${counted(comparisons, 'comparison')} is it worse than ${against} by more than is allowed (${digits(sliceMargin)} in a slice; intervals that hold together, ${intervalName(level)} each)`,
    ...(small.length > 0 ? [toldSmall(small, sliceRowsMin)] : []),
    ...(task !== 'binary' && groups.length > 0
      ? ['Protected groups are compared for two classes alone']
      : []),
  ];
  return result(
    'slices',
    failures.length > 0 ? 'failed' : 'passed',
    sentences.join('. '),
    [ofValues, ofGroups].flatMap((checks) => checks.sort(byHarm).slice(0, toldMax)),
  );
}

function valuesOf(column: string, ofRows: readonly string[]): SliceValue[] {
  const byValue = new Map<string, number[]>();
  for (const [row, value] of ofRows.entries()) {
    const rows = byValue.get(value);
    if (rows === undefined) byValue.set(value, [row]);
    else rows.push(row);
  }
  return [...byValue].map(([value, rows]) => ({
    name: value === '' ? `${column} not known` : `${column}=${value}`,
    rows: Uint32Array.from(rows),
  }));
}

/** Of the losses of some rows. */
function differenceIn(
  { rows }: SliceValue,
  differences: Float64Array,
  { weights, users }: Comparison,
): Estimate {
  return clusteredMean({
    values: Float64Array.from(rows, (row) => differences[row]!),
    clusters: Int32Array.from(rows, (row) => users[row]!),
    weights: weights === undefined ? undefined : Float64Array.from(rows, (row) => weights[row]!),
  });
}

function checkOfGap({ name, figure, increase, deviation, bound, count }: GroupGap, level: number) {
  const interval = { estimate: increase, variance: deviation * deviation, freedom: Infinity };
  const { lower, upper } = studentInterval(interval, level);
  return check({
    name: `${figure} of ${name}, more than the champion's`,
    ...{ value: increase, lower, upper, bound, count, passed: !(lower > bound) },
  });
}

function byHarm(a: GateCheck, b: GateCheck): number {
  const harm = ({ lower, bound }: GateCheck) => (lower ?? -Infinity) - (bound ?? 0);
  return harm(b) - harm(a) || 0; // two that are not known: NaN
}

function toldFailure({ name, value, lower, bound, count }: GateCheck): string {
  const beyond = digits(lower! - bound!);
  return `${name} is ${digits(value!)} above on ${counted(count!, 'example')}, at least ${digits(lower!)} with chance allowed for, ${beyond} more than the ${digits(bound!)} that is allowed`;
}

function toldSmall(small: readonly string[], rowsMin: number): string {
  const named = small.slice(0, namedMax).join(', ');
  const more = small.length > namedMax ? ` and ${small.length - namedMax} more` : '';
  return `Not judged, with too few examples (${rowsMin} are needed) or users: ${named}${more}`;
}
