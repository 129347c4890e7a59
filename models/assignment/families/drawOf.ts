/** The draw of an experiment's hash family. */
import type { Experiment } from '../../../contracts/experiment.ts';
import { drawEppo } from './eppo.ts';
import type { Draw } from './family.ts';
import { drawGrowthBook } from './growthBook.ts';
import { drawMillrace } from './millrace.ts';
import { drawPostHog } from './postHog.ts';
import { drawStatsig } from './statsig.ts';
import { drawUnleash } from './unleash.ts';

export function drawOf(experiment: Experiment): Draw {
  const { hash } = experiment;
  switch (hash.family) {
    case 'millrace':
      return drawMillrace(experiment);
    case 'growthbook':
      return drawGrowthBook(experiment, hash);
    case 'statsig':
      return drawStatsig(experiment, hash);
    case 'eppo':
      return drawEppo(experiment, hash);
    case 'unleash':
      return drawUnleash(experiment, hash);
    case 'posthog':
      return drawPostHog(experiment);
  }
}
