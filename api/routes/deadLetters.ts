/** `GET /v1/dead-letters` and `POST /v1/dead-letters/replay`: refused events, and sending them in again. */
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { DeadLettersAnswer, Problem, ReplayAnswer } from '../../contracts/api.ts';
import { EngineError } from '../../contracts/errors.ts';
import type { StoredLetter } from '../../contracts/storedLetter.ts';
import { departureOf } from '../departure.ts';
import { CursorText, cursorText } from '../letterCursor.ts';
import { letterView } from '../letterView.ts';
import { type LetterReader, letterBatches } from '../queries/deadLetters.ts';
import { type LetterDesk, replayLetters } from '../replayLetters.ts';
import { instantMax, Name } from './parameters.ts';

const Code = z
  .string()
  .regex(/^[A-Z_]{1,64}$/, 'expected a code such as EVENT_NOT_JSON')
  .optional();
const partitionMax = 65_535;

const order = (
  { from, to }: { from?: number | undefined; to?: number | undefined },
  context: z.RefinementCtx,
): void => {
  if (from === undefined || to === undefined || from < to) return;
  context.addIssue({ code: 'custom', path: ['from'], message: 'must lie before to' });
};

const fromText = 'received at or after, ms since 1970';
const toText = 'received before, ms since 1970; absent: behind the newest letter';

const LettersQuery = z
  .strictObject({
    pipeline: Name.optional(),
    code: Code,
    from: z.coerce
      .number()
      .min(0)
      .max(instantMax)
      .transform(Math.trunc)
      .optional()
      .describe(fromText),
    to: z.coerce.number().min(0).max(instantMax).transform(Math.trunc).optional().describe(toText),
    partition: z.coerce.number().int().min(0).max(partitionMax).optional(),
    replayed: z
      .enum(['true', 'false'])
      .transform((text) => text === 'true')
      .optional()
      .describe('whether it was sent in again; absent: either'),
    limit: z.coerce.number().int().min(1).max(1_000).default(100),
    after: CursorText.optional().describe('`next` of the answer before'),
  })
  .superRefine(order);

const ReplayBody = z
  .strictObject({
    positions: z
      .array(
        z.strictObject({
          partition: z.number().int().min(0).max(partitionMax),
          offset: z.number().int().min(0),
        }),
      )
      .min(1)
      .max(1_000)
      .optional(),
    pipeline: Name.optional(),
    code: Code,
    from: z.number().min(0).max(instantMax).transform(Math.trunc).optional().describe(fromText),
    to: z.number().min(0).max(instantMax).transform(Math.trunc).optional().describe(toText),
    partition: z.number().int().min(0).max(partitionMax).optional(),
    again: z.boolean().default(false).describe('also those that were sent in again before'),
    dryRun: z.boolean().default(false).describe('send nothing: only say what would be accepted'),
    limit: z.number().int().min(1).max(10_000).default(10_000),
    after: CursorText.optional().describe('`next` of the answer before'),
  })
  .superRefine(order);

const replayDescription =
  'Takes up the letters that meet every condition, the oldest first, at most 10,000 a request, and judges each as the door ' +
  'would now: after a change of schema, of the clock, or of the pipeline that it poisoned. What is accepted goes into the ' +
  'event log with its original bytes; what would be refused again is not sent and stays the letter that it is. A letter ' +
  'that was accepted is not taken up again unless `again` says so. At least once: after a failure ask again; an event ' +
  'counts once if it comes again within the hour. An answer may end before its limit; `next` says whether there are more. ' +
  'An event keeps its time: one that is late by now is archived and set aside. On Kafka a record that had key or headers ' +
  'goes back to its partition with them.';

/** An answer ends behind this many bytes of letters, whatever its limit. */
const answerBytesMax = 8 * 2 ** 20;

/**
 * What comes after this moment is not part of a list or a replay that begins now. By the clock of the log, not by ours: the
 * brokers' may be ahead, and then the newest letters would be missing; or behind, and a letter that is refused again would
 * come round again.
 */
async function behindNewest(reader: LetterReader, signal: AbortSignal): Promise<number> {
  return (await reader.newestReception(signal)) + 1;
}

/** @param clock the engine's, ms */
export function deadLetterRoutes(reader: LetterReader, desk: LetterDesk, clock: () => number) {
  return async (app: FastifyInstance): Promise<void> => {
    let isReplaying = false;
    const typed = app.withTypeProvider<ZodTypeProvider>();
    typed.get(
      '/v1/dead-letters',
      {
        schema: {
          summary: 'Refused events with their bytes, the newest first',
          description:
            'Each letter once for each pipeline that refused it. An answer may end before its limit where letters are ' +
            'large; `next` says whether there are more.',
          tags: ['events'],
          querystring: LettersQuery,
          response: { 200: DeadLettersAnswer, 400: Problem, 503: Problem },
        },
      },
      async ({ query: { limit, after, to: given, ...conditions } }, reply) => {
        const signal = departureOf(reply);
        const to = given ?? (await behindNewest(reader, signal));
        const selection = { ...conditions, to };
        const page = { order: 'newest first', limit, after } as const;
        const found = await reader.findLetters(selection, page, signal);
        // Counted behind them: letters come all the time, and there are never fewer than are shown.
        const total = await reader.countLetters(selection, signal);
        const letters: StoredLetter[] = [];
        let bytes = 0;
        for (const batch of letterBatches(found)) {
          bytes += batch.reduce((sum, { size }) => sum + size, 0);
          if (letters.length > 0 && bytes > answerBytesMax) break;
          letters.push(...(await reader.readLetters(batch, signal)));
        }
        const last = letters.at(-1);
        const isWhole = found.length < limit && letters.length === found.length;
        const next = isWhole || last === undefined ? null : cursorText(last);
        return { total, to, letters: letters.map(letterView), next };
      },
    );
    typed.post(
      '/v1/dead-letters/replay',
      {
        schema: {
          summary: 'Send refused events in again',
          description: replayDescription,
          tags: ['events'],
          body: ReplayBody,
          response: { 200: ReplayAnswer, 400: Problem, 503: Problem },
        },
      },
      async ({ body }, reply) => {
        const { limit, after, again, dryRun, to: given, ...conditions } = body;
        if (isReplaying) {
          throw new EngineError('OVERLOADED', 'Another replay of dead letters is under way.');
        }
        isReplaying = true;
        try {
          const signal = departureOf(reply);
          const to = given ?? (await behindNewest(reader, signal));
          const request = {
            selection: { ...conditions, to, ...(again ? {} : { replayed: false }) },
            page: { limit, after },
            send: !dryRun,
          };
          return await replayLetters(reader, desk, request, clock, signal);
        } finally {
          isReplaying = false;
        }
      },
    );
  };
}
