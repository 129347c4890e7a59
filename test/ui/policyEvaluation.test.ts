/** What other policies would have earned, in words: whom can be asked about, and what is said of each. */
import { expect, test } from 'vitest';
import { describeAlgorithms } from '../../api/decisions/describeAlgorithms.ts';
import type { Policy } from '../../contracts/policy.ts';
import { EvaluationAnswer } from '../../contracts/policyEvaluationApi.ts';
import { changePolicy } from '../../control/policies/changePolicy.ts';
import { readCandidates } from '../../control/policies/evaluation/candidates.ts';
import { evaluateLog } from '../../control/policies/evaluation/evaluateLog.ts';
import { candidatesOf, firstCandidates } from '../../ui/personalization/candidates.ts';
import { withChange } from '../../ui/personalization/changes.ts';
import {
  basisWords,
  judgeLessLogged,
  rankedRows,
  unspokenOf,
} from '../../ui/personalization/ranking.ts';
import { costWords, uncountedWords } from '../../ui/personalization/uncounted.ts';
import { fakeLog } from '../support/fakeLog.ts';
import { detailOf, now } from './support/policySamples.ts';

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');
const known = describeAlgorithms();
const tutor = detailOf('tutor').policy;

test('candidates are chance, the control, and every algorithm that needs no more than its usual parameters', () => {
  const byId = (policy: Policy) => new Map(candidatesOf(policy, known).map((c) => [c.id, c]));
  const own = byId(tutor);
  expect([...own.keys()]).toEqual([
    ...['uniform', 'control', 'algorithm linucb', 'algorithm linear-thompson'],
    ...['algorithm logistic-thompson', 'algorithm squarecb', 'algorithm epsilon-greedy'],
    'algorithm softmax',
  ]);
  expect(own.get('algorithm linucb')).toMatchObject({
    asked: { key: 'linucb', algorithm: { name: 'linucb', parameters: {} } },
    next: { kind: 'take' },
  });
  // Its learner cannot be kept.
  expect(own.get('algorithm logistic-thompson')?.next.kind).toBe('copy');
  // Itself with its usual parameters, where it has others.
  expect(own.get('algorithm epsilon-greedy')?.next.kind).toBe('take');
  expect(byId(detailOf('reminder').policy).get('algorithm linear-thompson')?.next.kind).toBe(
    'none',
  );
  // Another learner than the usual one is kept.
  expect(byId(detailOf('articles').policy).get('algorithm linucb')?.asked).toEqual({
    key: 'linucb',
    algorithm: {
      ...{ name: 'linucb', parameters: {} },
      learner: { name: 'linear-shared', parameters: {} },
    },
  });
  // Without a control chance is it; what is over is copied.
  expect(byId(detailOf('articles').policy).has('control')).toBe(false);
  expect(byId({ ...tutor, state: 'stopped' }).get('algorithm linucb')?.next.kind).toBe('copy');
  expect(firstCandidates([...own.values()])).toHaveLength(7);
  for (const { next } of own.values()) {
    if (next.kind !== 'take') continue;
    const change = { kind: 'algorithm', algorithm: next.algorithm } as const;
    const changed = changePolicy(tutor, withChange(tutor, change), now);
    expect(changed.outcome).toBe('new stage');
  }
});

test('each place is told with what is said of its candidate', async () => {
  const possible = candidatesOf(tutor, known);
  const asked = firstCandidates(possible).map((id) => possible.find((each) => each.id === id)!);
  const answer = EvaluationAnswer.parse(
    await evaluateLog({
      ...{
        log: fakeLog(['video', 'text', 'exercise', 'peer'], { from: now }, 300),
        policy: 'tutor',
      },
      ...{ logged: tutor, bounds: [0, 1] },
      candidates: readCandidates(
        asked.map((each) => each.asked),
        tutor,
        () => undefined,
      ),
    }),
  );
  const rows = rankedRows(answer, asked);
  expect(rows.map(({ place }) => place.place)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  for (const { place, candidate, evaluated } of rows) {
    if (place.candidate === 'logged')
      expect([candidate, evaluated]).toEqual([undefined, undefined]);
    else expect(candidate?.id.endsWith(place.candidate)).toBe(true);
  }
  const { evaluated } = rows.find(({ candidate }) => candidate?.id === 'uniform')!;
  expect(unspokenOf(evaluated!)).toBe(0);
  expect(unspokenOf({ ...evaluated!, undecided: 0.3 })).toBe(0.3);
  const sequence = (low: number, high: number) => ({
    ...evaluated!,
    lessLogged: { ...evaluated!.lessLogged, sequence: { low, high } },
  });
  expect(judgeLessLogged(sequence(0.1, 0.2)).tone).toBe('good');
  expect(judgeLessLogged(sequence(-0.2, -0.1)).tone).toBe('bad');
  expect(judgeLessLogged(sequence(-0.1, 0.1)).tone).toBe('none');
  const [first] = basisWords(answer);
  expect(plain(first!)).toMatch(/^Judged by 300 decisions of the policy’s own choice, from /);
  const set = { ...answer.setAside, holdout: 40, beyondBounds: 2 };
  const more = basisWords({ ...answer, setAside: set }).map(plain);
  expect(more[1]).toMatch(/^From 40 decisions for the held-out and 0 pinned ones is learnt/);
  expect(more[2]).toMatch(/^2 decisions have a reward beyond the bounds/);
});

test('what the figures leave out is said, and nothing where nothing is', () => {
  expect(uncountedWords({ unrewarded: 0, sampled: 1, strays: [] })).toEqual([]);
  const strays = ['fallback', 'unmatched', 'crowded out', 'new'].map((kind) => ({
    kind,
    events: 1,
  }));
  const said = uncountedWords({ unrewarded: 1_204, sampled: 0.62, strays }).map(plain);
  expect(said).toEqual([
    expect.stringMatching(/^Nothing came of 1 204 decisions whose time is over/),
    expect.stringMatching(/estimated from 62 % of the decisions/),
    expect.stringMatching(/^1 decision was made by the application/),
    expect.stringMatching(/^1 event of all policies named a decision/),
    expect.stringMatching(/^1 decision was closed early/),
    'From 1 event nothing was learnt: new.',
  ]);
  expect(plain(costWords(0.0042))).toBe('costs 0.004 over all decisions, on average');
  expect(plain(costWords(-0.0042))).toBe('costs nothing that shows (−0.004 a decision)');
});
