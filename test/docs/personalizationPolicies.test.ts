/** The examples of the page about personalization are what the code takes and gives. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Policy } from '../../contracts/policy.ts';
import { PolicyDecision } from '../../contracts/policyApi.ts';
import { checkPolicy } from '../../control/policies/checkPolicy.ts';
import { algorithms } from '../../models/policies/registry.ts';
import { rewardLearners } from '../../models/rewards/registry.ts';

const page = readFileSync(new URL('../../docs/personalization.md', import.meta.url), 'utf8');
const example = (name: string): unknown =>
  JSON.parse(new RegExp(`\`\`\`json ${name}\n([\\s\\S]*?)\n\`\`\``).exec(page)![1]!);

test('the policy is sound, and nothing is to be remarked', () => {
  expect(checkPolicy(Policy.parse(example('policy')))).toEqual([]);
});

test('the decision is one', () => {
  expect(PolicyDecision.parse(example('answer'))).toEqual(example('answer'));
});

test('every algorithm and kind of learner is named', () => {
  for (const name of algorithms.keys()) expect(page).toContain(`\`${name}\``);
  for (const name of Object.keys(rewardLearners)) {
    expect(page).toContain(name.startsWith('logistic') ? '`logistic-…`' : `\`${name}\``);
  }
});
