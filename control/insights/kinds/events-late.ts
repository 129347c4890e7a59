/** More events come when their time has been closed already, so that figures go without them. Test by days: see `dayShift`. */
import { percent } from '../../words.ts';
import type { InsightKind } from '../insightKind.ts';
import { dayShift } from '../parts/dayShift.ts';
import { course } from '../parts/evidence.ts';
import { dateOf, newestDays, points, pointsBetween, quoted } from '../parts/insightWords.ts';
import { shareReading } from '../parts/shareShift.ts';

/** Smallest rise of the share that counts. */
const least = 0.01;
const rowsMin = 500;

export const eventsLate: InsightKind = {
  kind: 'events-late',
  area: 'data',
  summary: 'More events come too late to count.',
  test:
    'Share of events that came when their time was closed, the newest 1 or 3 complete days against up to 28 days before, days as units, as ' +
    `in values-missing. Counts from 1 point on. At least 6 days before, each with ${rowsMin} events.`,
  find: (facts) => {
    const pipelines = new Map(
      (facts.columns ?? []).map(({ pipeline, arrivals }) => [pipeline, arrivals]),
    );
    return [...pipelines].flatMap(([pipeline, arrivals]) => {
      const readings = arrivals
        .filter(({ events }) => events >= rowsMin)
        .map(({ day, late, events }) => shareReading(day, Math.min(late, events), events));
      const question = { direction: 'rise', least, windows: [1, 3] } as const;
      const shift = dayShift(readings, { ...question, eventTime: facts.eventTime });
      if (shift === undefined) return [];
      const { pValue, judgedAt, before, after, estimate, lower, upper, recent, since } = shift;
      const was = Math.max(0, before);
      const late = arrivals.slice(-recent.length).reduce((sum, each) => sum + each.late, 0);
      return [
        {
          subject: { kind: 'pipeline' as const, key: pipeline, name: pipeline },
          ...{ judgedAt, pValue },
          tell: () => ({
            changed: `${percent(after)} of the events of ${quoted(pipeline)} come too late to count, since ${dateOf(since)}; before, it was ${percent(was)}.`,
            why: [
              `Over ${newestDays(recent.length)} the share is ${points(estimate)} above that of the same weekdays before (95 % interval: ${pointsBetween(lower, upper)}); from ${points(least)} on it counts.`,
              `${late.toLocaleString('en')} events came late in that time. They are archived; sums, models and experiments go without them.`,
              'Events come late from devices without network, or when whatever passes them on holds them up.',
            ],
            ignored:
              'Figures are short of what came late, and whoever is often offline is left out.',
            evidence: course(
              `Share of events of ${quoted(pipeline)} that came too late, by day`,
              'share',
              [{ name: 'Late', days: readings }],
              { name: 'Before', value: was },
              [{ at: since, name: 'More are late' }],
            ),
            action: {
              label: 'See the pipeline',
              page: '/pipelines',
              request: null,
              needs: 'read' as const,
              consequence: 'Nothing changes yet: it has to be mended where events are sent.',
              undo: 'There is nothing to take back.',
            },
            promise: null,
            since,
            impact: {
              value: Math.min(1, Math.max(0, 5 * after)),
              words: `${percent(after)} of what happens is missing in figures, models and experiments.`,
            },
            reach: { share: Math.min(1, Math.max(0, after)), users: null },
          }),
        },
      ];
    });
  },
};
