/** The versions of a model, where it is the engine's own; undefined of others, and until it is known. */
import { useQuery } from '@tanstack/react-query';
import type { ModelLife } from '../../contracts/modelLifeApi.ts';
import { modelsQuery } from '../data/queries.ts';
import { lifeQuery, modelLivesQuery } from '../versions/queries.ts';

/** A model from outside may have the name of one that has versions: pipelines tell them apart. */
export function useLife(pipeline: string, model: string): ModelLife | undefined {
  const own = useQuery(modelsQuery).data?.models ?? [];
  const lives = useQuery(modelLivesQuery).data?.models ?? [];
  const isOwn = own.some((each) => each.pipeline === pipeline && each.name === model);
  const isKnown = isOwn && lives.some((each) => each.model === model);
  return useQuery({ ...lifeQuery(model), enabled: isKnown }).data;
}
