/**
 * A variant harms one group, while the whole gains by it, or is not seen to lose.
 *
 * Source: Wang & Ramdas 2022 (e-BH) decides over all segments together; the p-value is that of the group with the most evidence of
 * harm times the number of comparisons (Bonferroni), small groups that are not shown included.
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

export const segmentHarmed: InsightKind = {
  kind: 'segment-harmed',
  area: 'experiments',
  summary: 'A variant is worse for one group of users while it is not for all.',
  test:
    'Once a day: the e-value e against “not worse” of the segment that has most evidence of harm, decided by e-BH over all segments; ' +
    'p = min(1, comparisons / e), groups too small to be shown counted. Only while the whole is not worse; at least ' +
    `${unitsLeast} scored units in the segment.`,
  find: (facts) =>
    (facts.experiments ?? []).flatMap((each): Candidate[] => {
      const { experiment, result } = each;
      if (!isLive(experiment) || experiment.hold !== null || result === null) return [];
      const [first] = primaryComparisons(each);
      if (first === undefined) return [];
      const found = inSegments(each, first, 'bad');
      if (found.length === 0) return [];
      const hidden = result.suppressed * (experiment.variants.length - 1);
      const worst = found.reduce((a, b) => (b.lnE > a.lnE ? b : a));
      const whole = first.result.comparisons.find(
        ({ variant }) => variant === worst.comparison.variant,
      );
      const { comparison, segment, lnE } = worst;
      // Where the whole is worse it is told of the whole.
      const isApart = whole !== undefined && whole.direction !== 'bad';
      const isHarmed = comparison.decided && comparison.direction === 'bad';
      const isFound = isApart && isHarmed && unitsOf(segment) >= unitsLeast;
      return [
        {
          subject: experimentSubject(each),
          judgedAt: wholeDay(facts.eventTime),
          pValue: isFound ? pValueOf(lnE - Math.log(found.length + hidden)) : 1,
          tell: () => {
            const name = variantName(experiment, comparison.variant);
            const group = `“${groupName(segment)}”`;
            const wins = whole?.direction === 'good';
            const range = whole === undefined ? '' : between(whole.effect, first.metric);
            const all = range === '' ? 'nothing is decided' : `the effect lies ${range}`;
            return {
              changed: `In “${experiment.name}” ${name} is worse for ${group}, ${wins ? 'though all together gain' : 'and not for all'}.`,
              why: [
                `For ${group} “${first.metric.name}” ${change(comparison.effect, first.metric)} with ${name}, seen on ${countedUnits(unitsOf(segment), experiment)}.`,
                `For all together ${all}${wins ? ': it is better' : ''}.`,
                `${found.length + hidden} comparisons in segments were judged together, so that one of them does not pass for harmed by chance.`,
              ],
              ignored: wins
                ? 'It will be shipped to all because of the total, and those who lose by it are not seen there.'
                : `Those of ${group} who get ${name} go on losing by it, and the total does not show it.`,
              evidence: segmentEvidence(found, worst, first),
              action: lookAction(
                'Look at the groups before it is decided',
                experimentPage(each.key),
              ),
              promise: null,
              since: begun(facts, result.at),
              impact: {
                value: 0.7,
                words: `${countedUnits(unitsOf(segment), experiment)} of ${group} in the experiment; others like them would lose.`,
              },
              reach: reachOf(facts, unitsOf(segment)),
            };
          },
        },
      ];
    }),
};
