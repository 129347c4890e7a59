/**
 * A model's probabilities no longer mean what they say: what happens less what was predicted, overall and by thirds of the probability.
 *
 * The four are tested by days (see `dayShift`), either direction, and adjusted for being four. Source: Holm 1979 (adjustment);
 * DeGroot & Fienberg 1983 (calibration by groups of the probability).
 */
import { holm } from '../../../stats/multiplicity/holm.ts';
import type { ModelDay, ModelFacts } from '../gather/modelFacts.ts';
import type { InsightKind } from '../insightKind.ts';
import { type DayReading, type DayShift, dayShift } from '../parts/dayShift.ts';
import { course } from '../parts/evidence.ts';
import { dateOf, newestDays, points, pointsBetween } from '../parts/insightWords.ts';
import {
  dayRowsMin,
  enoughDays,
  modelName,
  modelSubject,
  reachOf,
  retrain,
  whom,
} from '../parts/modelCard.ts';

/** Smallest change of the difference that counts. */
const least = 0.02;

interface Part {
  readonly name: string;
  readonly readings: readonly DayReading[];
  readonly shift: DayShift;
}

const thirdNames = [
  'those predicted at under 33 %',
  'those predicted at 33 to 67 %',
  'those predicted at over 67 %',
];

export const calibrationSlipped: InsightKind = {
  kind: 'calibration-slipped',
  area: 'models',
  summary: 'Probabilities are too high or too low, where they were right before.',
  test:
    'Share of what happened less mean probability, of all predictions and of each third of the probability: the newest 2 or 5 ' +
    'complete days against up to 28 days before, days as units, as in performance-drop, either direction; Holm over the four. ' +
    `Counts from 2 points on. At least 6 days before, each with ${dayRowsMin} labelled predictions.`,
  find: (facts) =>
    (facts.models ?? []).flatMap((model) => {
      const parts = partsOf(model, facts.eventTime);
      if (parts.length === 0) return [];
      const adjusted = holm(parts.map(({ shift }) => shift.pValue));
      const pValue = Math.min(...adjusted);
      const { name, readings, shift } = parts[adjusted.indexOf(pValue)]!;
      const { judgedAt, since, after, before, estimate, lower, upper, recent } = shift;
      const isHigh = estimate < 0;
      return [
        {
          ...{ subject: modelSubject(model), judgedAt, pValue },
          tell: () => ({
            changed: `Probabilities of ${modelName(model)} have become too ${isHigh ? 'high' : 'low'} by ${points(estimate)}, since ${dateOf(since)}.`,
            why: [
              `Over ${newestDays(recent.length)}, among ${name}, the share that came true was ${points(after)} ${after < 0 ? 'below' : 'above'} what was predicted; on the same weekdays before it was ${points(before)} ${before < 0 ? 'below' : 'above'}.`,
              `The change lies ${pointsBetween(lower, upper)} (95 % interval); from ${points(least)} on it counts.`,
              'A probability of 70 % should come true in 70 of 100 cases: whoever decides at a threshold relies on that.',
            ],
            ignored: `Decisions at a threshold take ${isHigh ? 'too many' : 'too few'} cases, and experiments that are adjusted by predictions gain less.`,
            evidence: course(
              `Share that came true less predicted share of ${modelName(model)}, ${name}, by day`,
              'share',
              [{ name: 'Came true less predicted', days: readings }],
              { name: 'Before', value: before },
              [{ at: since, name: 'Slipped' }],
            ),
            action: retrain(model),
            promise:
              model.life === null
                ? null
                : {
                    measure: {
                      ...{ kind: 'model', pipeline: model.pipeline, model: model.key },
                      ...{ figure: 'calibrationError', slice: null },
                    } as const,
                    ...({ unit: 'share', better: -1 } as const),
                    ...{ low: -Math.abs(estimate), high: -Math.abs(estimate) / 4 },
                    horizonMs: 7 * 86_400_000,
                    sentence: `The calibration error falls by ${points(estimate / 4)} to ${points(estimate)} within seven days.`,
                  },
            since,
            impact: {
              value: Math.min(1, 4 * Math.abs(after)),
              words: `Chances are put ${points(after)} too ${after < 0 ? 'high' : 'low'}${name === allName ? '' : `, among ${name},`} for ${whom(model)}.`,
            },
            reach: reachOf(model, facts),
          }),
        },
      ];
    }),
};

const allName = 'all predictions';

function partsOf({ days }: ModelFacts, eventTime: number): Part[] {
  const own = enoughDays(days);
  const ask = (name: string, readings: readonly DayReading[]): Part[] => {
    const shift = dayShift(readings, { direction: 'either', least, eventTime });
    return shift === undefined ? [] : [{ name, readings, shift }];
  };
  const whole = own.flatMap(({ day, count, rate, predicted }) =>
    predicted === null ? [] : [{ day, value: rate - predicted, variance: 0.25 / count }],
  );
  return [
    ...ask(allName, whole),
    ...thirdNames.flatMap((name, third) => ask(name, thirdReadings(own, third))),
  ];
}

function thirdReadings(days: readonly ModelDay[], third: number): DayReading[] {
  return days.flatMap(({ day, thirds }) => {
    const sums = thirds?.[third];
    if (sums === undefined || sums.count < dayRowsMin) return [];
    const { count, positives, predicted } = sums;
    return [{ day, value: (positives - predicted) / count, variance: 0.25 / count }];
  });
}
