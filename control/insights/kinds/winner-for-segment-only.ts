/**
 * A variant helps one group, while it helps not the whole.
 *
 * Source: Wang & Ramdas 2022 (e-BH) decides over all segments together; the p-value is that of the best segment times the number
 * of comparisons (Bonferroni), small groups that are not shown included.
 */
import { isLive } from '../../../contracts/definitionState.ts';
import { pValueOf } from '../../../stats/sequential/eValue.ts';
import { between, change } from '../../experiments/effectWords.ts';
import type { Candidate, InsightKind } from '../insightKind.ts';
import {
  countedUnits,
  experimentPage,
  experimentSubject,
  primaryComparisons,
  unitsOf,
  variantName,
} from '../parts/experimentCard.ts';
import { groupName, inSegments, segmentEvidence } from '../parts/experimentSegments.ts';
import { begun, lookAction, reachOf, wholeDay } from '../parts/standing.ts';

/** Scored units of the segment. */
const unitsLeast = 100;

export const winnerForSegmentOnly: InsightKind = {
  kind: 'winner-for-segment-only',
  area: 'experiments',
  summary: 'A variant is better for one group of users while it is not for all.',
  test:
    'Once a day: the best segment’s e-value e against “not better”, decided by e-BH over all segments; p = min(1, comparisons / e), ' +
    `groups too small to be shown counted. Only while the whole is not better; at least ${unitsLeast} scored units in the segment.`,
  find: (facts) =>
    (facts.experiments ?? []).flatMap((each): Candidate[] => {
      const { experiment, result } = each;
      if (!isLive(experiment) || experiment.hold !== null || result === null) return [];
      const [first] = primaryComparisons(each);
      if (first === undefined) return [];
      const found = inSegments(each, first, 'good');
      if (found.length === 0) return [];
      const hidden = result.suppressed * (experiment.variants.length - 1);
      const best = found.reduce((a, b) => (b.lnE > a.lnE ? b : a));
      const whole = first.result.comparisons.find(
        ({ variant }) => variant === best.comparison.variant,
      );
      const isOnly = whole !== undefined && whole.direction !== 'good';
      const isFound = isOnly && best.comparison.decided && unitsOf(best.segment) >= unitsLeast;
      const pValue = pValueOf(best.lnE - Math.log(found.length + hidden));
      return [
        {
          subject: experimentSubject(each),
          judgedAt: wholeDay(facts.eventTime),
          pValue: isFound ? pValue : 1,
          tell: () => {
            const name = variantName(experiment, best.comparison.variant);
            const group = `“${groupName(best.segment)}”`;
            const range = whole === undefined ? '' : between(whole.effect, first.metric);
            return {
              changed: `In “${experiment.name}” ${name} is better for ${group}, but not for all.`,
              why: [
                `For ${group} “${first.metric.name}” ${change(best.comparison.effect, first.metric)} with ${name}, seen on ${countedUnits(unitsOf(best.segment), experiment)}.`,
                range === ''
                  ? 'For all together nothing is decided.'
                  : `For all together the effect lies ${range}${whole?.direction === 'bad' ? ': it is worse' : ''}.`,
                `${found.length + hidden} comparisons in segments were judged together, so that one of them does not pass for a winner by chance.`,
              ],
              ignored:
                'It will be stopped as useless, or shipped to all, although it is good for some only.',
              evidence: segmentEvidence(found, best, first),
              action: lookAction(
                'Look at the groups, and try it on this one alone',
                experimentPage(each.key),
              ),
              promise: null,
              since: begun(facts, result.at),
              impact: {
                value: 0.4,
                words: `${countedUnits(unitsOf(best.segment), experiment)} of ${group} in the experiment; others like them would gain.`,
              },
              reach: reachOf(facts, unitsOf(best.segment)),
            };
          },
        },
      ];
    }),
};
