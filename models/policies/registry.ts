/** The policies that configuration, documentation and benchmarks know by name: one line makes another available. */
import { epsilonGreedy } from './epsilonGreedy.ts';
import { fixedSplit } from './fixedSplit.ts';
import { linearThompson } from './linearThompson.ts';
import { linUcb } from './linUcb.ts';
import { logisticThompson } from './logisticThompson.ts';
import type { RegisteredPolicy } from './policy.ts';
import { rules } from './rules.ts';
import { softmax } from './softmax.ts';
import { squareCb } from './squareCb.ts';
import { uniform } from './uniform.ts';

export const policies: ReadonlyMap<string, RegisteredPolicy> = new Map(
  [
    linUcb,
    linearThompson,
    logisticThompson,
    squareCb,
    epsilonGreedy,
    softmax,
    fixedSplit,
    rules,
    uniform,
  ].map((policy) => [policy.name, policy]),
);
