/** Whether a model is one of the engine's own: only of these versions and single predictions are kept. */
import { useQuery } from '@tanstack/react-query';
import { modelsQuery } from '../data/queries.ts';

/** A model from outside may have the name of an own one: pipelines tell them apart. @param asked false: nothing is asked, and it is none */
export function useIsOwn(pipeline: string | null, model: string | null, asked = true): boolean {
  const own = useQuery({ ...modelsQuery, enabled: asked }).data?.models ?? [];
  return asked && own.some((each) => each.pipeline === pipeline && each.name === model);
}
