/** The experiment has scored more than its plan asked for and shows neither an effect that matters nor that there is none. */
import { amount, between } from '../../experiments/effectWords.ts';
import type { InsightKind } from '../insightKind.ts';
import {
  countedUnits,
  effectCourse,
  experimentSubject,
  primaryComparisons,
  smallestThatMatters,
  stopAction,
  unitsOf,
} from '../parts/experimentCard.ts';
import { begun, reachOf, standingPromise, wholeDay } from '../parts/standing.ts';

const unitsLeast = 100;

export const pastHorizon: InsightKind = {
  kind: 'past-horizon',
  area: 'experiments',
  summary: 'An experiment has seen more than was planned and decides nothing.',
  test:
    'A fact: the verdict is “keep running” although the smallest effect that matters would have been found with 80 % by now, in ' +
    `every variant. At least ${unitsLeast} scored units.`,
  find: (facts) =>
    (facts.experiments ?? []).flatMap((each) => {
      const { experiment, result } = each;
      const compared = primaryComparisons(each);
      const [first] = compared;
      if (experiment.state !== 'running' || first === undefined) return [];
      if (result === null || result.verdict.word !== 'keep running') return [];
      const isPast = compared.every(
        ({ comparison: { detectable } }) =>
          detectable !== null && detectable <= experiment.minimumEffect,
      );
      if (!isPast || unitsOf(first.result) < unitsLeast) return [];
      return [
        {
          subject: experimentSubject(each),
          judgedAt: wholeDay(facts.eventTime),
          pValue: null,
          tell: () => {
            const { detectable, effect } = first.comparison;
            const range = between(effect, first.metric);
            return {
              changed: `“${experiment.name}” has run longer than was planned and decides nothing.`,
              why: [
                `By now it would have found a difference of ${amount(detectable ?? 0, first.metric)} in four of five cases; ${smallestThatMatters(each, first.metric)} is the smallest that matters.`,
                ...(range === '' ? [] : [`The effect on “${first.metric.name}” lies ${range}.`]),
                `${countedUnits(unitsOf(first.result), experiment)} have been scored.`,
              ],
              ignored:
                'An effect that matters is unlikely by now: going on mostly keeps users in it and blocks other experiments.',
              evidence: effectCourse(each, first),
              action: stopAction(
                each,
                { verdict: 'stop', variant: null },
                'Stop it without a winner',
                'The experiment ends, and everybody gets what there is without it.',
              ),
              promise: standingPromise('The experiment is not under way any more.', 1),
              since: begun(facts, result.at),
              impact: {
                value: 0.25,
                words: `${countedUnits(result.exposed, experiment)} are kept in an experiment that has hardly anything left to show.`,
              },
              reach: reachOf(facts, result.exposed),
            };
          },
        },
      ];
    }),
};
