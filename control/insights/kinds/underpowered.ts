/** At the rate at which units come, the experiment will not find the smallest effect that matters, or only after a long time. */
import type { InsightAction } from '../../../contracts/insight.ts';
import { amount } from '../../experiments/effectWords.ts';
import { percent } from '../../words.ts';
import type { ExperimentFacts } from '../gather/experiments.ts';
import type { InsightKind } from '../insightKind.ts';
import {
  countedUnits,
  effectCourse,
  experimentPage,
  experimentSubject,
  primaryComparisons,
  smallestThatMatters,
  unitsOf,
} from '../parts/experimentCard.ts';
import { begun, dayMs, lookAction, reachOf, standingPromise, wholeDay } from '../parts/standing.ts';

/** More days than this are too many to wait. */
const daysMax = 60;
/** It has to have run so long, and to have scored so many units. */
const daysLeast = 2;
const unitsLeast = 100;
/** Where nobody new comes: effects that can be found are at least so many times the smallest that matters. */
const shortBy = 1.5;

export const underpowered: InsightKind = {
  kind: 'underpowered',
  area: 'experiments',
  summary: 'An experiment gets too few units to find what it looks for.',
  test:
    `A fact: at the rate of the last day the plan's 80 % is more than ${daysMax} days away; or nobody new has come for two days, ` +
    `and what would be found with 80 % is ${shortBy} times the smallest effect that matters. After ${daysLeast} days and ` +
    `${unitsLeast} scored units.`,
  find: (facts) =>
    (facts.experiments ?? []).flatMap((each) => {
      const { experiment, result, lastExposureAt } = each;
      const startAt = experiment.stages[0]?.startAt;
      const [first] = primaryComparisons(each);
      if (experiment.state !== 'running' || startAt === undefined) return [];
      if (result === null || result.verdict.word !== 'keep running') return [];
      if (first === undefined || unitsOf(first.result) < unitsLeast) return [];
      if (facts.eventTime - startAt < daysLeast * dayMs) return [];
      const { daysLeft } = result.verdict;
      const { detectable } = first.comparison;
      const isFull = lastExposureAt !== null && facts.eventTime - lastExposureAt > 2 * dayMs;
      const isShort = detectable !== null && detectable >= shortBy * experiment.minimumEffect;
      const isLong = daysLeft !== null && daysLeft > daysMax;
      if (!isLong && !(isFull && isShort)) return [];
      return [
        {
          subject: experimentSubject(each),
          judgedAt: wholeDay(facts.eventTime),
          pValue: null,
          tell: () => ({
            changed: isLong
              ? `“${experiment.name}” needs about ${Math.ceil(daysLeft).toLocaleString('en')} more days at the present rate.`
              : `“${experiment.name}” has too few units to find what it looks for, and nobody new comes.`,
            why: [
              ...(detectable === null
                ? []
                : [
                    `With what has come so far it would find a difference of ${amount(detectable, first.metric)}; ${smallestThatMatters(each, first.metric)} is the smallest that matters.`,
                  ]),
              `${countedUnits(unitsOf(first.result), experiment)} have been scored, ${isLong ? rateWords(each) : 'and nobody has entered for two days or more.'}`,
              ...(experiment.traffic < 1
                ? [`Only ${percent(experiment.traffic)} of those who could be in it are taken in.`]
                : []),
            ],
            ignored:
              'It will most likely end without an answer, although everything was paid for: the work, and the users who were in it.',
            evidence: effectCourse(each, first),
            action: moreOrOther(each, daysLeft),
            promise: standingPromise(
              'The experiment can be done in time, or is not under way any more.',
              3,
            ),
            since: begun(facts, startAt + daysLeast * dayMs),
            impact: {
              value: 0.3,
              words: `${countedUnits(result.exposed, experiment)} take part in an experiment that will hardly answer its question.`,
            },
            reach: reachOf(facts, result.exposed),
          }),
        },
      ];
    }),
};

function rateWords({ exposures, experiment }: ExperimentFacts): string {
  const whole = exposures.slice(-4, -1);
  if (whole.length === 0) return 'and few come.';
  const rate = whole.reduce((sum, { units }) => sum + units, 0) / whole.length;
  return `and about ${countedUnits(Math.round(rate), experiment)} a day came lately.`;
}

/** More of the traffic where there is more; else a question that needs less. */
function moreOrOther(each: ExperimentFacts, daysLeft: number | null): InsightAction {
  const { key, experiment, revision } = each;
  const { traffic } = experiment;
  if (traffic >= 1 || traffic === 0) {
    return lookAction(
      'Plan it anew: with a larger effect, fewer variants, or a metric that varies less',
      '/experiments/plan',
    );
  }
  const days = daysLeft === null ? '' : ` That makes about ${Math.ceil(daysLeft * traffic)} days.`;
  return {
    label: 'Take everybody in',
    page: `${experimentPage(key)}/edit`,
    request: {
      method: 'PUT',
      path: `/v1/experiments/${encodeURIComponent(key)}`,
      body: { experiment: { ...experiment, traffic: 1 }, revision },
      reasonField: 'reason',
    },
    needs: 'operate',
    consequence: `All who can be in it enter from now on, instead of ${percent(traffic)}.${days} What was seen so far stays valid.`,
    undo: 'Set the traffic back on its page; who has entered by then stays in it.',
  };
}
