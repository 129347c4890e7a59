/** One try: what is to be said is read, and sent by the route as it is defined now. */
import { createHash } from 'node:crypto';
import type { AlertRoute } from '../../contracts/watch.ts';
import type { AlertContent, Notice, SummaryContent } from '../../sinks/notices/notice.ts';
import { NoticeProblem } from '../../sinks/notices/noticeProblem.ts';
import { deliveryId } from './deliveryId.ts';
import type { NoticeRow } from './noticeRows.ts';
import type { NextNotice } from './routeQueue.ts';
import { type SummarySources, summaryContent } from './summaryContent.ts';

export interface TellingOptions extends SummarySources {
  /** @throws NoticeProblem; the signal's reason when that ended the try */
  send(route: AlertRoute, notice: Notice, signal: AbortSignal): Promise<void>;
  /** As it is defined at the time of the try; undefined: it is no longer there. */
  routeOf(key: string): AlertRoute | undefined;
  /** What is to be said, at the time of the try; undefined: the alert is not there. */
  contentOf(
    alert: string,
    what: NoticeRow['what'],
    signal: AbortSignal,
  ): Promise<AlertContent | undefined>;
}

/** A summary's is made from all it tells of: with others in it, it is another. */
export function idOf(route: string, { how, rows }: NextNotice): string {
  const ids = rows.map(({ alert, what }) => deliveryId(alert, route, what));
  if (how === 'alone') return ids[0]!;
  return deliveryId(createHash('sha256').update(ids.join()).digest('hex'), route, 'summary');
}

/**
 * Resolves when the other side has taken it.
 *
 * @param id of the delivery, {@link idOf}
 * @throws NoticeProblem, or what nobody foresaw
 */
export async function tellNext(
  options: TellingOptions,
  key: string,
  id: string,
  { how, rows }: NextNotice,
  signal: AbortSignal,
): Promise<void> {
  const { routeOf, send } = options;
  const permanent = (sentence: string) => new NoticeProblem('permanent', sentence);
  const route = routeOf(key);
  if (route === undefined) throw permanent(`The route ${key} is not there any more.`);
  if (!route.isActive) throw permanent(`The route ${key} is switched off.`);
  if (how === 'summary') {
    const content = await read(() => summaryContent(rows, options));
    return send(route, { ...content, id, thread: id }, signal);
  }
  const { alert, what } = rows[0]!;
  const content = await read(() => options.contentOf(alert, what, signal));
  if (content === undefined) throw permanent('The alert is not there any more.');
  return send(route, { ...content, id, thread: deliveryId(alert, key, 'firing') }, signal);
}

async function read<Content extends AlertContent | SummaryContent | undefined>(
  content: () => Promise<Content>,
): Promise<Content> {
  try {
    return await content();
  } catch (error) {
    const name = error instanceof Error ? error.name : typeof error;
    throw new NoticeProblem(
      'temporary',
      `The alert could not be read (${name}): it is tried again.`,
      undefined,
      { cause: error },
    );
  }
}
