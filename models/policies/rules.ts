/** Ordered conditions, each with an action or a split: what an expert would do, and what a learning policy must beat. */
import { z } from 'zod';
import { Condition } from '../../contracts/condition.ts';
import { nameLengthMax } from '../../contracts/event.ts';
import { createTargeting } from '../assignment/targeting.ts';
import { countEligible } from '../rewards/scores.ts';
import { defineAlgorithm } from './algorithm.ts';
import { applyEvenly, applySplit, Split, weightsOf } from './split.ts';

const rulesMax = 100;

const Choice = z.union([z.string().min(1).max(nameLengthMax), Split]);
const Rule = z.strictObject({ when: Condition, choose: Choice });

export const rules = defineAlgorithm({
  name: 'rules',
  summary: 'The first rule whose condition holds and one of whose actions is eligible.',
  source: '–',
  learners: [],
  parameters: z.strictObject({
    rules: z
      .array(Rule)
      .max(rulesMax)
      .describe('in order: a condition over the attributes, and an action or weights of actions'),
    otherwise: Choice.optional().describe(
      'action or weights where no rule holds; by default all are equally likely',
    ),
  }),
  build(parameters) {
    const prepared = parameters.rules.map(({ when, choose }) => ({
      isMet: createTargeting(when),
      split: splitOf(choose),
    }));
    const last = parameters.otherwise === undefined ? undefined : splitOf(parameters.otherwise);
    return {
      draws: 0,
      probabilities(input, into) {
        const count = countEligible(input.scores);
        for (const { isMet, split } of prepared) {
          if (isMet(input.attributes) && applySplit(split, input, into)) return;
        }
        if (last === undefined || !applySplit(last, input, into)) applyEvenly(input, count, into);
      },
    };
  },
});

function splitOf(choice: z.infer<typeof Choice>): ReadonlyMap<string, number> {
  return typeof choice === 'string' ? new Map([[choice, 1]]) : weightsOf(choice);
}
