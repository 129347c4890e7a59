/** Predictions on request: what `POST /v1/models/:model/predictions` takes and answers. */
import { z } from 'zod';
import { figureMax, nameLengthMax } from './event.ts';

const Name = z
  .string()
  .min(1)
  .max(nameLengthMax)
  .refine((text) => !text.includes('\0'), 'must not contain U+0000');

/** Most rows of one request. */
export const predictionsMax = 1_000;

/** Of which answer, event or moment something is to be predicted. */
export const PredictionAsked = z.strictObject({
  user: Name,
  item: Name.optional(),
  /** Name of the prediction, by which its label is told later; one is made where it is absent. */
  id: Name.optional(),
  /** What stands in the event's context, as far as the model reads it. */
  context: z
    .record(Name, z.union([Name, z.number().min(-figureMax).max(figureMax)]))
    .default({})
    .describe('what the model reads of the context, such as `skill`'),
});
export type PredictionAsked = z.infer<typeof PredictionAsked>;

export const PredictionsQuery = z.strictObject({
  rows: z.array(PredictionAsked).min(1).max(predictionsMax),
  log: z
    .boolean()
    .default(true)
    .describe(
      'whether the predictions go into the event log, so that labels can be joined to them',
    ),
});

export const PredictionMade = z.object({
  id: z.string(),
  user: z.string(),
  /** In (0, 1). */
  probability: z.number(),
  /** Version that serves this user. */
  version: z.string(),
  /** Why another than that one predicted, or it without what is known of the user; null when it did as usual. */
  fallback: z.string().nullable(),
});
export type PredictionMade = z.infer<typeof PredictionMade>;

export const PredictionsAnswer = z.object({
  model: z.string(),
  /** In the order of the rows. */
  predictions: z.array(PredictionMade),
});
export type PredictionsAnswer = z.infer<typeof PredictionsAnswer>;
