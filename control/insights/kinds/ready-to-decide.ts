/**
 * The experiment has a verdict, and nobody has decided.
 *
 * A fact: the verdict is that of the experiment's own rule, whose error level was fixed before it began and holds at all times.
 */
import { isLive } from '../../../contracts/definitionState.ts';
import type { Verdict } from '../../../contracts/experimentResult.ts';
import { percent } from '../../words.ts';
import type { ExperimentFacts } from '../gather/experiments.ts';
import type { InsightKind } from '../insightKind.ts';
import {
  comparisonsOf,
  countedUnits,
  effectCourse,
  experimentSubject,
  primaryComparisons,
  smallestThatMatters,
  stopAction,
  unitsOf,
  variantName,
} from '../parts/experimentCard.ts';
import { begun, reachOf, standingPromise } from '../parts/standing.ts';

export const readyToDecide: InsightKind = {
  kind: 'ready-to-decide',
  area: 'experiments',
  summary: 'An experiment has shown what it was made for; somebody should decide.',
  test:
    'A fact: the verdict of the experiment is “ship” or “stop” and nobody has decided. The error level is that of the experiment, ' +
    'fixed at its start, and holds at all times. Harmed guardrails are told apart.',
  find: (facts) =>
    (facts.experiments ?? []).flatMap((each) => {
      const { experiment, result } = each;
      if (!isLive(experiment) || experiment.hold !== null || result === null) return [];
      const { verdict } = result;
      if (verdict.word !== 'ship' && verdict.word !== 'stop') return [];
      const isHarm = comparisonsOf(each, 'guardrail').some(
        ({ comparison }) => comparison.direction === 'bad',
      );
      const compared = primaryComparisons(each);
      const [first] = compared;
      if (experiment.decision !== null || isHarm || first === undefined) return [];
      const told = compared.find(({ comparison }) => comparison.variant === verdict.variant);
      const shown = told ?? first;
      return [
        {
          subject: experimentSubject(each),
          judgedAt: facts.eventTime,
          pValue: null,
          tell: () => ({
            changed:
              verdict.word === 'ship'
                ? `“${experiment.name}” has a winner: ${variantName(experiment, verdict.variant ?? '')}.`
                : `“${experiment.name}” can be stopped: no variant is worth having.`,
            why: [
              verdict.sentence,
              `${countedUnits(unitsOf(shown.result), experiment)} have been scored.`,
              `A difference of ${smallestThatMatters(each, first.metric)} was set as the smallest that matters, and the plan allows ${percent(experiment.alpha)} for a wrong “it works”.`,
            ],
            ignored:
              verdict.word === 'ship'
                ? 'Those who have the control go on without what works better.'
                : 'Those who are in it go on getting something that is not worth it, and nothing else can be tried on them.',
            evidence: effectCourse(each, shown),
            action: decisionAction(each, verdict),
            promise: standingPromise('The experiment is decided.', 1),
            since: begun(facts, firstDecided(each, shown.comparison.variant) ?? result.at),
            impact: {
              value: verdict.word === 'ship' ? 0.6 : 0.3,
              words:
                verdict.word === 'ship'
                  ? `${countedUnits(result.exposed, experiment)} are in it; those who have the control and all who are not in it would gain.`
                  : `${countedUnits(result.exposed, experiment)} are kept in an experiment that has nothing more to show.`,
            },
            reach: reachOf(facts, verdict.word === 'ship' ? null : result.exposed),
          }),
        },
      ];
    }),
};

function decisionAction(each: ExperimentFacts, { word, variant }: Verdict) {
  const { experiment } = each;
  if (word === 'ship') {
    const name = variantName(experiment, variant ?? '');
    return stopAction(
      each,
      { verdict: 'ship', variant },
      `Stop it and ship ${name}`,
      `The experiment ends, and everybody gets ${name} from now on.`,
    );
  }
  return stopAction(
    each,
    { verdict: 'stop', variant: null },
    'Stop it',
    'The experiment ends, and everybody gets what there is without it.',
  );
}

/** When the evidence last rose beyond the level; undefined where the course does not say. */
function firstDecided({ experiment, courses }: ExperimentFacts, variant: string) {
  const threshold = Math.log(1 / experiment.alpha);
  const points = courses.find((each) => each.variant === variant)?.points ?? [];
  const last = points.findLastIndex(({ lnE }) => lnE < threshold);
  return points[last + 1]?.at;
}
