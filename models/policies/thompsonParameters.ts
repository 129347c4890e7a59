/** What the Thompson samplings have in common. */
import { z } from 'zod';

export const drawsParameter = z
  .number()
  .int()
  .multipleOf(2)
  .min(2)
  .max(10_000)
  .default(128)
  .describe('joint draws kept with the model, where the scores of actions are correlated');
