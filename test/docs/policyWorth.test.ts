/** The examples of the section about what policies earn are what the engine takes. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { rewardedDecisions } from '../../cli/rewardedDecisions.ts';
import { Event } from '../../contracts/event.ts';
import { Reward } from '../../contracts/policy.ts';
import { EvaluationQuery } from '../../contracts/policyEvaluationApi.ts';
import { readCandidates } from '../../control/policies/evaluation/candidates.ts';
import { hasPropensities } from '../../models/evaluation/loggedChoice.ts';
import { banditPolicy } from '../support/simulatedBandit.ts';

const page = readFileSync(new URL('../../docs/personalization.md', import.meta.url), 'utf8');

function example(name: string): unknown {
  const found = new RegExp(`\`\`\`json ${name}\n([\\s\\S]*?)\n\`\`\``).exec(page)?.[1];
  return JSON.parse(found ?? 'null');
}

test('the evaluation is a request, and each of its candidates can be judged', () => {
  const { candidates } = EvaluationQuery.parse(example('evaluation'));
  const named = readCandidates(candidates, banditPolicy(), (key) =>
    key === 'another-policy' ? banditPolicy({ key }) : undefined,
  );
  expect(named.map(({ name }) => name)).toEqual([
    ...['uniform', 'control', 'another-policy', 'greedier', 'squarecb'],
  ]);
});

test('the decision of a file has what an evaluation needs', () => {
  const joined = rewardedDecisions(Reward.parse({}), undefined);
  joined.take(Event.parse(example('decision')));
  const [choice] = joined.end();
  expect(hasPropensities(choice!)).toBe(true);
});
