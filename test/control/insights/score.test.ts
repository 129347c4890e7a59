/** The parts of a score, and the order that follows from them. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { InsightAction } from '../../../contracts/insight.ts';
import { byScore, rescored, scoreFinding, weekMs } from '../../../control/insights/score.ts';
import { noVotes, usefulnessOf } from '../../../control/insights/usefulness.ts';
import { finding, start } from '../../support/insights.ts';

const request = { method: 'POST', path: '/v1/x', body: {}, reasonField: '' } as const;
const action: InsightAction = {
  ...{ label: 'Do it', page: '/x', request, needs: 'operate' as const },
  ...{ consequence: 'It is done.', undo: 'Undo it.' },
};

test('it is the product of its parts', () => {
  const { parts, score } = scoreFinding(finding({ action }), {
    ...{ at: start + weekMs, error: 0.02, votes: noVotes },
  });
  expect(parts).toEqual({
    ...{ impact: 0.5, confidence: 0.98, reach: 0.5, actionability: 1, freshness: 0.5 },
    usefulness: 1,
  });
  expect(score).toBeCloseTo(0.1225, 12);
});

test('what a button does counts more than what is done on a page, and that more than nothing', () => {
  const of = (given: Parameters<typeof finding>[0]) =>
    scoreFinding(finding(given), { at: start, error: 0, votes: noVotes }).parts.actionability;
  expect([of({ action }), of({ action: { ...action, request: null } }), of({})]).toEqual([
    1, 0.7, 0.4,
  ]);
});

// Beta(4, 4): 4 useful answers have the posterior mean 8 / 12.
test('answers move usefulness within its bounds, each by less', () => {
  expect(usefulnessOf(noVotes)).toBe(1);
  expect(usefulnessOf({ useful: 4, notUseful: 0 })).toBeCloseTo(1.1667, 4);
  expect(usefulnessOf({ useful: 0, notUseful: 1 })).toBeCloseTo(0.5 + 4 / 9, 12);
  const count = fc.integer({ min: 0, max: 10_000 });
  fc.assert(
    fc.property(count, count, (useful, notUseful) => {
      const factor = usefulnessOf({ useful, notUseful });
      expect(factor).toBeGreaterThan(0.5);
      expect(factor).toBeLessThan(1.5);
      expect(usefulnessOf({ useful: useful + 1, notUseful })).toBeGreaterThan(factor);
      expect(usefulnessOf({ useful, notUseful: notUseful + 1 })).toBeLessThan(factor);
    }),
  );
});

test('time alone changes no order, and equal scores have one', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const one = fc.record({ impact: share, since: fc.integer({ min: 0, max: 10 }) });
  fc.assert(
    fc.property(fc.array(one, { maxLength: 8 }), (given) => {
      const of = (at: number) =>
        given
          .map(({ impact, since }, i) =>
            scoreFinding(
              finding({
                ...{ kind: `k${i}`, since: start - since * weekMs },
                impact: { value: impact, words: '' },
              }),
              { at, error: 0, votes: noVotes },
            ),
          )
          .sort(byScore);
      const now = of(start);
      const kinds = now.map(({ finding: { kind } }) => kind);
      // Shuffled, and read again a week later.
      const later = [...now]
        .reverse()
        .map(({ finding: each, parts }) =>
          rescored(each, parts, { at: start + weekMs, votes: noVotes }),
        )
        .sort(byScore);
      const sameScores = now.some(({ score }, i) => i > 0 && score === now[i - 1]!.score);
      if (!sameScores) expect(later.map(({ finding: { kind } }) => kind)).toEqual(kinds);
      expect([...now].reverse().sort(byScore)).toEqual(now);
    }),
  );
});
