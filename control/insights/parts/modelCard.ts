/** What cards about models have in common: subject, whom it concerns, and what can be done. */
import type { Finding, InsightAction, InsightPromise } from '../../../contracts/insight.ts';
import type { Facts } from '../facts.ts';
import { dayMs } from '../gather/completeDays.ts';
import type { ModelDay, ModelFacts } from '../gather/modelFacts.ts';
import type { DayReading } from './dayShift.ts';
import { loss, quoted, usersOf } from './insightWords.ts';

/** Days of fewer labelled predictions say too little. */
export const dayRowsMin = 100;
const horizonMs = 7 * dayMs;

export function modelSubject({ key }: Pick<ModelFacts, 'key'>) {
  return { kind: 'model', key, name: key } as const;
}

/** Models as people call them. */
export function modelName({ key }: Pick<ModelFacts, 'key'>): string {
  return quoted(key);
}

export function enoughDays(days: readonly ModelDay[]): ModelDay[] {
  return days.filter(({ count }) => count >= dayRowsMin);
}

export function lossReadings(days: readonly ModelDay[]): DayReading[] {
  return enoughDays(days).map(({ day, logLoss, lossVariance }) => ({
    ...{ day, value: logLoss, variance: lossVariance },
  }));
}

/** Who is predicted for, of those who were active. */
export function reachOf({ users }: Pick<ModelFacts, 'users'>, facts: Facts): Finding['reach'] {
  if (users === null) return { share: 1, users: null };
  return { share: Math.min(1, users / Math.max(1, facts.activeUsers)), users };
}

/** "the 1,204 users a week whom it predicts for", or "whoever it predicts for". */
export function whom({ users }: Pick<ModelFacts, 'users'>): string {
  return users === null
    ? 'whoever it predicts for'
    : `the ${usersOf(users)} a week whom it predicts for`;
}

/** Share of what predictions are worth, beyond the overall share of ones, that a higher loss takes away. */
export function worthLost(rise: number, before: number, rate: number): number {
  const entropy =
    rate > 0 && rate < 1 ? -rate * Math.log(rate) - (1 - rate) * Math.log(1 - rate) : Math.LN2;
  return Math.min(1, Math.max(0, rise / Math.max(0.02, entropy - before)));
}

/** Trains a model of the engine now; of one from elsewhere there is a page. */
export function retrain(model: ModelFacts): InsightAction {
  const { key, life } = model;
  if (life === null) return lookAt(model);
  return {
    label: 'Retrain it now',
    page: '/retraining',
    request: {
      method: 'POST',
      path: '/v1/retraining',
      body: { model: key },
      reasonField: 'reason',
    },
    needs: 'operate',
    consequence: `A run trains a new version of ${quoted(key)} on the newest examples. Nobody is served by it before it has passed its gates and shown beside version ${life.champion} that it is better.`,
    undo: 'Cancel the run on its page; a version that serves is taken back by going back to the one before.',
  };
}

export function goBack(model: ModelFacts, version: string): InsightAction {
  const { key } = model;
  return {
    label: `Go back to version ${version}`,
    page: `/models/${key}/versions`,
    request: {
      ...{ method: 'POST', path: `/v1/models/${key}/rollback`, body: { version } },
      reasonField: 'reason',
    },
    needs: 'operate',
    consequence: `Version ${version} serves all users from the next event on; a release under way is ended.`,
    undo: `Go back to version ${model.life?.champion ?? model.version} in the same way.`,
  };
}

/** Where a model is looked at: it is run elsewhere, or nothing can be done about it with a button. */
export function lookAt({ pipeline, key, life }: ModelFacts): InsightAction {
  return {
    label: 'Look at the model',
    page: `/models/${encodeURIComponent(pipeline)}/${encodeURIComponent(key)}`,
    request: null,
    needs: 'read',
    consequence:
      life === null
        ? 'Nothing changes: the model is run outside, and whoever runs it has to retrain or replace it.'
        : 'Nothing changes yet.',
    undo: 'There is nothing to take back.',
  };
}

/** By the log loss of all predictions, or of those of a slice. */
export function lossPromise(
  { pipeline, key }: Pick<ModelFacts, 'pipeline' | 'key'>,
  slice: string | null,
  fall: { readonly low: number; readonly high: number },
): InsightPromise {
  return {
    measure: { kind: 'model', pipeline, model: key, figure: 'logLoss', slice },
    ...{ unit: 'number', better: -1, low: -fall.high, high: -fall.low, horizonMs },
    sentence: `Log loss falls by ${loss(fall.low)} to ${loss(fall.high)} within seven days.`,
  };
}
