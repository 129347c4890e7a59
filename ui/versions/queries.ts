/** What the pages of versions ask of the engine, and what they have it do. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  ModelLife,
  ModelLivesAnswer,
  PlanRequest,
  ReleaseMove,
  ReleaseNow,
  ReleaseRequest,
  RollbackPreview,
  VersionDetail,
} from '../../contracts/modelLifeApi.ts';
import { getJson, sendJson } from '../data/client.ts';

function pathOf(model: string, part: string): string {
  return `/v1/models/${encodeURIComponent(model)}${part}`;
}

function pathOfVersion(model: string, version: string): string {
  return pathOf(model, `/versions/${encodeURIComponent(version)}`);
}

/** Releases move by the clock as well as by events, ms. */
const everyMs = 15_000;

export const modelLivesQuery = queryOptions({
  queryKey: ['model-lives'],
  queryFn: ({ signal }) => getJson<ModelLivesAnswer>('/v1/model-lives', {}, signal),
});

export function lifeQuery(model: string) {
  return queryOptions({
    queryKey: ['model-lives', model],
    queryFn: ({ signal }) => getJson<ModelLife>(pathOf(model, '/life'), {}, signal),
    refetchInterval: everyMs,
  });
}

/** The evidence grows with each label: between the steps of a release it is told here alone. */
export function releaseQuery(model: string) {
  return queryOptions({
    queryKey: ['model-lives', model, 'release'],
    queryFn: ({ signal }) => getJson<ReleaseNow>(pathOf(model, '/release'), {}, signal),
    refetchInterval: everyMs,
  });
}

/** A version does not change. */
export function versionQuery(model: string, version: string) {
  return queryOptions({
    queryKey: ['model-versions', model, version],
    queryFn: ({ signal }) => getJson<VersionDetail>(pathOfVersion(model, version), {}, signal),
    meta: { lasting: true },
    staleTime: Infinity,
  });
}

export function previewQuery(model: string, version: string) {
  return queryOptions({
    queryKey: ['model-lives', model, 'rollback', version],
    queryFn: ({ signal }) =>
      getJson<RollbackPreview>(pathOf(model, '/rollback-preview'), { version }, signal),
    meta: { lasting: true },
    placeholderData: keepPreviousData,
    retry: false,
  });
}

export function cardPath(model: string, version: string): string {
  return `${pathOfVersion(model, version)}/card`;
}

export function rollBack(model: string, version: string, reason: string): Promise<ModelLife> {
  return sendJson('POST', pathOf(model, '/rollback'), { version, reason });
}

export function beginRelease(
  model: string,
  body: z.input<typeof ReleaseRequest>,
): Promise<ModelLife> {
  return sendJson('POST', pathOf(model, '/releases'), body);
}

export function moveRelease(model: string, body: z.input<typeof ReleaseMove>): Promise<ModelLife> {
  return sendJson('POST', pathOf(model, '/release'), body);
}

export function savePlan(model: string, body: z.input<typeof PlanRequest>): Promise<ModelLife> {
  return sendJson('PUT', pathOf(model, '/plan'), body);
}

export function removeVersion(model: string, version: string, reason: string): Promise<ModelLife> {
  return sendJson('DELETE', pathOfVersion(model, version), { reason });
}
