/**
 * A model's predictions must be expected to be worse, before their labels have come: the log loss that its calibrated scores promise.
 *
 * Source: NannyML, "Confidence-based performance estimation" (the estimate, see `estimatedPerformance`); the test is that of
 * `dayShift`, the estimate of a day being its value, so that what days differ by for other reasons counts as chance.
 */
import { percent } from '../../words.ts';
import type { ModelFacts } from '../gather/modelFacts.ts';
import type { InsightKind } from '../insightKind.ts';
import { dayShift } from '../parts/dayShift.ts';
import { course } from '../parts/evidence.ts';
import { dateOf, loss, newestDays } from '../parts/insightWords.ts';
import {
  dayRowsMin,
  lookAt,
  modelName,
  modelSubject,
  reachOf,
  whom,
  worthLost,
} from '../parts/modelCard.ts';

const leastShare = 0.02;
const leastRise = 0.005;
/** With more labels than that the realised figure tells it better. */
const coverageMax = 0.5;

export const performanceDropEstimated: InsightKind = {
  kind: 'performance-drop-estimated',
  area: 'models',
  summary: 'Predictions must be expected to be worse, before it is known what happened.',
  test:
    'Log loss that calibrated scores promise for the newest 2 or 5 complete days, of which fewer than half of the labels have come, ' +
    'against up to 28 days before, days as units, as in performance-drop; counts from a rise of 2 % and 0.005 nats on. ' +
    `At least 6 days before, each with ${dayRowsMin} predictions.`,
  find: (facts) =>
    (facts.models ?? []).flatMap((model) => {
      const days = model.expected.filter(({ count }) => count >= dayRowsMin);
      const newest = days.at(-1);
      if (newest === undefined || newest.labelled > coverageMax * newest.count) return [];
      const readings = days.map(({ day, logLoss, lower, upper }) => ({
        ...{ day, value: logLoss, variance: varianceOf(lower, upper), lower, upper },
      }));
      const shift = dayShift(readings, {
        direction: 'rise',
        least: (before) => Math.max(leastRise, leastShare * before),
        eventTime: facts.eventTime,
      });
      if (shift === undefined) return [];
      const { pValue, judgedAt, before, after, estimate, lower, upper, since, recent } = shift;
      const coverage = coverageOf(days, recent.length);
      const lost = worthLost(estimate, before, NaN);
      return [
        {
          ...{ subject: modelSubject(model), judgedAt, pValue },
          tell: () => ({
            changed: `The predictions of ${modelName(model)} are expected to be worse, since ${dateOf(since)}: log loss of ${loss(after)} instead of ${loss(before)}.`,
            why: [
              `Over ${newestDays(recent.length)} the expected log loss is ${loss(estimate)} above the same weekdays before (95 % interval: ${loss(lower)} to ${loss(upper)}).`,
              `Only ${percent(coverage)} of what happened is known yet: the expectation follows from how sure the predictions are.`,
              'Predictions have moved to where the model is less sure. That is no error of the model as long as its probabilities are right.',
            ],
            ignored:
              'The loss comes when the labels do; until then decisions rest on predictions that are less sure than usual.',
            evidence: course(
              `Expected log loss of ${modelName(model)} by day, with its interval; lower is better`,
              'number',
              [
                { name: 'Expected', days: readings },
                { name: 'By labels that came', days: realised(model) },
              ].filter(({ days: { length } }) => length > 0),
              { name: 'Before', value: before },
              [{ at: since, name: 'Expected to be worse' }],
            ),
            action: lookAt(model),
            promise: null,
            since,
            impact: {
              value: lost,
              words: `${percent(lost)} of what the predictions are worth is expected to be lost for ${whom(model)}.`,
            },
            reach: reachOf(model, facts),
          }),
        },
      ];
    }),
};

function realised({ days }: ModelFacts) {
  return days.map(({ day, logLoss, lossVariance }) => ({
    ...{ day, value: logLoss, variance: lossVariance },
  }));
}

/** Of an interval of 95 %. */
function varianceOf(lower: number | null, upper: number | null): number {
  if (lower === null || upper === null) return 0;
  return ((upper - lower) / (2 * 1.96)) ** 2;
}

function coverageOf(days: ModelFacts['expected'], newest: number): number {
  const own = days.slice(-newest);
  const sum = (pick: (day: (typeof own)[number]) => number) =>
    own.reduce((total, day) => total + pick(day), 0);
  return sum(({ labelled }) => labelled) / sum(({ count }) => count);
}
