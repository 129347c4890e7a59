/** The order of candidates, and the sentence that each place comes with. */
import { expect, test } from 'vitest';
import {
  type Ranked,
  rankCandidates,
} from '../../../control/policies/evaluation/rankCandidates.ts';

const looked = (estimate: number, low = estimate - 0.02, high = estimate + 0.02) => ({
  ...{ estimate, low, high },
  standardError: 0.01,
});

function candidate(name: string, estimate: number, changes: Partial<Ranked> = {}): Ranked {
  return {
    ...{ name, value: looked(estimate), unsupported: 0, undecided: 0 },
    ...{ effectiveSampleSize: 5_000, deviation: 1, lessLogged: { low: -0.01, high: 0.05 } },
    ...changes,
  };
}

const { lessLogged: _, ...logged } = candidate('logged', 0.3);

function ranked(...candidates: Ranked[]) {
  const compare = (first: Ranked, second: Ranked) =>
    looked(first.value.estimate! - second.value.estimate!);
  return rankCandidates([...candidates, logged], compare, 10_000);
}

test('stand by their estimate, each with what is certain and what may be chance', () => {
  const places = ranked(
    candidate('calm', 0.31),
    candidate('keen', 0.4, { lessLogged: { low: 0.04, high: 0.16 } }),
  );
  expect(places.map(({ place, candidate: name }) => [place, name])).toEqual([
    [1, 'keen'],
    [2, 'calm'],
    [3, 'logged'],
  ]);
  expect(places.map(({ reason }) => reason)).toEqual([
    'Would have earned 0.4 a decision (0.38 to 0.42 at one look). More than what was logged: by 0.04 to 0.16, at all times. 0.09 more than calm (0.07 to 0.11 at one look).',
    'Would have earned 0.31 a decision (0.29 to 0.33 at one look). Not told apart from what was logged (-0.01 to 0.05, at all times). Stands before logged by 0.01, which may be chance (-0.01 to 0.03 at one look).',
    'Has earned 0.3 a decision (0.28 to 0.32 at one look).',
  ]);
});

test.each([
  [{ unsupported: 0.4 }, /40 % of its choices had no chance/],
  [{ undecided: 0.5 }, /50 % of the decisions it had no action/],
  [{ effectiveSampleSize: 12 }, /the 10,000 decisions are worth 12/],
  [{ effectiveSampleSize: Number.NaN }, /are worth 0/],
  [{ deviation: 9 }, /9\.0 standard errors from 1/],
])('stand behind all others where the log says too little: %j', (changes, sentence) => {
  const places = ranked(candidate('strange', 0.9, changes), candidate('calm', 0.2));
  expect(places.map(({ candidate: name }) => name)).toEqual(['logged', 'calm', 'strange']);
  expect(places[2]!.reason).toMatch(sentence);
});
