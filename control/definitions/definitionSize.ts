/** A definition must fit into an event of the log, in every partition: one that does not would never be counted. */
import { definitionLengthMax } from '../../contracts/definitionRecord.ts';
import { eventBytesMax } from '../../contracts/event.ts';

/** Of the length and of the bytes: what is left free for a stop with its decision, which must always be possible. */
const reserve = 0.2;

/**
 * @param record  what the event carries; plain data
 * @param eventOf the event that says it, as JSON
 * @param spare   keep the reserve: for everything but a move
 * @returns how large it is, and how large it may be: "50000 characters, and at most 40000"; undefined when it fits
 */
export function excessOf<Content>(
  record: Content,
  eventOf: (record: Content, at: number) => string,
  spare: boolean,
): string | undefined {
  const room = spare ? 1 - reserve : 1;
  const { length } = JSON.stringify(record);
  const lengthMax = definitionLengthMax * room;
  if (length > lengthMax) return `${length} characters, and at most ${lengthMax}`;
  const bytes = Buffer.byteLength(eventOf(record, 0)) + 16;
  const bytesMax = Math.floor(eventBytesMax * room);
  return bytes > bytesMax ? `${bytes} bytes, and at most ${bytesMax}` : undefined;
}
