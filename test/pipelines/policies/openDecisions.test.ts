/** Decisions that are open: found by user, closed when they are due, and let go of when they are closed before. */
import { expect, test } from 'vitest';
import { InternDictionary } from '../../../operators/state/internDictionary.ts';
import { createStateTables } from '../../../operators/state/stateTables.ts';
import { type OpenDecision, OpenDecisions } from '../../../pipelines/policies/openDecisions.ts';

function decisionAt(offset: number, dueAt: number): OpenDecision {
  return {
    ...{ id: `d${offset}`, offset, policy: 'tutor', revision: 1, stage: 1, action: 'video' },
    ...{
      position: 1,
      way: 'policy',
      probability: 1,
      choices: 0,
      likeliest: 0,
      at: 0,
      dueAt,
      segments: [],
    },
    ...{ features: new Float64Array(1), design: '', reward: Number.NaN, rewardedAt: Number.NaN },
  };
}

test('a user who decides without end holds no more than the decisions that are open', () => {
  const dictionary = new InternDictionary();
  const open = new OpenDecisions(createStateTables(dictionary), 100);
  const [ada, bob] = [dictionary.internText('ada'), dictionary.internText('bob')];
  open.open(bob, decisionAt(0, 50));
  for (let i = 1; i <= 20_000; i += 1) {
    const excess = open.excessOf(ada);
    if (excess !== undefined) open.close(ada, excess);
    open.open(ada, decisionAt(i, 1_000_000 + i));
  }
  expect(open.of(ada)).toHaveLength(100);
  expect(open.held).toBeLessThan(2_000);
  // What is left comes when it is due, in order.
  expect(open.nextDue).toBe(50);
  expect(open.takeDue(50)?.decision.offset).toBe(0);
  const due: number[] = [];
  for (let next = open.takeDue(2e6); next !== undefined; next = open.takeDue(2e6)) {
    due.push(next.decision.offset);
  }
  expect(due).toEqual(Array.from({ length: 100 }, (_, i) => 19_901 + i));
  expect(open.held).toBe(0);
});
