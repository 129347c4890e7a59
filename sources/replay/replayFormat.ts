/** How the lines of a file become events. */
import { EngineError } from '../../contracts/errors.ts';
import type { RecordWriter } from './recordWriter.ts';

export interface FormatOptions {
  /** Time of the first event where the format has no clock of its own, ms since 1970. */
  readonly startTime: number;
}

/**
 * Takes the line `source[start … end)`, without its end, and writes at most one record.
 *
 * @param line   number of the line, from 1
 * @param longer the line is longer than what is given
 * @throws EngineError FILE_UNREADABLE when the line is not of the format
 */
export type TakeLine = (
  source: Uint8Array,
  start: number,
  end: number,
  line: number,
  longer: boolean,
  target: RecordWriter,
) => void;

export interface ReplayFormat {
  readonly name: string;
  readonly summary: string;
  /** Whether a file of this format can begin with this line; what fits is not of another format. */
  fits(firstLine: string): boolean;
  open(options: FormatOptions): { readonly take: TakeLine; readonly finish?: () => void };
}

/** The error of a line, with its beginning shown. */
export function lineError(
  line: number,
  expected: string,
  source: Uint8Array,
  start: number,
  end: number,
): EngineError {
  const shown = Buffer.from(source.subarray(start, Math.min(end, start + 80))).toString();
  return new EngineError(
    'FILE_UNREADABLE',
    `line ${line}: expected ${expected}, got ${JSON.stringify(shown)}`,
  );
}
