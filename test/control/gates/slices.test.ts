import { expect, test } from 'vitest';
import { GatePlan } from '../../../contracts/modelPlan.ts';
import { slicesGate } from '../../../control/gates/slicesGate.ts';
import { madeComparison } from '../../support/gateCases.ts';

const plan = GatePlan.parse({});
const groupNames = ['gender'];

test('a version that is worse in one slice alone fails there, and it is said by how much', () => {
  const worse = madeComparison({
    candidate: (logit, course) => (course === 'c2' ? 0.2 : 0.9) * logit,
  });
  const { outcome, sentence, checks } = slicesGate(worse, groupNames, plan);
  expect(outcome).toBe('failed');
  expect(checks.filter(({ passed }) => !passed).map(({ name }) => name)).toEqual([
    'log loss in course=c2',
  ]);
  const [first] = checks as [(typeof checks)[0]];
  expect(first).toMatchObject({ count: 750, bound: 0.02 });
  const told =
    /^Worse than champion 1\.3 in 1 comparison of 10: log loss in course=c2 is (\S+) above on 750 examples, at least (\S+) with chance allowed for, (\S+) more than the 0\.02 that is allowed\.$/.exec(
      sentence,
    )!;
  expect(Number(told[1])).toBeCloseTo(first.value!, 2);
  expect(Number(told[2])).toBeCloseTo(first.lower!, 2);
  expect(Number(told[3])).toBeCloseTo(first.lower! - 0.02, 2);
});

test('a version that misses the ones of a protected group fails for it', () => {
  const worse = madeComparison({
    users: 300,
    candidate: (logit, _, gender) => (gender === 'f' ? logit - 1.2 : logit),
  });
  const { outcome, checks } = slicesGate(worse, groupNames, plan);
  expect(outcome).toBe('failed');
  const failed = checks.filter(({ passed }) => !passed).map(({ name }) => name);
  expect(failed).toContain("gap of false negative rates of gender=f, more than the champion's");
  const gap = checks.find(({ name }) =>
    name.startsWith('gap of false negative rates of gender=f'),
  )!;
  expect(gap.value).toBeGreaterThan(0.15);
  expect(gap.lower).toBeGreaterThan(0.05);
  expect(gap.bound).toBe(0.05);
});

test('a version that ranks a protected group worse fails by ABROCA', () => {
  const worse = madeComparison({
    users: 300,
    candidate: (logit, _, gender, noise) => (gender === 'f' ? 0.3 * logit + 1.5 * noise() : logit),
  });
  const { checks } = slicesGate(worse, groupNames, plan);
  const failed = checks.filter(({ passed }) => !passed).map(({ name }) => name);
  expect(failed).toContain("ABROCA of gender=f, more than the champion's");
});

test('groups are compared where they are asked for, those of two classes alone', () => {
  const equal = madeComparison();
  const plain = slicesGate(equal, [], plan);
  expect(plain.checks.every(({ name }) => name.startsWith('log loss in '))).toBe(true);
  const groups = slicesGate(equal, groupNames, plan).checks;
  expect(groups.map(({ name }) => name)).toContain("ABROCA of gender=m, more than the champion's");
  expect(groups.every(({ passed, value }) => passed && value === 0)).toBe(true);
  expect(slicesGate(equal, ['unknown'], plan)).toEqual(plain);
});

test('values with few examples are not judged, and it is said; a slice that is not known is one too', () => {
  const few = madeComparison({
    course: (row) => (row === 0 ? 'rare' : row < 9 ? '' : 'usual'),
    gender: (user) => (user < 5 ? 'f' : 'm'),
    candidate: (logit, course) => (course === 'rare' ? 0.2 * logit : logit),
  });
  const { outcome, sentence, checks } = slicesGate(few, groupNames, plan);
  expect(outcome).toBe('passed');
  expect(checks.map(({ name }) => name).sort()).toEqual([
    'log loss in course not known',
    'log loss in course=usual',
    'log loss in gender=m',
  ]);
  expect(sentence).toMatch(
    /^In none of 3 comparisons is it worse .+\. Not judged, with too few examples \(200 are needed\) or users: course=rare, gender=f, gender=f as a protected group, gender=m as a protected group\.$/,
  );
  const none = madeComparison({ users: 10, perUser: 5 });
  expect(slicesGate(none, groupNames, plan)).toMatchObject({ outcome: 'skipped' });
  expect(slicesGate({ ...none, slices: new Map() }, [], plan).sentence).toBe(
    'The examples are not cut into slices.',
  );
});

test('of very many values the worst are told', () => {
  const many = madeComparison({
    users: 400,
    perUser: 60,
    course: (row) => `c${row}`,
    candidate: (logit, course) => (course === 'c59' ? -logit : logit),
  });
  const { outcome, checks } = slicesGate(many, [], plan);
  expect(outcome).toBe('failed');
  expect(checks).toHaveLength(30);
  expect(checks[0]!.name).toBe('log loss in course=c59');
});
