/** A definition must fit into an event of the log, in every partition: one that does not would never be counted. */
import { eventBytesMax } from '../../contracts/event.ts';
import {
  definitionEvent,
  definitionLengthMax,
  type ExperimentRecord,
} from '../../contracts/experimentRecord.ts';

/** Of the length and of the bytes: what is left free for a stop with its decision, which must always be possible. */
const reserve = 0.2;

/**
 * @param spare keep the reserve: for everything but a move
 * @returns the sentence against it; undefined when it fits
 */
export function sizeProblem(record: ExperimentRecord, spare: boolean): string | undefined {
  const room = spare ? 1 - reserve : 1;
  const { length } = JSON.stringify(record);
  const lengthMax = definitionLengthMax * room;
  if (length > lengthMax) return tooLarge(`${length} characters`, `${lengthMax}`);
  const bytes = Buffer.byteLength(definitionEvent(record, 0)) + 16;
  const bytesMax = Math.floor(eventBytesMax * room);
  return bytes > bytesMax ? tooLarge(`${bytes} bytes`, `${bytesMax}`) : undefined;
}

function tooLarge(size: string, most: string): string {
  return (
    `The definition with its metrics takes ${size}, and at most ${most} fit into an event of the log. Shorten payloads, ` +
    'conditions, the hypothesis or annotations.'
  );
}
