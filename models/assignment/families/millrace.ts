/** The engine's own family: 2³² buckets, inclusion and variant drawn apart, as few moves as possible when weights change. */
import { type Experiment, saltOf } from '../../../contracts/experiment.ts';
import { bucketKey, bucketOf, bucketsOf } from '../bucket.ts';
import { createLayouts, ownerOf } from '../layout.ts';
import type { Draw } from './family.ts';

export function drawMillrace(experiment: Experiment): Draw {
  const salt = saltOf(experiment);
  const inclusionKey = bucketKey('inclusion', salt);
  const variantKey = bucketKey('variant', salt);
  const weights = experiment.stages.map((stage) => stage.weights);
  const layouts = createLayouts(weights);
  const limits = experiment.stages.map(({ traffic }) => bucketsOf(traffic));
  const takesAll = experiment.stages.every(({ traffic }) => traffic === 1);
  let inclusion = 0;
  let variant = 0;
  return {
    take(unit) {
      inclusion = takesAll ? 0 : bucketOf(inclusionKey, unit);
      variant = bucketOf(variantKey, unit);
    },
    admits: () => true,
    place: (stage) => (inclusion < limits[stage]! ? ownerOf(layouts[stage]!, variant) : -1),
    probabilities: weights.map((list) => {
      const sum = list.reduce((total, weight) => total + weight, 0);
      return list.map((weight) => weight / sum);
    }),
  };
}
