/** A dead letter as it is stored: a refused event with everything that it came with. */
import type { Origin } from './chunk.ts';

/** Where a letter lies. Pipelines that refuse the same record have a letter each, with the same partition and offset. */
export interface LetterPosition {
  readonly pipeline: string;
  readonly partition: number;
  readonly offset: number;
}

/** A key that is empty is null: the table does not tell the two apart. */
export interface StoredLetter extends LetterPosition, Origin {
  /** ms since 1970. */
  readonly receivedAt: number;
  readonly code: string;
  readonly reason: string;
  readonly bytes: Uint8Array;
  /** When it was last sent in again, ms since 1970; null when it never was. */
  readonly replayedAt: number | null;
}
