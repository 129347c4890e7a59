/** How this process tells people of alerts: the senders, what is said of an alert, and a test of a route. */
import { randomUUID } from 'node:crypto';
import type { Settings } from '../contracts/settings.ts';
import type { Store } from '../contracts/store.ts';
import type { AlertRoute } from '../contracts/watch.ts';
import type { RouteTested } from '../contracts/watchApi.ts';
import { alertContent } from '../control/notices/alertContent.ts';
import { type Deliveries, openDeliveries } from '../control/notices/deliveries.ts';
import { readCourse } from '../control/watching/alertCourse.ts';
import { readAlert } from '../control/watching/alertRows.ts';
import type { WatchBook } from '../control/watching/watchBook.ts';
import { NoticeProblem } from '../sinks/notices/noticeProblem.ts';
import { createNoticeSenders, sendNotice } from '../sinks/notices/senders.ts';
import { createAlertCharts } from './alertCharts.ts';

export interface AlertNotices {
  /** Goes on with what waits to be told: in the process that keeps the alerts. @throws EngineError SINK_UNAVAILABLE */
  open(): Promise<Deliveries>;
  /** Tells on a route that it is a test. */
  test(route: AlertRoute, signal: AbortSignal): Promise<RouteTested>;
}

export interface AlertNoticesOptions {
  readonly store: Store;
  readonly book: WatchBook;
  readonly settings: Pick<Settings, 'host' | 'port' | 'smtpUrl' | 'smtpFrom'>;
  readonly timeZone: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly say: (sentence: string) => void;
}

/** A test is given up after so long, ms. */
const testMs = 20_000;

export function createAlertNotices({
  store,
  book,
  settings: { host, port, smtpUrl, smtpFrom },
  timeZone: zone,
  environment,
  say,
}: AlertNoticesOptions): AlertNotices {
  const senders = createNoticeSenders({ environment, smtpUrl, smtpFrom, say });
  const overviewLink = `http://${host.includes(':') ? `[${host}]` : host}:${port}/anomalies`;
  return {
    async open() {
      const charts = createAlertCharts({ zone });
      const deliveries = await openDeliveries({
        ...{ store, overviewLink, say },
        send: (route, notice, signal) => sendNotice(senders, route, notice, signal),
        routeOf: (key) => book.routes.get(key)?.definition,
        async contentOf(id, what) {
          const alert = await readAlert(store, id);
          if (alert === undefined) return undefined;
          return alertContent({
            ...{ alert, what, say, zone, drawAlert: charts.draw },
            course: await readCourse(store, alert),
            watch: book.watches.get(alert.watch)?.definition ?? null,
            link: `${overviewLink}/${encodeURIComponent(id)}`,
          });
        },
        headlineOf: async (id) => (await readAlert(store, id))?.headline,
      });
      return {
        ...deliveries,
        async stop() {
          await deliveries.stop();
          await charts.stop();
        },
      };
    },

    async test(route, signal) {
      const id = randomUUID().replaceAll('-', '');
      const notice = {
        ...({ what: 'summary', id, thread: id, link: overviewLink } as const),
        headline: 'This is a test: alerts are told here.',
        lines: [`Route ${route.key}: ${route.name}.`],
      };
      const within = AbortSignal.any([signal, AbortSignal.timeout(testMs)]);
      try {
        await sendNotice(senders, route, notice, within);
        return { outcome: 'sent', problem: null };
      } catch (error) {
        signal.throwIfAborted();
        const isOurs = error instanceof NoticeProblem;
        const problem = isOurs ? error.message : `There was no answer within ${testMs / 1_000} s.`;
        return { outcome: 'given up', problem };
      }
    },
  };
}
