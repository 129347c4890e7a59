/**
 * Units do not come as they were assigned: no effect of the experiment can be believed.
 *
 * Source: Lindon & Malek 2020, 2011.03567 (a Bayes factor that is an e-process, so min(1, 1/e) holds at any time); Ville 1939.
 */
import { isLive } from '../../../contracts/definitionState.ts';
import type { SampleRatio } from '../../../contracts/experimentResult.ts';
import type { Evidence } from '../../../contracts/insight.ts';
import { pValueOf } from '../../../stats/sequential/eValue.ts';
import { wilson } from '../../../stats/wilson.ts';
import { percent } from '../../words.ts';
import type { ExperimentFacts } from '../gather/experiments.ts';
import type { InsightKind } from '../insightKind.ts';
import {
  countedUnits,
  experimentSubject,
  pauseAction,
  stopAction,
  variantName,
} from '../parts/experimentCard.ts';
import { begun, reachOf, standingPromise, wholeDay } from '../parts/standing.ts';

/** Fewer units say nothing of a ratio. */
const unitsLeast = 100;

export const sampleRatioMismatch: InsightKind = {
  kind: 'sample-ratio-mismatch',
  area: 'experiments',
  summary: 'Units of one variant are lost or added, so that no effect can be believed.',
  test:
    'Once a day, by all first exposures so far: the e-value e of the Bayes factor against “the units came as they were assigned” ' +
    'gives p = min(1, 1/e), which holds however often one looks. At least 100 units. Once the engine has paused it: a fact.',
  find: (facts) =>
    (facts.experiments ?? []).flatMap((each) => {
      const { experiment, result } = each;
      const { hold } = experiment;
      if (!isLive(experiment) || result === null) return [];
      const { sampleRatio } = result;
      const units = sampleRatio.arms.reduce((sum, arm) => sum + arm.units, 0);
      if (units < unitsLeast && hold === null) return [];
      return [
        {
          subject: experimentSubject(each),
          judgedAt: wholeDay(facts.eventTime),
          pValue: hold === null ? pValueOf(sampleRatio.lnE) : null,
          tell: () => ({
            changed: `In “${experiment.name}” ${countedUnits(farthest(sampleRatio).missing, experiment)} ${farthest(sampleRatio).missing === 1 ? 'is' : 'are'} missing from ${variantName(experiment, farthest(sampleRatio).variant)}.`,
            why: [
              ...sampleRatio.arms.map(
                (arm) =>
                  `${variantName(experiment, arm.variant)} has ${countedUnits(arm.units, experiment)}, ${percent(arm.units / units)} of all, where ${percent(arm.expected)} were assigned.`,
              ),
              hold === null
                ? `By chance this happens less often than once in ${oneIn(sampleRatio.lnE)} experiments.`
                : 'The engine has paused the experiment for that reason.',
            ].slice(0, 8),
            ignored:
              'Whatever the experiment shows is an effect of who is missing as much as of the variant: it may be the opposite of the truth.',
            evidence: cameEvidence(sampleRatio, each),
            action:
              experiment.state === 'running'
                ? pauseAction(
                    each,
                    'Nobody new enters, and those who are in it get what there is without it, until it is resumed.',
                  )
                : stopAction(
                    each,
                    { verdict: 'invalid', variant: null },
                    'Stop it as invalid',
                    'The experiment ends without a winner; everybody gets what there is without it.',
                  ),
            promise: standingPromise('The experiment misleads nobody any more.', 1),
            since: begun(facts, hold?.at ?? result.at),
            impact: {
              value: 0.8,
              words: `What ${countedUnits(units, experiment)} have shown so far cannot be used.`,
            },
            reach: reachOf(facts, experiment.unit === 'user' ? units : null),
          }),
        },
      ];
    }),
};

/** The variant that lacks most of what was assigned to it. */
function farthest({ arms }: SampleRatio): { variant: string; missing: number } {
  const all = arms.reduce((sum, { units }) => sum + units, 0);
  const lacking = arms.map(({ variant, units, expected }) => {
    // As many as there would be if the others were as planned.
    const others = expected < 1 ? ((all - units) * expected) / (1 - expected) : all;
    return { variant, missing: Math.max(0, Math.round(others - units)) };
  });
  return lacking.reduce((worst, each) => (each.missing > worst.missing ? each : worst));
}

function oneIn(lnE: number): string {
  return lnE > Math.log(1e6) ? 'a million' : Math.floor(Math.exp(lnE)).toLocaleString('en');
}

function cameEvidence(sampleRatio: SampleRatio, { experiment }: ExperimentFacts): Evidence {
  const all = sampleRatio.arms.reduce((sum, { units }) => sum + units, 0);
  const meant = farthest(sampleRatio).variant;
  return {
    kind: 'bars',
    caption: 'Units that came, by those that were planned: 1 is as planned',
    unit: 'number',
    bars: sampleRatio.arms.map(({ variant, units, expected }) => {
      const { lower, upper } = wilson(units, all);
      return {
        name: experiment.variants.find(({ key }) => key === variant)?.name ?? variant,
        ...(expected > 0
          ? { value: units / all / expected, lower: lower / expected, upper: upper / expected }
          : { value: null, lower: null, upper: null }),
        isMeant: variant === meant,
      };
    }),
    reference: { name: 'as planned', value: 1 },
  };
}
