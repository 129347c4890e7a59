/** What is watched and where it is told: the questions of the settings, and the changes that they send. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  CalendarAnswer,
  DefinedDays,
  DefinedMute,
  DefinedRoute,
  DefinedWatch,
  MutesAnswer,
  RoutesAnswer,
  RouteTested,
  revisionsAnswer,
  WatchChecked,
} from '../../../contracts/watchApi.ts';
import { ApiProblem, deleteJson, getJson, pathWith, sendJson } from '../../data/client.ts';
import { ownName } from '../../data/ownName.ts';

/** The collections of definitions, as their paths name them. */
export interface Collections {
  watches: DefinedWatch;
  routes: DefinedRoute;
  mutes: DefinedMute;
  calendar: DefinedDays;
}
export type Collection = keyof Collections;

export function pathOf(collection: Collection, key = '', part = ''): string {
  return `/v1/${collection}${key === '' ? '' : `/${encodeURIComponent(key)}`}${part}`;
}

export const routesQuery = queryOptions({
  queryKey: ['routes'],
  queryFn: ({ signal }) => getJson<z.infer<typeof RoutesAnswer>>(pathOf('routes'), {}, signal),
});

export const mutesQuery = queryOptions({
  queryKey: ['mutes'],
  queryFn: ({ signal }) => getJson<z.infer<typeof MutesAnswer>>(pathOf('mutes'), {}, signal),
});

export const calendarQuery = queryOptions({
  queryKey: ['calendar'],
  queryFn: ({ signal }) => getJson<z.infer<typeof CalendarAnswer>>(pathOf('calendar'), {}, signal),
});

/** As the route of a watch answers. */
type RevisionsOfWatch = z.infer<ReturnType<typeof revisionsAnswer<typeof DefinedWatch>>>;

/** Of a watch, the newest first. */
export function revisionsQuery(key: string) {
  return queryOptions({
    queryKey: ['watches', 'revisions', key],
    queryFn: ({ signal }) =>
      getJson<RevisionsOfWatch>(pathOf('watches', key, '/revisions'), {}, signal),
    retry: (failures, error) =>
      failures < 1 && !(error instanceof ApiProblem && error.status >= 400),
  });
}

/** What is wrong with a watch, and how often it would have alerted; nothing is stored. */
export function checkQuery(definition: unknown) {
  return queryOptions({
    queryKey: ['watches', 'check', definition],
    queryFn: ({ signal }) =>
      sendJson<WatchChecked>('POST', pathOf('watches', 'check'), { definition }, signal),
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: Infinity,
    meta: { lasting: true },
  });
}

export interface Write {
  readonly definition: unknown;
  /** The one that was changed; 0 makes a new one. */
  readonly revision: number;
  readonly reason: string;
}

export function writeDefinition<Of extends Collection>(
  collection: Of,
  key: string,
  write: Write,
): Promise<Collections[Of]> {
  return sendJson('PUT', pathOf(collection, key), { ...write, actor: ownName() });
}

/** @returns the revision under which it is on record: what puts it back names that */
export function removeDefinition(
  collection: Collection,
  key: string,
  { revision, reason }: Omit<Write, 'definition'>,
): Promise<{ readonly revision: number }> {
  return deleteJson(pathWith(pathOf(collection, key), { revision, reason }));
}

export function testRoute(key: string): Promise<RouteTested> {
  return sendJson('POST', pathOf('routes', key, '/test'), {});
}
