/** The question for the predictions behind figures of a model: over the range, or of one step. */
import type { ModelDetail } from '../../contracts/api.ts';
import type { BehindSearch } from '../data/search.ts';

/** Of all that is shown. */
export function behindModel(model: ModelDetail | undefined): BehindSearch | undefined {
  return model && behindSteps(model, 0, model.points.length - 1);
}

/** @param row a point of the model's course; undefined where there is none, or it is withheld */
export function behindStep(model: ModelDetail | undefined, row: number): BehindSearch | undefined {
  return model?.points[row]?.withheld === false ? behindSteps(model, row, row) : undefined;
}

function behindSteps(
  { pipeline, name, version, stepMs, points }: ModelDetail,
  first: number,
  last: number,
): BehindSearch | undefined {
  const [from, until] = [points[first]?.time, points[last]?.time];
  if (from === undefined || until === undefined) return undefined;
  return { of: 'model', pipeline, model: name, version, from, to: until + stepMs };
}
