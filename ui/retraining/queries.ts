/** What the pages of retraining ask of the engine, and what they have it do. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type {
  StartedRun,
  TrainingRunDetail,
  TrainingRunsAnswer,
} from '../../contracts/modelLifeApi.ts';
import { getJson, sendJson } from '../data/client.ts';

const path = '/v1/retraining';

/** While something is under way, and while nothing is, ms. */
const busyMs = 2_000;
const idleMs = 15_000;

/** @param model absent: runs of all of them */
export function runsQuery(model?: string) {
  return queryOptions({
    queryKey: ['retraining', 'list', model],
    queryFn: ({ signal }) => getJson<TrainingRunsAnswer>(path, { model }, signal),
    refetchInterval: ({ state }) =>
      state.data?.runs.some((run) => run.state === 'running') === true ? busyMs : idleMs,
    placeholderData: keepPreviousData,
  });
}

export function runQuery(id: string) {
  return queryOptions({
    queryKey: ['retraining', 'one', id],
    queryFn: ({ signal }) =>
      getJson<TrainingRunDetail>(`${path}/${encodeURIComponent(id)}`, {}, signal),
    refetchInterval: ({ state }) => (state.data?.run.state === 'running' ? busyMs : idleMs),
  });
}

export function startRun(model: string, reason: string): Promise<StartedRun> {
  return sendJson('POST', path, { model, reason });
}

export function cancelRun(id: string, reason: string): Promise<unknown> {
  return sendJson('POST', `${path}/${encodeURIComponent(id)}/cancel`, { reason });
}
