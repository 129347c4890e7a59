/**
 * A model predicts other values than when its version was new: the distribution of its predictions has left that of its first days.
 *
 * A day as far must be rare among days without drift, on both of the newest two days: the larger p-value counts. Source of the test
 * by days: Box 1954; Brunner, Dette & Munk 1997 (see `dayToDay`); of the distance: Yurdakul 2018.
 */
import { figure, percent } from '../../words.ts';
import type { PredictionShiftDay } from '../gather/modelFacts.ts';
import type { InsightKind } from '../insightKind.ts';
import { course } from '../parts/evidence.ts';
import { dateOf, points } from '../parts/insightWords.ts';
import { lookAt, modelName, modelSubject, reachOf, whom } from '../parts/modelCard.ts';

/** Smallest population stability index beyond chance that counts. */
const least = 0.2;

export const predictionShift: InsightKind = {
  kind: 'prediction-shift',
  area: 'models',
  summary: 'A model predicts other values than when its version was new.',
  test:
    'Population stability index of the predictions of a day against the first seven days of the version, F-test by how far those days ' +
    'are from each other; the larger p-value of the newest two complete days. Counts from an index of 0.2 beyond chance on. ' +
    'At least 3 reference days with 100 predictions each. Not of a model that goes on learning while it serves.',
  find: (facts) =>
    (facts.models ?? []).flatMap((model) => {
      // What goes on learning is meant to predict otherwise than at first.
      if (model.life?.isOnline === true) return [];
      const [former, newest] = model.shift.slice(-2);
      if (former === undefined || newest === undefined) return [];
      if (newest.day + 4 * 86_400_000 < facts.eventTime) return [];
      const isFar = [former, newest].every((day) => beyond(day) >= least);
      const known = [former, newest].map(({ pValue }) => pValue ?? 1);
      const judgedAt = newest.day + 86_400_000;
      const since = sinceOf(model.shift);
      const first = model.shift[0]!;
      const moved = newest.mean - first.mean;
      return [
        {
          ...{ subject: modelSubject(model), judgedAt, pValue: isFar ? Math.max(...known) : 1 },
          tell: () => ({
            changed: `${modelName(model)} predicts other values than when version ${model.version} was new, since ${dateOf(since)}.`,
            why: [
              `On ${dateOf(newest.day)} its predictions are ${figure(newest.distance)} away from those of its first days (population stability index); chance makes ${figure(newest.noise)} of it, and from ${figure(least)} beyond that on it counts.`,
              `On average it predicts ${percent(newest.mean)}; on ${dateOf(first.day)} it was ${percent(first.mean)}.`,
            ],
            ignored:
              'If users have changed, nothing is wrong; if the data have, the model decides by a fault, and labels show it only later.',
            evidence: course(
              `Distance of the predictions of ${modelName(model)} from those of its first days, by day`,
              'number',
              [
                {
                  name: 'Population stability index',
                  days: model.shift.map(({ day, distance }) => ({
                    ...{ day, value: distance, variance: 0 },
                  })),
                },
              ],
              { name: 'Counts from', value: least + newest.noise },
              [{ at: since, name: 'Shifted' }],
            ),
            action: {
              ...lookAt(model),
              ...{ label: 'See which columns have moved', page: '/drift' },
              consequence: 'Nothing changes yet.',
            },
            promise: null,
            since,
            impact: {
              value: Math.min(1, beyond(newest) / 2),
              words: `Predictions are on average ${points(moved)} ${moved < 0 ? 'lower' : 'higher'} than on ${dateOf(first.day)}, for ${whom(model)}.`,
            },
            reach: reachOf(model, facts),
          }),
        },
      ];
    }),
};

function beyond({ distance, noise }: PredictionShiftDay): number {
  return distance - noise;
}

function sinceOf(days: readonly PredictionShiftDay[]): number {
  let first = days.length - 1;
  while (first > 0 && beyond(days[first - 1]!) >= least) first -= 1;
  return days[first]!.day;
}
