/**
 * More events are refused than on the days before.
 *
 * The logarithm of a day's refused share against those of the days before: a Student t prediction of one more value, exact where the
 * days' logarithms are alike and normal, whatever the correlation of events within a day; days are the units.
 *
 * Days are of the clock by which events were committed: what is refused has often no time that could be believed.
 *
 * Source: Hahn & Meeker 1991 (prediction of one further observation).
 */
import { type ErrorCode, errors } from '../../../contracts/errors.ts';
import { predictiveT } from '../../../stats/testing/predictiveT.ts';
import { counted, percent } from '../../words.ts';
import type { PipelineFacts, RefusalFacts } from '../gather/operations.ts';
import type { Candidate, InsightKind } from '../insightKind.ts';
import { begun, dayMs, lookAction, reachOf, wholeDay } from '../parts/standing.ts';

/** Days before, with enough events. */
const daysLeast = 6;
const eventsLeast = 500;
const refusedLeast = 50;
/** Times the usual share, and above it. */
const timesLeast = 2;
const aboveLeast = 0.005;

type Day = PipelineFacts['days'][number];

export const deadLettersRising: InsightKind = {
  kind: 'dead-letters-rising',
  area: 'operations',
  summary: 'More events are refused than on the days before.',
  test:
    'Once a day, by the clock: the last whole day against up to 14 before it, logarithm of the refused share, one-sided prediction ' +
    `by Student’s t, days as units. At least ${daysLeast} days before of ${eventsLeast} events; ${refusedLeast} refused, twice the ` +
    'usual share and half a point more.',
  find: (facts) =>
    (facts.operations?.pipelines ?? []).flatMap((pipeline): Candidate[] => {
      const last = pipeline.days.at(-1);
      const before = pipeline.days.slice(0, -1).filter(({ events }) => events >= eventsLeast);
      if (last === undefined || last.at !== wholeDay(facts.now) - dayMs) return [];
      if (before.length < daysLeast || last.events < eventsLeast) return [];
      const share = last.refused / last.events;
      const all = before.reduce((sum, { events }) => sum + events, 0);
      const usual = before.reduce((sum, { refused }) => sum + refused, 0) / all;
      const isMore =
        last.refused >= refusedLeast && share >= timesLeast * usual && share - usual >= aboveLeast;
      const pValue = predictiveT(before.map(logShare), logShare(last));
      const own = (facts.operations?.refusals ?? []).filter(
        (each) => each.pipeline === pipeline.name && each.lately > 0,
      );
      return [
        {
          subject: { kind: 'pipeline', key: pipeline.name, name: pipeline.name },
          judgedAt: last.at + dayMs,
          pValue: isMore ? pValue : 1,
          tell: () => ({
            changed: `The pipeline ${pipeline.name} refuses ${percent(share)} of the events, instead of ${percent(usual)}.`,
            why: [
              `On the last whole day ${counted(last.refused, 'event')} of ${last.events.toLocaleString('en')} ${last.refused === 1 ? 'was' : 'were'} refused; in the ${before.length} days before it was ${percent(usual)}.`,
              ...own.slice(0, 3).map((each) => reasonWords(each, last.refused)),
            ],
            ignored:
              'What is refused is not counted, not learnt and not decided on. It is kept, and can be sent in again when the producer is mended.',
            evidence: {
              kind: 'course',
              caption: 'Share of the events that were refused, by day',
              unit: 'share',
              series: [
                {
                  name: 'refused',
                  points: pipeline.days.map(({ at, events, refused }) => ({
                    ...{ at, value: refused / events, lower: null, upper: null },
                  })),
                },
              ],
              reference: { name: 'usual', value: usual },
              marks: [],
            },
            action: lookAction('See which events are refused, and why', '/pipelines'),
            promise: {
              measure: { kind: 'refused', pipeline: pipeline.name },
              ...{ unit: 'share', better: -1, low: usual - share, high: (usual - share) / 2 },
              horizonMs: 2 * dayMs,
              sentence: `The refused share falls from ${percent(share)} towards ${percent(usual)} within two days.`,
            },
            since: begun(facts, last.at),
            impact: {
              value: Math.min(1, 0.2 + 5 * (share - usual)),
              words: `About ${counted(Math.round((share - usual) * last.events), 'event')} a day more are missing than usual.`,
            },
            reach: reachOf(facts, Math.min(1, share) * facts.activeUsers),
          }),
        },
      ];
    }),
};

/** Half an event more, so that a day without any has one. */
function logShare({ events, refused }: Day): number {
  return Math.log((refused + 0.5) / (events + 1));
}

/** Why, and what of the event it was about: without what it contained. */
function reasonWords({ code, lately, reason }: RefusalFacts, refused: number): string {
  const means = Object.hasOwn(errors, code) ? errors[code as ErrorCode].means : code;
  const [about = ''] = reason.split(/,? got /);
  const field = about.length > 0 && about.length <= 120 ? ` (“${about}”)` : '';
  return `${percent(Math.min(1, lately / Math.max(refused, lately)))} because ${means}${field}.`;
}
