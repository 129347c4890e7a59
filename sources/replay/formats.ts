/** Formats that a file can be replayed from, by name. */
import { assistments } from './assistments.ts';
import { ndjson } from './ndjson.ts';
import type { ReplayFormat } from './replayFormat.ts';

export const replayFormats: ReadonlyMap<string, ReplayFormat> = new Map(
  [ndjson, assistments].map((format) => [format.name, format]),
);
