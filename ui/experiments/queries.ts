/** The questions that the pages of experiments ask, and the changes that they send. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { Annotation } from '../../contracts/experiment.ts';
import type {
  AnnotationWrite,
  ExperimentChecked,
  ExperimentCourse,
  ExperimentDetail,
  ExperimentMove,
  ExperimentsAnswer,
  ExperimentWrite,
  ExperimentWritten,
  MetricFiguresAnswer,
  MetricsOfExperiments,
  PlanAnswer,
  PlanQuery,
} from '../../contracts/experimentApi.ts';
import type { ExperimentMetricInput } from '../../contracts/experimentMetric.ts';
import { getJson, sendJson } from '../data/client.ts';

export type Move = 'start' | 'pause' | 'resume' | 'stop' | 'archive';

const path = '/v1/experiments';

function pathOf(key: string, part = ''): string {
  return `${path}/${encodeURIComponent(key)}${part}`;
}

export const experimentsQuery = queryOptions({
  queryKey: ['experiments'],
  queryFn: ({ signal }) => getJson<ExperimentsAnswer>(path, {}, signal),
});

export function experimentQuery(key: string) {
  return queryOptions({
    queryKey: ['experiments', 'one', key],
    queryFn: ({ signal }) => getJson<ExperimentDetail>(pathOf(key), {}, signal),
  });
}

export function courseQuery(key: string, metric: string, variant: string) {
  return queryOptions({
    queryKey: ['experiments', 'one', key, 'course', metric, variant],
    queryFn: ({ signal }) =>
      getJson<ExperimentCourse>(pathOf(key, '/course'), { metric, variant }, signal),
    placeholderData: keepPreviousData,
  });
}

export const experimentMetricsQuery = queryOptions({
  queryKey: ['experiment-metrics'],
  queryFn: ({ signal }) => getJson<MetricsOfExperiments>('/v1/experiment-metrics', {}, signal),
});

/** What is wrong with a definition, beside all others that there are. */
export function checkQuery(write: z.input<typeof ExperimentWrite>) {
  return queryOptions({
    queryKey: ['experiments', 'check', write],
    queryFn: ({ signal }) => sendJson<ExperimentChecked>('POST', `${path}/check`, write, signal),
    placeholderData: keepPreviousData,
    retry: false,
  });
}

/** What an earlier experiment has shown of a metric. */
export function figuresQuery(metric: string, unit: string) {
  return queryOptions({
    queryKey: ['experiment-metrics', metric, 'figures', unit],
    queryFn: ({ signal }) =>
      getJson<MetricFiguresAnswer>(
        `/v1/experiment-metrics/${encodeURIComponent(metric)}/figures`,
        { unit },
        signal,
      ),
    retry: false,
  });
}

/** A plan depends on what is asked only. */
export function planQuery(query: z.input<typeof PlanQuery>) {
  return queryOptions({
    queryKey: ['experiments', 'plan', query],
    queryFn: ({ signal }) => sendJson<PlanAnswer>('POST', `${path}/plan`, query, signal),
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: Infinity,
    meta: { lasting: true },
  });
}

export function createExperiment(
  write: z.input<typeof ExperimentWrite>,
): Promise<ExperimentWritten> {
  return sendJson('POST', path, write);
}

export function changeExperiment(
  key: string,
  write: z.input<typeof ExperimentWrite>,
): Promise<ExperimentWritten> {
  return sendJson('PUT', pathOf(key), write);
}

export function moveExperiment(
  key: string,
  move: Move,
  body: z.input<typeof ExperimentMove>,
): Promise<ExperimentWritten> {
  return sendJson('POST', pathOf(key, `/${move}`), body);
}

export function annotate(
  key: string,
  note: z.input<typeof AnnotationWrite>,
): Promise<ExperimentWritten> {
  return sendJson('POST', pathOf(key, '/annotations'), note);
}

export function removeAnnotation(key: string, note: Annotation): Promise<ExperimentWritten> {
  return sendJson('POST', pathOf(key, '/annotations/remove'), note);
}

export function createMetric(metric: ExperimentMetricInput, reason: string): Promise<unknown> {
  return sendJson('POST', '/v1/experiment-metrics', { metric, reason });
}

export function certificatePath(key: string): string {
  return pathOf(key, '/certificate');
}
