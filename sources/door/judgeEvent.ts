/**
 * What the door asks of the engine's own kinds of events beyond the event model: who may write them, and what an exposure
 * must say. Every other event is passed after one look at its type.
 */
import { EngineError } from '../../contracts/errors.ts';
import { exposureType, readExposureFields } from '../../contracts/exposureFields.ts';
import { ownTypes } from '../../contracts/ownTypes.ts';
import { type Problem, problem } from '../decode/problem.ts';
import type { Records } from './adaptRecords.ts';
import type { PassingDictionary } from './passingDictionary.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const exposure = encoder.encode(exposureType);
const own = Object.entries(ownTypes).map(([type, instead]) => ({
  bytes: encoder.encode(type),
  sentence: `type: ${type} is the engine's own; ${instead}`,
}));

/**
 * @param type  code of the event's type in the dictionary
 * @param start of the event in the records' bytes
 * @returns undefined when there is nothing against it
 */
export function judgeEvent(
  dictionary: PassingDictionary,
  type: number,
  { bytes }: Records,
  start: number,
  end: number,
): Problem | undefined {
  if (dictionary.is(type, exposure)) return judgeExposure(bytes.subarray(start, end));
  const found = own.find((each) => dictionary.is(type, each.bytes));
  return found && problem('EVENT_FIELD_INVALID', found.sentence);
}

/** As far as it can be judged without the definitions, which the data plane has. */
function judgeExposure(event: Uint8Array): Problem | undefined {
  try {
    const { context } = JSON.parse(decoder.decode(event)) as { readonly context?: unknown };
    readExposureFields(context);
    return undefined;
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return problem(error.code, error.message);
  }
}
