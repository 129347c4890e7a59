/** An experiment as it goes into the log: with the definitions of its metrics. */
import { z } from 'zod';
import { definitionRecord } from './definitionRecord.ts';
import { Experiment } from './experiment.ts';
import { ExperimentMetric } from './experimentMetric.ts';

/** `type` of the record. Only the engine writes such records; the door refuses them. */
export const definitionType = 'millrace.experiment';

export const ExperimentRecord = z.strictObject({
  /** 1, 2, 3 …: an older one than is known changes nothing. */
  revision: z.number().int().min(1),
  experiment: Experiment,
  /** Definitions of its metrics. */
  metrics: z.array(ExperimentMetric),
});
export type ExperimentRecord = z.infer<typeof ExperimentRecord>;

/**
 * The event that says it.
 *
 * @param at ms since 1970
 * @throws RangeError when it is too long: see {@link definitionRecord}
 */
export function definitionEvent(record: ExperimentRecord, at: number): string {
  const id = `${record.experiment.key}@${record.revision}`;
  return definitionRecord({ type: definitionType, id, definition: record }, at);
}
