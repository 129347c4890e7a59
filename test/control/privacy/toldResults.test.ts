/** Results of experiments in steps: what an adversary who has all of them can subtract. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ExperimentResult } from '../../../contracts/experimentResult.ts';
import { lastStep } from '../../../control/policies/report/reportInSteps.ts';
import { hasGrown } from '../../../control/privacy/grownParts.ts';
import { toldResults, withGroupMin } from '../../../control/privacy/toldResults.ts';

const day = 86_400_000;
const least = 10;
const variants = ['control', 'treatment'];

/** Units of each arm by segment; those of '' have none. */
type Units = Readonly<Record<string, readonly number[]>>;

function armsOf(units: readonly number[]) {
  return variants.map((variant, i) => ({
    ...{ variant, units: units[i]!, immature: 0, deviation: 1 },
    mean: units[i]!,
  }));
}

function resultOf(at: number, bySegment: Units, crossed = 0): ExperimentResult {
  const whole = variants.map((_, arm) =>
    Object.values(bySegment).reduce((sum, units) => sum + units[arm]!, 0),
  );
  const exposed = whole.reduce((sum, each) => sum + each, 0);
  const comparisons: never[] = [];
  return {
    ...{ experiment: 'x', revision: 1, design: '', at, offsets: [], exposed, crossed },
    crossedAlarm: false,
    sampleRatio: {
      ...{ lnE: 0, alarm: false },
      arms: variants.map((variant, i) => ({ variant, units: whole[i]!, expected: 0.5 })),
    },
    metrics: [
      { metric: 'm', role: 'primary', kind: 'mean', arms: armsOf(whole), comparisons } as never,
    ],
    segments: Object.entries(bySegment)
      .filter(([segment]) => segment !== '')
      .map(([segment, units]) => ({ segment, metric: 'm', arms: armsOf(units), comparisons })),
    suppressed: 0,
    verdict: { word: 'keep running', variant: null, sentence: '', daysLeft: null },
  };
}

test('the next result is told when each arm has grown by enough', () => {
  const units = [
    [12, 9],
    [15, 12],
    [24, 30],
    [26, 31],
    [26, 45],
    [40, 60],
  ];
  const daily = units.map((each, i) => resultOf(i * day, { '': each }));
  // On the third day an arm had grown by nine, on the fifth by none beside figures that had not changed either.
  expect(toldResults(daily, least).map(({ at }) => at / day)).toEqual([1, 3, 4, 5]);
});

test('an arm that changed without another unit is waited for', () => {
  const part = (people: number, figures: string) => new Map([['arm', { people, figures }]]);
  expect(hasGrown(part(20, 'a'), part(20, 'b'), least)).toBe(false);
  expect(hasGrown(part(20, 'a'), part(20, 'a'), least)).toBe(false);
  expect(hasGrown(part(20, 'a'), part(30, 'b'), least)).toBe(true);
});

test('few that crossed stay as they were told', () => {
  const [first, second] = toldResults(
    [resultOf(0, { '': [20, 20] }, 3), resultOf(day, { '': [40, 40] }, 14)],
    least,
  );
  expect([first!.crossed, second!.crossed]).toEqual([0, 14]);
});

test('a larger smallest group reaches the segments that an evaluation shows, and what would give them away', () => {
  const result = resultOf(0, { 'g=a': [40, 40], 'g=b': [30, 31], 'g=c': [12, 14] });
  expect(withGroupMin(result, 10).segments).toHaveLength(3);
  const guarded = withGroupMin(result, 20);
  // The third is small, and follows from the whole less the two others.
  expect(guarded.segments.map(({ segment }) => segment)).toEqual(['g=a']);
  expect(guarded.suppressed).toBe(2);
});

const growth = fc.array(
  fc.record({
    a: fc.tuple(fc.nat(25), fc.nat(25)),
    b: fc.tuple(fc.nat(25), fc.nat(25)),
    rest: fc.tuple(fc.nat(12), fc.nat(12)),
  }),
  { minLength: 1, maxLength: 12 },
);

test('no two results that are told differ in an arm, a segment of it or the rest of it by few', () => {
  let segmentsTold = 0;
  fc.assert(
    fc.property(growth, (days) => {
      const sum = { a: [0, 0], b: [0, 0], rest: [0, 0] };
      const daily = days.map((grown, i) => {
        for (const name of ['a', 'b', 'rest'] as const) {
          sum[name] = sum[name].map((units, arm) => units + grown[name][arm]!);
        }
        return resultOf(i * day, { 'g=a': sum.a, 'g=b': sum.b, '': sum.rest });
      });
      const told = toldResults(daily, least);
      const known = variants.flatMap((_, arm) => [
        told.map(({ metrics }) => metrics[0]!.arms[arm]!.units),
        ...['g=a', 'g=b'].map((segment) =>
          told.flatMap(({ segments }) => {
            const found = segments.find((each) => each.segment === segment);
            return found === undefined ? [] : [found.arms[arm]!.units];
          }),
        ),
        // Of results that tell both, what is in neither.
        told.flatMap(({ metrics, segments }) =>
          segments.length < 2
            ? []
            : [
                segments.reduce(
                  (rest, { arms }) => rest - arms[arm]!.units,
                  metrics[0]!.arms[arm]!.units,
                ),
              ],
        ),
      ]);
      segmentsTold += told.filter(({ segments }) => segments.length > 0).length;
      for (const series of known) {
        for (const [i, units] of series.entries()) {
          for (const before of [0, ...series.slice(0, i)]) {
            const difference = units - before;
            expect(difference === 0 || difference >= least).toBe(true);
          }
        }
      }
    }),
  );
  expect(segmentsTold).toBeGreaterThan(20); // not vacuous
});

test('a report steps on at the end of a day by which enough users had decisions in each way', () => {
  const users = (first: number, count: number) =>
    Array.from({ length: count }, (_, i) => first + i);
  const row = (at: number, way: string, first: number, count: number) => ({
    ...{ day: at * day, way, people: count, users: users(first, count) },
  });
  const rows = [
    row(0, 'holdout', 0, 4),
    row(0, 'policy', 100, 20),
    row(1, 'holdout', 2, 4),
    row(1, 'policy', 100, 20),
    row(2, 'holdout', 6, 4),
    row(3, 'policy', 100, 9),
  ];
  // Six of the held-out by the second day, ten by the third.
  expect(lastStep(rows.slice(0, 4), least)).toBeUndefined();
  expect(lastStep(rows.slice(0, 5), least)).toBe(3 * day);
  expect(lastStep(rows, least)).toBe(3 * day);
  expect(lastStep([...rows, row(4, 'policy', 109, 1)], least)).toBe(5 * day);
});
