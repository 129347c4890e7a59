/** The algorithms of policies that configuration, documentation and benchmarks know by name: one line makes another available. */

import type { RegisteredAlgorithm } from './algorithm.ts';
import { epsilonGreedy } from './epsilonGreedy.ts';
import { fixedSplit } from './fixedSplit.ts';
import { linearThompson } from './linearThompson.ts';
import { linUcb } from './linUcb.ts';
import { logisticThompson } from './logisticThompson.ts';
import { rules } from './rules.ts';
import { softmax } from './softmax.ts';
import { squareCb } from './squareCb.ts';
import { uniform } from './uniform.ts';

export const algorithms: ReadonlyMap<string, RegisteredAlgorithm> = new Map(
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
  ].map((algorithm) => [algorithm.name, algorithm]),
);
