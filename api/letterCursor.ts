/** Where a list of dead letters goes on: the position of the last that was given, as text. */
import { z } from 'zod';
import type { StoredLetter } from '../contracts/storedLetter.ts';

/** Orders letters: by reception, then by partition and offset; of several pipelines, by name. */
export type LetterCursor = Pick<StoredLetter, 'receivedAt' | 'partition' | 'offset' | 'pipeline'>;

const form = /^(\d{1,15})-(\d{1,5})-(\d{1,15})-(.{1,256})$/;

export function cursorText({ receivedAt, partition, offset, pipeline }: LetterCursor): string {
  return `${receivedAt}-${partition}-${offset}-${pipeline}`;
}

/** A cursor as an answer gave it. */
export const CursorText = z
  .string()
  .regex(form, 'expected what an answer gave as next')
  .transform((text): LetterCursor => {
    const [, receivedAt, partition, offset, pipeline] = form.exec(text)!;
    return {
      receivedAt: Number(receivedAt),
      partition: Number(partition),
      offset: Number(offset),
      pipeline: pipeline!,
    };
  });
