/** What the settings ask of the engine, and change. Nothing of it depends on what is committed. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Permission, RoleName, Scope } from '../../contracts/access.ts';
import type { Account, ApiKey, SessionsAnswer } from '../../contracts/accessApi.ts';
import type { AuditAnswer, AuditCheck } from '../../contracts/auditApi.ts';
import type { PlacesAnswer, PlacesChange } from '../../contracts/placeApi.ts';
import type { RetentionAnswer } from '../../contracts/retentionApi.ts';
import { deleteJson, getJson, type Parameters, pathWith, sendJson } from '../data/client.ts';

const lasting = { lasting: true };

export const accountsQuery = queryOptions({
  queryKey: ['accounts'],
  queryFn: ({ signal }) => getJson<{ accounts: Account[] }>('/v1/accounts', {}, signal),
  meta: lasting,
});

export const ownSessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: ({ signal }) => getJson<SessionsAnswer>('/v1/sessions', {}, signal),
  meta: lasting,
});

export const accountSessionsKey = 'account-sessions';

/** Each look is recorded. */
export function accountSessionsQuery(id: string) {
  return queryOptions({
    queryKey: [accountSessionsKey, id],
    queryFn: ({ signal }) => getJson<SessionsAnswer>(pathOf(id, '/sessions'), {}, signal),
    meta: lasting,
  });
}

export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: ({ signal }) => getJson<{ keys: ApiKey[] }>('/v1/keys', {}, signal),
  meta: lasting,
});

export const retentionQuery = queryOptions({
  queryKey: ['retention'],
  queryFn: ({ signal }) => getJson<RetentionAnswer>('/v1/retention', {}, signal),
  meta: lasting,
});

export const versionQuery = queryOptions({
  queryKey: ['version'],
  queryFn: async ({ signal }) => {
    const { info } = await getJson<{ info: { version: string } }>('/openapi.json', {}, signal);
    return info.version;
  },
  staleTime: Infinity,
  meta: lasting,
});

export interface AuditFilter {
  readonly who?: string | undefined;
  readonly kind?: string | undefined;
  readonly subject?: string | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** Each page of it is a look that is recorded: asked for once, and again only when somebody wants it. */
export function auditQuery(filter: AuditFilter) {
  return infiniteQueryOptions({
    queryKey: ['audit', filter],
    queryFn: ({ signal, pageParam }) =>
      getJson<AuditAnswer>(
        '/v1/audit',
        { ...parametersOf(filter), limit: 50, after: pageParam },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    staleTime: Infinity,
    meta: lasting,
  });
}

export function checkAudit(): Promise<AuditCheck> {
  return getJson('/v1/audit/check', {}, new AbortController().signal);
}

export function auditExportPath(filter: AuditFilter, format: 'ndjson' | 'csv'): string {
  return pathWith('/v1/audit/export', { ...parametersOf(filter), format });
}

function parametersOf({ who, kind, subject, from, to }: AuditFilter): Parameters {
  return { who, kind, subject, from, to };
}

const pathOf = (id: string, rest = '') => `/v1/accounts/${encodeURIComponent(id)}${rest}`;

export interface NewPerson {
  readonly login: string;
  readonly name: string;
  readonly role: RoleName;
  readonly scope: Scope;
  readonly reason: string;
}

export interface AccountMade {
  readonly account: Account;
  readonly password: string;
}

/** @throws ApiProblem */
export function makeAccount(given: NewPerson): Promise<AccountMade> {
  return sendJson('POST', '/v1/accounts', given);
}

export type AccountPart = Partial<Pick<Account, 'name' | 'role' | 'scope' | 'isActive'>>;

/** Changes what is named, from the revision that is given. @throws ApiProblem */
export function changeAccount(
  { id, name, role, scope, isActive, revision }: Account,
  part: AccountPart,
  reason: string,
): Promise<Account> {
  return sendJson('PUT', pathOf(id), { name, role, scope, isActive, ...part, revision, reason });
}

/** @throws ApiProblem */
export function resetPassword(id: string, reason: string): Promise<{ password: string }> {
  return sendJson('POST', pathOf(id, '/password'), { reason });
}

/** @throws ApiProblem */
export function endSessions(id: string, reason: string): Promise<Account> {
  return deleteJson(pathWith(pathOf(id, '/sessions'), { reason }));
}

/** @throws ApiProblem */
export function endSession(id: string, session: string, reason: string): Promise<SessionsAnswer> {
  return deleteJson(pathWith(pathOf(id, `/sessions/${session}`), { reason }));
}

/** @returns those that are left. @throws ApiProblem */
export function endOwnSession(session: string): Promise<SessionsAnswer> {
  return deleteJson(`/v1/sessions/${session}`);
}

/** @returns the one that is left. @throws ApiProblem */
export function endOtherSessions(): Promise<SessionsAnswer> {
  return deleteJson('/v1/sessions');
}

export interface NewKey {
  readonly name: string;
  readonly permissions: readonly Permission[];
  readonly scope: Scope;
  readonly expiresAt: number | null;
  readonly reason: string;
}

export interface KeyMade {
  readonly made: ApiKey;
  readonly key: string;
}

/** @throws ApiProblem */
export function makeKey(given: NewKey): Promise<KeyMade> {
  return sendJson('POST', '/v1/keys', given);
}

/** @throws ApiProblem */
export function revokeKey(id: string, reason: string): Promise<ApiKey> {
  return sendJson('DELETE', `/v1/keys/${encodeURIComponent(id)}`, { reason });
}

/** The whole of them, from the revision that was seen. @throws ApiProblem */
export function changePlaces(change: PlacesChange): Promise<PlacesAnswer> {
  return sendJson('PUT', '/v1/places', change);
}
