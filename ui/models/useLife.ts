/** The versions of a model, where it is the engine's own; undefined of others, and until it is known. */
import { useQuery } from '@tanstack/react-query';
import type { ModelLife } from '../../contracts/modelLifeApi.ts';
import { lifeQuery, modelLivesQuery } from '../versions/queries.ts';
import { useIsOwn } from './useIsOwn.ts';

export function useLife(pipeline: string, model: string): ModelLife | undefined {
  const lives = useQuery(modelLivesQuery).data?.models ?? [];
  const isOwn = useIsOwn(pipeline, model);
  const isKnown = isOwn && lives.some((each) => each.model === model);
  return useQuery({ ...lifeQuery(model), enabled: isKnown }).data;
}
