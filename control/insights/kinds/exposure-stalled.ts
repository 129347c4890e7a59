/** An experiment runs, events flow, and nobody enters it any more, although not everybody is in it. */
import type { ExperimentFacts } from '../gather/experiments.ts';
import type { InsightKind } from '../insightKind.ts';
import { countedUnits, experimentPage, experimentSubject } from '../parts/experimentCard.ts';
import { begun, dayMs, lookAction, reachOf, standingPromise, wholeDay } from '../parts/standing.ts';

/** Whole days without anybody. */
const daysLeast = 2;
/** A day, in the three days before. */
const unitsLeast = 20;
/** Of the active users: where more of them are in it, there are few left who could enter. */
const fullShare = 0.5;

export const exposureStalled: InsightKind = {
  kind: 'exposure-stalled',
  area: 'experiments',
  summary: 'Nobody enters a running experiment any more.',
  test:
    `A fact: no unit was exposed for ${daysLeast} whole days and more while events came, after at least ${unitsLeast} a day in the ` +
    `three days before; fewer than ${fullShare * 100} % of the active users whom its traffic takes in are in it. Not of classes.`,
  find: (facts) =>
    (facts.experiments ?? []).flatMap((each) => {
      const { experiment, lastExposureAt, result } = each;
      if (experiment.state !== 'running' || experiment.unit !== 'user') return [];
      if (experiment.traffic === 0 || lastExposureAt === null || result === null) return [];
      const silentDays = Math.floor((facts.eventTime - lastExposureAt) / dayMs);
      if (silentDays < daysLeast) return [];
      const rate = rateBefore(each, lastExposureAt);
      const isFull = result.exposed >= fullShare * experiment.traffic * facts.activeUsers;
      if (rate < unitsLeast || isFull) return [];
      return [
        {
          subject: experimentSubject(each),
          judgedAt: wholeDay(facts.eventTime),
          pValue: null,
          tell: () => ({
            changed: `Nobody has entered “${experiment.name}” for ${silentDays} days.`,
            why: [
              `In the days before about ${countedUnits(Math.round(rate), experiment)} entered each day.`,
              `Events go on coming, and ${countedUnits(result.exposed, experiment)} are in it of ${facts.activeUsers.toLocaleString('en')} who are active.`,
            ],
            ignored:
              'The experiment stands still: the application most likely does not ask for it any more, or does not say whom it has shown it.',
            evidence: {
              kind: 'course',
              caption: 'Users who entered, by day',
              unit: 'count',
              series: [{ name: 'entered', points: entered(each, facts.eventTime) }],
              reference: null,
              marks: [{ at: lastExposureAt, name: 'the last one' }],
            },
            action: lookAction(
              'Look at what the application sends',
              experimentPage(experiment.key),
            ),
            promise: standingPromise('Users enter the experiment again.', 2),
            since: begun(facts, lastExposureAt),
            impact: {
              value: 0.4,
              words: `About ${countedUnits(Math.round(rate), experiment)} a day are missing from it.`,
            },
            reach: reachOf(facts, rate * silentDays),
          }),
        },
      ];
    }),
};

function rateBefore({ exposures }: ExperimentFacts, lastAt: number): number {
  const end = wholeDay(lastAt) + dayMs;
  const before = exposures.filter(({ at }) => at >= end - 3 * dayMs && at < end);
  const began = exposures[0]?.at ?? end;
  const days = Math.max(1, Math.min(3, (end - began) / dayMs));
  return before.reduce((sum, { units }) => sum + units, 0) / days;
}

/** Days without anybody are 0. */
function entered({ exposures }: ExperimentFacts, until: number) {
  const first = exposures[0]?.at ?? wholeDay(until);
  const byDay = new Map(exposures.map(({ at, units }) => [at, units]));
  const days = Math.min(90, Math.round((wholeDay(until) - first) / dayMs));
  const from = wholeDay(until) - days * dayMs;
  return Array.from({ length: days + 1 }, (_, i) => {
    const at = from + i * dayMs;
    return { at, value: byDay.get(at) ?? 0, lower: null, upper: null };
  });
}
