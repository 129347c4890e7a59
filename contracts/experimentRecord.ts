/**
 * How the data plane learns of an experiment: by a record of the event log, one in each partition.
 *
 * So a change of an experiment has a place among the events, and what was counted is a function of the log alone: a replay
 * counts by the definitions of that time. Only the engine writes such records; the door refuses them.
 */
import { z } from 'zod';
import { Experiment } from './experiment.ts';
import { ExperimentMetric } from './experimentMetric.ts';

/** `type` of the record. */
export const definitionType = 'millrace.experiment';
/** `user` of the record. */
export const definitionUser = 'millrace';
/** Longest definition, in UTF-16 units of its JSON: it has to fit into an event. */
export const definitionLengthMax = 40_000;

export const ExperimentRecord = z.strictObject({
  /** 1, 2, 3 …: an older one than is known changes nothing. */
  revision: z.number().int().min(1),
  experiment: Experiment,
  /** Definitions of its metrics. */
  metrics: z.array(ExperimentMetric),
});
export type ExperimentRecord = z.infer<typeof ExperimentRecord>;

/**
 * The event that says it. Equal calls give equal bytes, and a second one of the same id is a duplicate.
 *
 * @param at ms since 1970
 * @throws RangeError when the definition is longer than {@link definitionLengthMax}
 */
export function definitionEvent(record: ExperimentRecord, at: number): string {
  const definition = JSON.stringify(record);
  if (definition.length > definitionLengthMax) {
    throw new RangeError(
      `definition: expected at most ${definitionLengthMax} characters, got ${definition.length}`,
    );
  }
  return JSON.stringify({
    id: `${record.experiment.key}@${record.revision}`,
    type: definitionType,
    time: at,
    user: definitionUser,
    // As text: an event may not be nested as deeply as a condition.
    context: { definition },
  });
}
