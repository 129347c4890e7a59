/** Predictions of the engine's own models on request, and their way into the log. */
import { randomUUID } from 'node:crypto';
import type {
  PredictionAsked,
  PredictionMade,
  PredictionsAnswer,
} from '../contracts/predictionApi.ts';
import { predictionType } from '../contracts/predictionFields.ts';
import type { ObjectionBook } from '../control/objections/objectionBook.ts';
import type { Predicted } from '../control/predicting/predictor.ts';
import type { AskedRow } from '../control/predicting/storedLearner.ts';
import type { DecisionWriter } from './decisions/decisionWriter.ts';

export interface PredictionDesk {
  /**
   * @returns undefined when there is no such model
   * @throws EngineError SINK_UNAVAILABLE, OVERLOADED, LOG_FULL, LOG_UNAVAILABLE
   */
  predict(
    model: string,
    asked: readonly PredictionAsked[],
    log: boolean,
  ): Promise<PredictionsAnswer | undefined>;
}

export interface PredictionDeskOptions {
  /** Predicts for a model; undefined when there is none of this name. */
  predictorOf(model: string): ((rows: readonly AskedRow[]) => Promise<Predicted[]>) | undefined;
  readonly writer: Pick<DecisionWriter, 'write'>;
  readonly objections: Pick<ObjectionBook, 'objects'>;
  /** Under which name a user is known inside; by default the id. */
  readonly pseudonymOf?: (user: string) => string;
  readonly clock: () => number;
}

export function createPredictionDesk({
  predictorOf,
  writer,
  objections,
  pseudonymOf = (user) => user,
  clock,
}: PredictionDeskOptions): PredictionDesk {
  return {
    async predict(model, asked, log) {
      const predict = predictorOf(model);
      if (predict === undefined) return undefined;
      const time = clock();
      const users = asked.map(({ user }) => pseudonymOf(user));
      const isObjecting = users.map((user) => objections.objects(user, 'personalization'));
      const rows = asked.map((each, i) => rowOf(each, users[i]!, time, isObjecting[i]!));
      const predicted = await predict(rows);
      const predictions = predicted.map(({ probability, version, fallback }, i): PredictionMade => {
        const { user, id = `prediction:${randomUUID()}` } = asked[i]!;
        const why = isObjecting[i] ? objection : fallback;
        return { id, user, probability, version, fallback: why ?? null };
      });
      if (log) {
        const lines = predictions.flatMap((made, i) =>
          isObjecting[i] ? [] : [lineOf(model, asked[i]!, made, time)],
        );
        await Promise.all(lines.map((line) => writer.write(line)));
      }
      return { model, predictions };
    },
  };
}

/**
 * Of whom nothing is known, since no user may be named so. Who objects to personalization is predicted as everybody is who comes for the
 * first time: a refusal would leave an application without a figure for a whole class because of one of its members.
 */
const stranger = '\0';
const objection =
  'The user objects to personalization: predicted as for somebody of whom nothing is known, and not written.';

function rowOf(
  { user: asked, item, context }: PredictionAsked,
  user: string,
  time: number,
  isObjecting: boolean,
): AskedRow {
  const strings = new Map([['user', isObjecting ? stranger : user]]);
  if (item !== undefined) strings.set('item', item);
  const numbers = new Map<string, number>();
  for (const [name, value] of Object.entries(context)) {
    if (typeof value === 'string') strings.set(`context.${name}`, value);
    else numbers.set(`context.${name}`, value);
  }
  return { user, asked, time, strings, numbers };
}

/** What the engine sends of itself is judged as what producers send. */
function lineOf(
  model: string,
  { user, item, context }: PredictionAsked,
  { id, probability, version }: PredictionMade,
  time: number,
): string {
  return JSON.stringify({
    ...{ id, type: predictionType, time, user },
    ...(item === undefined ? {} : { item }),
    value: probability,
    context: { ...context, model, model_version: version },
  });
}
