/** Units are seen in more than one variant of the same experiment. */
import { isLive } from '../../../contracts/definitionState.ts';
import { percent } from '../../words.ts';
import type { InsightKind } from '../insightKind.ts';
import { countedUnits, experimentSubject, pauseAction } from '../parts/experimentCard.ts';
import { begun, reachOf, standingPromise, wholeDay } from '../parts/standing.ts';

/** Fewer are an accident. */
const crossedLeast = 10;

export const crossedUnits: InsightKind = {
  kind: 'crossed-units',
  area: 'experiments',
  summary: 'Users get now one variant, now another.',
  test: `A fact: more than 1 % of the units were seen in more than one variant, at least ${crossedLeast} of them.`,
  find: (facts) =>
    (facts.experiments ?? []).flatMap((each) => {
      const { experiment, result } = each;
      if (experiment.state !== 'running' || !isLive(experiment) || result === null) return [];
      const { crossed, exposed, crossedAlarm } = result;
      if (!crossedAlarm || crossed < crossedLeast) return [];
      return [
        {
          subject: experimentSubject(each),
          judgedAt: wholeDay(facts.eventTime),
          pValue: null,
          tell: () => ({
            changed: `In “${experiment.name}” ${countedUnits(crossed, experiment)} were shown more than one variant.`,
            why: [
              `That is ${percent(crossed / exposed)} of ${countedUnits(exposed, experiment)}; with a stable assignment it is none.`,
              'They are left out of the comparison where that was known in time.',
            ],
            ignored:
              'The variants blur into each other, and effects look smaller than they are. Mostly an application asks under another name for the same user.',
            evidence: {
              kind: 'bars',
              caption: 'Units of the experiment',
              unit: 'count',
              bars: [
                { name: 'one variant', value: Math.max(0, exposed - crossed), isMeant: false },
                { name: 'several variants', value: crossed, isMeant: true },
              ].map((bar) => ({ ...bar, lower: null, upper: null })),
              reference: null,
            },
            action: pauseAction(
              each,
              'Nobody new enters, and those who are in it get what there is without it, until the application is mended and it is resumed.',
            ),
            promise: standingPromise('The experiment mixes its variants no more.', 1),
            since: begun(facts, result.at),
            impact: {
              value: Math.min(0.7, 0.2 + (5 * crossed) / exposed),
              words: `${countedUnits(crossed, experiment)} see the page change under their hands.`,
            },
            reach: reachOf(facts, crossed),
          }),
        },
      ];
    }),
};
