/** The questions that the page of recommendations asks, and the answers to cards that it sends. */
import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { Card, InsightSubject } from '../../contracts/insight.ts';
import type {
  InsightAccept,
  InsightAccepted,
  InsightAnswerGiven,
  InsightDetail,
  InsightKindsAnswer,
  InsightsAnswer,
} from '../../contracts/insightApi.ts';
import { ApiProblem, getJson, sendJson } from '../data/client.ts';
import { cardsMax } from '../data/openInsights.ts';

/** What is asked for anew after an answer to a card. */
export const insightKeys = ['insights'];

/** Cards do not change with each commit: the live stream says when one has. */
const meta = { lasting: true };

const retry = (failures: number, error: Error) =>
  failures < 1 && !(error instanceof ApiProblem && error.status >= 400);

function pathOf(id: string, part = ''): string {
  return `/v1/insights/${encodeURIComponent(id)}${part}`;
}

export const pastInsightsQuery = queryOptions({
  queryKey: ['insights', 'history'],
  queryFn: ({ signal }) =>
    getJson<InsightsAnswer>('/v1/insights', { standing: 'history', limit: cardsMax }, signal),
  meta,
});

export const insightKindsQuery = queryOptions({
  queryKey: ['insights', 'kinds'],
  queryFn: ({ signal }) => getJson<InsightKindsAnswer>('/v1/insights/kinds', {}, signal),
  meta,
});

export function insightQuery(id: string) {
  return queryOptions({
    queryKey: ['insights', 'one', id],
    queryFn: ({ signal }) => getJson<InsightDetail>(pathOf(id), {}, signal),
    meta,
    retry,
  });
}

/** Open cards of one subject. */
export function subjectInsightsQuery({ kind, key }: Pick<InsightSubject, 'kind' | 'key'>) {
  const subject = `${kind}:${key}`;
  return queryOptions({
    queryKey: ['insights', 'subject', subject],
    queryFn: ({ signal }) =>
      getJson<InsightsAnswer>('/v1/insights', { standing: 'open', subject, limit: 5 }, signal),
    meta,
    retry,
    // An engine without recommendations has none of this subject.
    refetchInterval: false,
  });
}

export function answerInsight(
  id: string,
  given: z.input<typeof InsightAnswerGiven>,
): Promise<Card> {
  return sendJson('POST', pathOf(id, '/answer'), given);
}

export function acceptInsight(
  id: string,
  given: z.input<typeof InsightAccept>,
): Promise<z.infer<typeof InsightAccepted>> {
  return sendJson('POST', pathOf(id, '/accept'), given);
}
