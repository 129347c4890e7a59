/** Many notices in one: how many, and the first of them by their headlines. */
import type { SummaryContent } from '../../sinks/notices/notice.ts';
import { counted } from '../words.ts';
import type { NoticeRow } from './noticeRows.ts';

export interface SummarySources {
  /** Of an alert; undefined: it is not there. */
  headlineOf(alert: string): Promise<string | undefined>;
  /** Where the dashboard lists alerts. */
  readonly overviewLink: string;
  /** Notices that a route takes one by one. */
  readonly perHour?: number;
}

const shownMax = 10;

/** @param rows the oldest first, at least one */
export async function summaryContent(
  rows: readonly NoticeRow[],
  { headlineOf, overviewLink, perHour = 60 }: SummarySources,
): Promise<SummaryContent> {
  const fired = new Set(rows.filter(({ what }) => what === 'firing').map(({ alert }) => alert));
  const over = new Set(rows.filter(({ what }) => what === 'resolved').map(({ alert }) => alert));
  const all = [...new Set(rows.map(({ alert }) => alert))];
  const headlines = await Promise.all(
    all.slice(0, shownMax).map(async (alert) => {
      const state = over.has(alert)
        ? fired.has(alert)
          ? 'Fired and resolved'
          : 'Resolved'
        : 'Fired';
      return `${state}: ${(await headlineOf(alert)) ?? 'an alert that is not there any more.'}`;
    }),
  );
  const rest = all.length - headlines.length;
  return {
    what: 'summary',
    headline: `${counted(all.length, 'alert')} more: ${fired.size} fired, ${over.size} resolved.`,
    lines: [
      `This route takes ${perHour} notices in an hour one by one; of the others one summary tells.`,
      ...headlines,
      ...(rest > 0 ? [`And ${counted(rest, 'other')}.`] : []),
    ],
    link: overviewLink,
  };
}
