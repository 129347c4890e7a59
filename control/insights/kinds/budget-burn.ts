/**
 * The budget of errors or of slow answers is used up faster than it lasts.
 *
 * A budget is a share that is borne over a month. Burnt 14.4 times as fast, a fiftieth of it goes in an hour; 6 times, a twentieth in
 * six hours; as fast as it is given, a tenth in three days. The short window says that it still goes on. Schools are quiet at night
 * and in holidays, where a few events make a large share: a least count in every window, ten times as high on such days.
 *
 * Source: Beyer, Murphy, Rensin, Kawahara & Thorne 2018, "The Site Reliability Workbook", chapter 5.
 */
import type { Evidence } from '../../../contracts/insight.ts';
import { wilson } from '../../../stats/wilson.ts';
import { counted, duration, percent } from '../../words.ts';
import type { Facts } from '../facts.ts';
import { type BurnWindow, type PipelineFacts, slowAnswerMs } from '../gather/operations.ts';
import type { InsightKind } from '../insightKind.ts';
import { begun, dayMs, lookAction, reachOf, standingPromise } from '../parts/standing.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** The first that holds is told. */
const alarms = [
  { longMs: hourMs, shortMs: 5 * minuteMs, times: 14.4 },
  { longMs: 6 * hourMs, shortMs: 30 * minuteMs, times: 6 },
  { longMs: 3 * dayMs, shortMs: 6 * hourMs, times: 1 },
] as const;
/** Events in the long window, and in the short one a tenth of it; bad ones in the long one. */
const eventsLeast = 500;
const badLeast = 20;
const quietDayTimes = 10;

interface Budget {
  readonly of: 'refused' | 'slow';
  /** That is borne over a month. */
  readonly share: number;
  readonly noun: string;
  readonly bad: string;
}

const slowBad = `took longer than ${duration(slowAnswerMs / 1_000)}`;
const budgets: readonly Budget[] = [
  { of: 'refused', share: 0.02, noun: 'refused events', bad: 'were refused' },
  { of: 'slow', share: 0.05, noun: 'slow answers', bad: slowBad },
];

interface Burn {
  readonly budget: Budget;
  readonly alarm: (typeof alarms)[number];
  readonly long: BurnWindow;
  readonly windows: readonly BurnWindow[];
}

export const budgetBurn: InsightKind = {
  kind: 'budget-burn',
  area: 'operations',
  summary: 'Refused events or slow answers use up their budget too fast.',
  test:
    'A fact: of a budget of 2 % refused events, or 5 % answers slower than a second, 14.4 times the share in the last hour and 5 ' +
    'minutes, 6 times in 6 hours and 30 minutes, or once in 3 days and 6 hours. At least 500 events in the long window (10 times as ' +
    'many in holidays and breaks) and 20 bad ones.',
  find: (facts) =>
    (facts.operations?.pipelines ?? []).flatMap((pipeline) => {
      const least = eventsLeast * (isQuietDay(facts) ? quietDayTimes : 1);
      const burns = budgets.flatMap((budget) => burnOf(pipeline, budget, least) ?? []);
      // The fastest first.
      const [burn] = burns.sort((a, b) => b.alarm.times - a.alarm.times);
      if (burn === undefined) return [];
      const { budget, alarm, long } = burn;
      const share = long.bad / long.events;
      const span = spanWords(alarm.longMs);
      const end = budget.of === 'slow' ? facts.eventTime : facts.now;
      return [
        {
          subject: { kind: 'pipeline' as const, key: pipeline.name, name: pipeline.name },
          judgedAt: facts.eventTime,
          pValue: null,
          tell: () => {
            const { lower, upper } = wilson(long.bad, long.events);
            const gone = duration((30 * 86_400 * budget.share) / share);
            return {
              changed: `${percent(share)} of the events of the pipeline ${pipeline.name} ${budget.bad} in the last ${span}: the budget of a month is gone in ${gone}.`,
              why: [
                `It is a share of ${counted(long.events, 'event')} (between ${percent(lower)} and ${percent(upper)}).`,
                `${percent(budget.share)} of ${budget.noun} are borne over a month; the budget is used up ${timesWords(share / budget.share)}.`,
                `It goes on: in the last ${spanWords(alarm.shortMs)} it was ${percent(shareOf(burn.windows, alarm.shortMs))}.`,
                ...(isQuietDay(facts)
                  ? ['There are no lessons today, so fewer users meet it.']
                  : []),
              ],
              ignored:
                budget.of === 'slow'
                  ? 'Users wait, and leave.'
                  : 'What is refused is neither counted nor learnt until it is sent in again.',
              evidence: burnEvidence(burn),
              action: lookAction('See what is behind it', '/pipelines'),
              promise: standingPromise('The budget lasts again.', 1),
              since: begun(facts, end - alarm.longMs),
              impact: {
                value: Math.min(1, alarm.times / 14.4 + 0.3),
                words: `${percent(share)} of the events of the last ${span} ${budget.bad}.`,
              },
              reach: reachOf(facts, Math.min(1, share) * facts.activeUsers),
            };
          },
        },
      ];
    }),
};

function burnOf(pipeline: PipelineFacts, budget: Budget, least: number): Burn | undefined {
  const windows = pipeline[budget.of];
  for (const alarm of alarms) {
    const long = windows.find(({ ms }) => ms === alarm.longMs);
    const short = windows.find(({ ms }) => ms === alarm.shortMs);
    if (long === undefined || short === undefined) continue;
    if (long.events < least || short.events < least / 10 || long.bad < badLeast) continue;
    const limit = Math.min(0.9, alarm.times * budget.share);
    if (long.bad <= limit * long.events || short.bad <= limit * short.events) continue;
    return { budget, alarm, long, windows };
  }
  return undefined;
}

/** By the date in universal time: local days are at most some hours off. */
function isQuietDay({ operations, eventTime }: Facts): boolean {
  const date = new Date(eventTime).toISOString().slice(0, 10);
  return (operations?.calendar ?? []).some(
    ({ kind, from, to }) => (kind === 'holiday' || kind === 'break') && from <= date && date <= to,
  );
}

function shareOf(windows: readonly BurnWindow[], wanted: number): number {
  const found = windows.find(({ ms }) => ms === wanted);
  return found === undefined || found.events === 0 ? 0 : found.bad / found.events;
}

function timesWords(times: number): string {
  if (times < 1.5) return 'faster than it lasts';
  return `${times < 10 ? times.toFixed(1).replace('.0', '') : Math.round(times)} times as fast as it lasts`;
}

function spanWords(ms: number): string {
  const hours = ms / hourMs;
  if (hours >= 48) return `${hours / 24} days`;
  if (hours > 1) return `${hours} hours`;
  return hours === 1 ? 'hour' : `${ms / minuteMs} minutes`;
}

function burnEvidence({ budget, alarm, windows }: Burn): Evidence {
  return {
    kind: 'bars',
    caption: `Share of ${budget.noun} in the last …`,
    unit: 'share',
    bars: windows.map(({ ms, events, bad }) => {
      const { lower, upper } = wilson(bad, events);
      return {
        name: spanWords(ms),
        ...{ value: events === 0 ? null : bad / events, lower, upper },
        isMeant: ms === alarm.longMs,
      };
    }),
    reference: { name: 'borne', value: budget.share },
  };
}
