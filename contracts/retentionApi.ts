/** `GET /v1/retention`: what each table holds of people, how long it is kept, and what was removed last. */
import { z } from 'zod';

/** ms since 1970-01-01 UTC. */
const Instant = z.number();

export const RetentionAnswer = z.object({
  /** When this was looked at. */
  at: Instant,
  tables: z.array(
    z.object({
      table: z.string(),
      /** What it holds of people. */
      holds: z.string(),
      /** null: for ever. */
      keptForDays: z.number().int().nullable(),
      /** Fewer cannot be set; null: nothing can. */
      daysMin: z.number().int().nullable(),
      /** Why it is kept so long. */
      because: z.string(),
      rows: z.number().int(),
      /** Of the oldest row; null: there is none, or its age is not told. */
      oldestAt: Instant.nullable(),
      /** null: nothing was ever removed by age. */
      lastRun: z
        .object({
          beganAt: Instant,
          endedAt: Instant,
          /** What was older than this was removed. */
          cutAt: Instant,
          removed: z.number().int(),
        })
        .nullable(),
    }),
  ),
  sentence: z.string(),
});
export type RetentionAnswer = z.infer<typeof RetentionAnswer>;
