/**
 * A watch alerts when there is nothing.
 *
 * What people said of its alerts: exact binomial test that more than a third are false; beside it the posterior of that share.
 *
 * Source: Clopper & Pearson 1934 (exact test); Bayes 1763 (posterior of a rate).
 */
import { betaPosterior } from '../../../stats/bayes/betaPosterior.ts';
import { binomialTail } from '../../../stats/testing/binomialTail.ts';
import { counted, percent } from '../../words.ts';
import type { WatchFacts } from '../gather/operations.ts';
import type { Candidate, InsightKind } from '../insightKind.ts';
import { begun, dayMs, lookAction, wholeDay } from '../parts/standing.ts';

/** Share of false alerts that is borne. */
const falseMost = 1 / 3;
/** Of which somebody has said what they were. */
const calledLeast = 3;
/** Of a week that came and went; fewer are no nuisance. */
const flappingLeast = 5;

export const alertNoise: InsightKind = {
  kind: 'alert-noise',
  area: 'operations',
  summary: 'A watch alerts when there is nothing, or its alerts come and go.',
  test:
    'Once a day, over four weeks: exact binomial test that more than a third of the alerts that people judged were false, at least ' +
    `${calledLeast} judged. A fact where ${flappingLeast} alerts of a week came and went again and again.`,
  find: (facts) =>
    (facts.operations?.watches ?? []).flatMap((watch): Candidate[] => {
      const called = watch.called.false + watch.called.true;
      const flaps = watch.flapping >= flappingLeast;
      if (called < calledLeast && !flaps) return [];
      const { mean, quantile } = betaPosterior({ successes: watch.called.false, count: called });
      const page = `/anomalies/watches/${encodeURIComponent(watch.key)}`;
      return [
        {
          subject: { kind: 'watch', key: watch.key, name: watch.name },
          judgedAt: wholeDay(facts.eventTime),
          pValue: flaps ? null : binomialTail(watch.called.false, called, falseMost),
          tell: () => ({
            changed: flaps
              ? `Alerts of “${watch.name}” come and go.`
              : `“${watch.name}” alerts when there is nothing.`,
            why: [
              `It fired ${timesWords(watch.fired)} in the last four weeks, ${timesWords(watch.firedWeek)} in the last.`,
              ...(called === 0
                ? []
                : [
                    `Of ${counted(called, 'alert')} that somebody judged ${watch.called.false === 0 ? 'none was' : watch.called.false === 1 ? '1 was' : `${watch.called.false} were`} false: the share of false ones is about ${percent(mean)} (between ${percent(quantile(0.025))} and ${percent(quantile(0.975))}).`,
                  ]),
              ...(flaps
                ? [`In the last week ${watch.flapping} of them came and went several times.`]
                : []),
            ],
            ignored: 'People stop looking at its alerts, and miss the one that matters.',
            evidence: {
              kind: 'course',
              caption: 'Alerts that fired, by day',
              unit: 'count',
              series: [{ name: 'alerts', points: firedByDay(watch, facts.eventTime) }],
              reference: null,
              marks: [],
            },
            action: lookAction('Make it wait longer, or set its limit anew', page),
            promise: {
              measure: { kind: 'alerts', watch: watch.key },
              ...{ unit: 'count', better: -1, horizonMs: 14 * dayMs },
              ...{ low: -watch.firedWeek / 7, high: -watch.firedWeek / 14 },
              sentence: 'Within two weeks it fires half as often, or less.',
            },
            since: begun(facts, watch.days[0]?.at ?? facts.eventTime),
            impact: {
              value: Math.min(0.4, 0.05 * watch.firedWeek),
              words: `Somebody is called for nothing about ${timesWords(Math.max(1, Math.round(flaps ? watch.firedWeek : watch.firedWeek * mean)))} a week.`,
            },
            reach: { share: 0.1, users: null },
          }),
        },
      ];
    }),
};

function timesWords(count: number): string {
  return count === 0 ? 'never' : count === 1 ? 'once' : `${count.toLocaleString('en')} times`;
}

function firedByDay({ days }: WatchFacts, until: number) {
  const byDay = new Map(days.map(({ at, fired }) => [at, fired]));
  return Array.from({ length: 28 }, (_, i) => {
    const at = wholeDay(until) - (27 - i) * dayMs;
    return { at, value: byDay.get(at) ?? 0, lower: null, upper: null };
  });
}
