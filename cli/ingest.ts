/** The way in: judge each event at the door, put all of them into the log, answer when they are durable. */
import type { EventsAnswer } from '../contracts/api.ts';
import type { Door } from '../sources/door/door.ts';
import type { Intake } from './intake.ts';

/** Refusals listed in an answer; the rest are counted. */
const refusalsMax = 100;

/**
 * Refused events go into the log as well: the data plane decodes them again, refuses them again and writes them to the
 * dead letters exactly once.
 *
 * @throws EngineError BODY_INVALID, BODY_TOO_LARGE, OVERLOADED or LOG_FULL: then nothing of the body was taken
 */
export async function ingest(
  door: Door,
  log: Pick<Intake, 'append'>,
  body: Uint8Array,
  contentType: string,
  receivedAt: number,
): Promise<EventsAnswer> {
  const admission = door.admit(body, contentType, receivedAt);
  if (admission.slices.length > 0) await log.append(admission.slices, receivedAt);
  return {
    accepted: admission.accepted,
    refused: admission.refusals.length,
    refusals: admission.refusals.slice(0, refusalsMax),
  };
}
