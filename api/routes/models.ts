/** `GET /v1/models`, `/v1/watched-models`, `/v1/models/:name` and `/v1/models/:pipeline/:model/performance`: how well models predict. */

import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ModelDetail, ModelsAnswer, Problem } from '../../contracts/api.ts';
import {
  ModelPerformance,
  SliceFigure,
  WatchedModelsAnswer,
} from '../../contracts/performanceApi.ts';
import { courseAttribute, type Within } from '../../contracts/place.ts';
import type { PerformanceQuery } from '../../control/monitoring/readPerformance.ts';
import type { PlaceBook } from '../../control/places/placeBook.ts';
import { ownOf, type ReaderOf } from '../access/readerOf.ts';
import { departureOf } from '../departure.ts';
import { RequestError } from '../problems.ts';
import type { ModelQuery } from '../queries/models.ts';
import { Name, NoQuery, rangeQuery, timeQuery } from './parameters.ts';

export interface ModelReader {
  models(): Promise<ModelsAnswer>;
  watchedModels(): Promise<WatchedModelsAnswer>;
  /** @param signal nobody waits for the answer any more */
  model(name: string, query: ModelQuery, signal?: AbortSignal): Promise<ModelDetail | undefined>;
  performance(
    pipeline: string,
    model: string,
    query: PerformanceQuery,
    signal?: AbortSignal,
  ): Promise<ModelPerformance | undefined>;
}

const DetailQuery = rangeQuery({
  version: Name.optional().describe('absent: the version whose predictions are newest'),
  pipeline: Name.optional(),
});

/** A model that does not name itself has the name '', and so may its version. */
const Version = z.string().max(256);

const WatchedQuery = timeQuery({
  version: Version.optional().describe('absent: the version that was heard of last'),
  figure: SliceFigure.default('logLoss').describe('by which slices are compared'),
});

export function modelRoutes(readerOf: ReaderOf<ModelReader>, places: Pick<PlaceBook, 'placeOf'>) {
  return async (app: FastifyInstance): Promise<void> => {
    const typed = app.withTypeProvider<ZodTypeProvider>();
    typed.get(
      '/v1/models',
      {
        schema: {
          summary: 'The models and how well they predict',
          description: 'Each prediction was made before its answer was learnt.',
          tags: ['models'],
          querystring: NoQuery,
          response: { 200: ModelsAnswer, 400: Problem, 503: Problem },
        },
      },
      async (request) => {
        const own = ownOf(request, places);
        const { models } = await readerOf(request).models();
        return { models: models.filter((each) => own?.('model', each.name) !== false) };
      },
    );
    typed.get(
      '/v1/watched-models',
      {
        schema: {
          summary: 'The models that monitors watch, and how well they did',
          description:
            'Of each the version that was heard of last, with the quality of its labelled predictions of all time.',
          tags: ['models'],
          querystring: NoQuery,
          response: { 200: WatchedModelsAnswer, 400: Problem, 503: Problem },
        },
      },
      async (request) => {
        const own = ownOf(request, places);
        const { models, more } = await readerOf(request).watchedModels();
        const shown = models.filter((each) => own?.('model', each.model) !== false);
        return { models: shown, more: own === undefined && more };
      },
    );
    typed.get(
      '/v1/models/:name',
      {
        schema: {
          summary: 'One model over time, and its reliability',
          description: 'Without bounds: the last 24 hours of its predictions.',
          tags: ['models'],
          params: z.object({ name: Name }),
          querystring: DetailQuery,
          response: { 200: ModelDetail, 400: Problem, 404: Problem, 503: Problem },
        },
      },
      async (request, reply) => {
        const { params, query } = request;
        const detail = await readerOf(request).model(params.name, query, departureOf(reply));
        if (detail !== undefined) return detail;
        throw new RequestError('NOT_FOUND', `There is no model ${params.name} that has predicted.`);
      },
    );
    typed.get(
      '/v1/models/:pipeline/:model/performance',
      {
        schema: {
          summary: 'How well a watched model does, before its labels come and after',
          description:
            'By windows of the time at which predictions were made: what is expected with its interval, what came true, and how ' +
            'many labels have come; slices, the most harmful first, thresholds, groups and label delays. Without bounds: the last ' +
            '30 windows; at most 62. Slices of fewer than ten rows are not shown.',
          tags: ['models'],
          params: z.object({ pipeline: Name, model: Name }),
          querystring: WatchedQuery,
          response: { 200: ModelPerformance, 400: Problem, 404: Problem, 503: Problem },
        },
      },
      async (request, reply) => {
        const { params, query } = request;
        const { pipeline, model } = params;
        const found = await readerOf(request).performance(
          pipeline,
          model,
          query,
          departureOf(reply),
        );
        if (found !== undefined) return ofOwnCourses(found, request.within);
        throw new RequestError(
          'NOT_FOUND',
          `The pipeline ${pipeline} watches no model ${model} that has predicted.`,
        );
      },
    );
  };
}

const courseSlice = courseAttribute.split('.').at(-1);

/** Of the slices by course those of own courses; how many others there are is not told. */
function ofOwnCourses(performance: ModelPerformance, within: Within): ModelPerformance {
  if (within === 'everywhere') return performance;
  const slices = performance.slices.map((slice) => {
    if (slice.slice !== courseSlice) return slice;
    const values = slice.values.filter(({ value }) => within.courses.has(value));
    return { ...slice, values, suppressed: 0, more: 0 };
  });
  return { ...performance, slices };
}
