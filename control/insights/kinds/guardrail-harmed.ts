/**
 * An experiment harms what it must not harm.
 *
 * Source: the e-values of the experiment against "not worse" (design-based mixture, FORMULAS 1.9); their mean is an e-value
 * however they depend on one another (Vovk & Wang 2021), so min(1, 1/e) holds at any time (Ville 1939).
 */
import { isLive } from '../../../contracts/definitionState.ts';
import { lnAverage, pValueOf } from '../../../stats/sequential/eValue.ts';
import type { Candidate, InsightKind } from '../insightKind.ts';
import {
  type Compared,
  comparisonsOf,
  countedUnits,
  effectCourse,
  effectSentence,
  experimentPage,
  experimentSubject,
  stopAction,
  unitsOf,
  variantName,
} from '../parts/experimentCard.ts';
import { begun, lookAction, reachOf, standingPromise, wholeDay } from '../parts/standing.ts';

/** Scored units. */
const unitsLeast = 100;

export const guardrailHarmed: InsightKind = {
  kind: 'guardrail-harmed',
  area: 'experiments',
  summary: 'A variant harms a metric that must not be harmed.',
  test:
    'Once a day: the mean of the e-values against “not worse”, over all guardrails and variants, gives p = min(1, 1/e), which holds ' +
    'however often one looks. Any harm counts; at least 100 scored units. Where the engine has stopped it already: a fact, of however few.',
  find: (facts) =>
    (facts.experiments ?? []).flatMap((each): Candidate[] => {
      const { experiment, result, ended } = each;
      const isEnded = ended?.byEngine === true && experiment.decision?.verdict === 'stop';
      // What the engine has stopped for its harm it has stopped, of however few.
      const compared = comparisonsOf(each, 'guardrail').filter(
        (one) => isEnded || unitsOf(one.result) >= unitsLeast,
      );
      const [first] = compared;
      if (result === null || first === undefined || experiment.hold !== null) return [];
      const lnHarms = compared.map(lnHarm);
      const worst = compared.reduce((a, b) => (lnHarm(b) > lnHarm(a) ? b : a), first);
      const isStopped = isEnded && worst.comparison.direction === 'bad';
      if (!isLive(experiment) && !isStopped) return [];
      return [
        {
          subject: experimentSubject(each),
          judgedAt: wholeDay(facts.eventTime),
          pValue: isStopped ? null : pValueOf(lnAverage(lnHarms)),
          tell: () => ({
            changed: isStopped
              ? `The engine has stopped “${experiment.name}”: it harmed “${worst.metric.name}”.`
              : `“${experiment.name}” harms “${worst.metric.name}”.`,
            why: [
              effectSentence(each, worst),
              `“${worst.metric.name}” is a guardrail: it must not ${worst.metric.direction === 'increase' ? 'fall' : 'rise'}, whatever else is gained.`,
            ],
            ignored: isStopped
              ? 'Nobody is harmed any more. If it is tried again as it was, it will do the same harm.'
              : `Those who get ${variantName(experiment, worst.comparison.variant)} go on being harmed.`,
            evidence: effectCourse(each, worst),
            action: isStopped
              ? lookAction('See what was harmed', experimentPage(each.key))
              : stopAction(
                  each,
                  { verdict: 'stop', variant: null },
                  'Stop it',
                  'The experiment ends, and everybody gets what there is without it.',
                ),
            promise: isStopped ? null : standingPromise('Nobody is harmed by it any more.', 1),
            since: begun(facts, ended?.at ?? result.at),
            impact: {
              value: isStopped ? 0.3 : 0.9,
              words: `${countedUnits(treatedUnits(worst), experiment)} ${isStopped ? 'had' : 'have'} ${variantName(experiment, worst.comparison.variant)}.`,
            },
            reach: reachOf(facts, treatedUnits(worst)),
          }),
        },
      ];
    }),
};

function lnHarm({ metric, comparison: { lnE } }: Compared): number {
  return metric.direction === 'increase' ? lnE.lower : lnE.higher;
}

function treatedUnits({ result, comparison }: Compared): number {
  const arm = result.arms.find(({ variant }) => variant === comparison.variant);
  return (arm?.units ?? 0) + (arm?.immature ?? 0);
}
