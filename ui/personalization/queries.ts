/** The questions that the pages of policies ask, and the changes that they send. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { ExperimentChecked } from '../../contracts/experimentApi.ts';
import type { ObjectionKind } from '../../contracts/objection.ts';
import type { Objection, ObjectionReceipt } from '../../contracts/objectionApi.ts';
import type {
  AlgorithmsAnswer,
  ExplainQuery,
  PoliciesAnswer,
  PolicyDetail,
  PolicyExplanation,
  PolicyReport,
  PolicyWrite,
  PolicyWritten,
} from '../../contracts/policyApi.ts';
import type { EvaluationLine, EvaluationQuery } from '../../contracts/policyEvaluationApi.ts';
import type { ErasureReceipt, UserAnswer } from '../../contracts/userApi.ts';
import {
  ApiProblem,
  deleteJson,
  getJson,
  pathWith,
  sendForLines,
  sendJson,
} from '../data/client.ts';
import { type RangeSearch, windowOf } from '../data/range.ts';

export type Move = 'start' | 'pause' | 'resume' | 'stop' | 'archive';

const path = '/v1/policies';

function pathOf(key: string, part = ''): string {
  return `${path}/${encodeURIComponent(key)}${part}`;
}

export const policiesQuery = queryOptions({
  queryKey: ['policies'],
  queryFn: ({ signal }) => getJson<PoliciesAnswer>(path, {}, signal),
});

export function policyQuery(key: string) {
  return queryOptions({
    queryKey: ['policies', 'one', key],
    queryFn: ({ signal }) => getJson<PolicyDetail>(pathOf(key), {}, signal),
  });
}

/** The registries do not change while the engine runs. */
export const algorithmsQuery = queryOptions({
  queryKey: ['policies', 'algorithms'],
  queryFn: ({ signal }) => getJson<AlgorithmsAnswer>(`${path}/algorithms`, {}, signal),
  staleTime: Infinity,
  meta: { lasting: true },
});

/** An answer that says that there is none is final; one that the engine cannot give at present is asked for again. */
const patient = (failures: number, error: Error) =>
  failures < 1 && !(error instanceof ApiProblem && error.status >= 400);

/** How soon what failed is asked for again, ms: as everywhere, but not where there is nothing to come. */
const againMs = 10_000;

/** What the list and the overview show of a policy: its two ways alone. */
export type BriefReport = Pick<PolicyReport, 'policy' | 'worth' | 'course' | 'isInSteps'>;

interface Life {
  readonly from: number;
  /** undefined while it decides. */
  readonly to: number | undefined;
}

/** @param life first and last instant of the policy: nothing is asked of what lies outside, ms */
export const reportQuery = reportOf<PolicyReport>('report', {});

/** As {@link reportQuery}, without actions and segments. */
export const briefReportQuery = reportOf<BriefReport>('brief report', { brief: 'true' });

function reportOf<Report>(name: string, further: Readonly<Record<string, string>>) {
  return (key: string, search: RangeSearch, life: Life) => {
    const { range, back, from, to } = search;
    return queryOptions({
      queryKey: ['policies', 'one', key, name, range, back, from, to, life.to],
      queryFn: ({ signal }) => {
        const window = windowOf(search, { from: life.from, to: life.to ?? Date.now() });
        const bounds = { from: Math.floor(window.from), to: Math.ceil(window.to) };
        return getJson<Report>(pathOf(key, '/report'), { ...bounds, ...further }, signal);
      },
      placeholderData: keepPreviousData,
      retry: patient,
      refetchInterval: ({ state: { status, error } }) =>
        status === 'error' && !(error instanceof ApiProblem && error.status === 404)
          ? againMs
          : false,
    });
  };
}

/** How long what a policy earns is good enough for the list, ms. */
const listedMs = 60_000;

/** Since its start, for the list: every policy of it asks, so not with each commit. */
export function wholeReportQuery(key: string, startedAt: number) {
  return queryOptions({
    queryKey: ['policies', 'whole report', key],
    queryFn: ({ signal }) =>
      getJson<BriefReport>(
        pathOf(key, '/report'),
        { from: startedAt, to: Date.now(), brief: 'true' },
        signal,
      ),
    retry: false,
    staleTime: listedMs,
    refetchInterval: listedMs,
    meta: { lasting: true },
  });
}

/** What is wrong with a definition; nothing is stored. */
export function checkQuery(policy: unknown) {
  return queryOptions({
    queryKey: ['policies', 'check', policy],
    queryFn: ({ signal }) =>
      sendJson<ExperimentChecked>('POST', `${path}/check`, { policy }, signal),
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: Infinity,
    meta: { lasting: true },
  });
}

export function explainQuery(key: string, query: z.input<typeof ExplainQuery>) {
  return queryOptions({
    queryKey: ['policies', 'explain', key, query],
    queryFn: ({ signal }) =>
      sendJson<PolicyExplanation>('POST', pathOf(key, '/explain'), query, signal),
    placeholderData: keepPreviousData,
    retry: patient,
  });
}

export function createPolicy(write: z.input<typeof PolicyWrite>): Promise<PolicyWritten> {
  return sendJson('POST', path, write);
}

export function changePolicy(
  key: string,
  write: z.input<typeof PolicyWrite>,
): Promise<PolicyWritten> {
  return sendJson('PUT', pathOf(key), write);
}

export function movePolicy(key: string, move: Move, reason: string): Promise<PolicyWritten> {
  return sendJson('POST', pathOf(key, `/${move}`), { reason });
}

export function evaluatePolicy(
  key: string,
  query: z.input<typeof EvaluationQuery>,
  signal: AbortSignal,
): AsyncGenerator<EvaluationLine> {
  return sendForLines(pathOf(key, '/evaluate'), query, signal);
}

function userPath(user: string, part = ''): string {
  return `/v1/users/${encodeURIComponent(user)}${part}`;
}

/** What is learnt of a person, and what was decided for them. */
export function userQuery(user: string) {
  return queryOptions({
    queryKey: ['users', user],
    queryFn: ({ signal }) => getJson<UserAnswer>(userPath(user), {}, signal),
    retry: patient,
  });
}

/** The address under which all that is stored of a person is saved as a file. */
export function exportPath(user: string): string {
  return userPath(user, '/export');
}

/** To what a person objects. */
export function objectionQuery(user: string) {
  return queryOptions({
    queryKey: ['users', user, 'objection'],
    queryFn: ({ signal }) => getJson<Objection>(userPath(user, '/objection'), {}, signal),
    retry: patient,
  });
}

/** @param to empty: all is taken back */
export function changeObjection(
  user: string,
  to: readonly ObjectionKind[],
  reason: string,
): Promise<ObjectionReceipt> {
  const address = userPath(user, '/objection');
  if (to.length === 0) return deleteJson(pathWith(address, { reason }));
  return sendJson('PUT', address, { to, reason });
}

export function eraseUser(user: string): Promise<ErasureReceipt> {
  return deleteJson(userPath(user));
}
