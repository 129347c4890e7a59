/** What a webhook receives: JSON of version 1. Fields may be added to a version; none changes or goes. */
import { z } from 'zod';
import { Alert } from '../../contracts/alert.ts';
import { headlineOf, type Notice } from './notice.ts';

const common = {
  version: z.literal(1),
  /** The same at each try, and in the header `millrace-delivery`: what was taken before can be left out by it. */
  id: z.string(),
  /** What happened, in a sentence. */
  headline: z.string(),
  /** More sentences. */
  lines: z.array(z.string()),
  /** Where the dashboard shows it. */
  link: z.string(),
};

export const WebhookBody = z.discriminatedUnion('what', [
  z.object({
    ...common,
    what: z.enum(['firing', 'resolved']),
    /** As `GET /v1/alerts/:id` has it. */
    alert: Alert,
    /** The course around the alert, as SVG and in words. */
    chart: z.object({ svg: z.string(), text: z.string() }).optional(),
  }),
  /** Alerts that were so many that they are not told one by one. */
  z.object({ ...common, what: z.literal('summary') }),
]);
export type WebhookBody = z.infer<typeof WebhookBody>;

export function webhookBody(notice: Notice): WebhookBody {
  const { id, link } = notice;
  const said = {
    version: 1 as const,
    id,
    headline: headlineOf(notice),
    lines: [...notice.lines],
    link,
  };
  if (notice.what === 'summary') return { ...said, what: notice.what };
  const { what, alert, chart } = notice;
  const drawn = chart === undefined ? {} : { chart: { svg: chart.svg, text: chart.text } };
  return { ...said, what, alert, ...drawn };
}
