/**
 * The marker of a partition: how far it is committed and in which context. The only authority on progress.
 *
 * It is a row of the table `state` (table '', key 'marker') and is written in the same insert as the dirty keys.
 */
import { z } from 'zod';
import { EngineError } from '../contracts/errors.ts';

export const markerKey = 'marker';

export const Marker = z.object({
  /** Where reading goes on: everything before is committed. */
  endOffset: z.number().int().min(0),
  /** When the log took the record before; absent where none was read. */
  receivedAt: z.number().optional(),
  pipeline: z.string(),
  /** Version of the pipeline's code. */
  version: z.number().int(),
  /** Partitions of the event log when it was written. */
  partitions: z.number().int(),
  /** Version of each state table. */
  tables: z.record(z.string(), z.number()),
  /** Tables of which rows have left memory; absent in markers from before there were such. */
  cold: z.array(z.string()).optional(),
});
export type Marker = z.infer<typeof Marker>;

/** @throws EngineError SNAPSHOT_FOREIGN when the bytes are not a marker that this code wrote */
export function parseMarker(text: string): Marker {
  const parsed = Marker.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw new EngineError('SNAPSHOT_FOREIGN', `the marker is of another version: ${text}`);
}
