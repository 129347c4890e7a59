/** Formats that a file can be replayed from, by name. */
import { assistments } from './assistments.ts';
import { ndjson } from './ndjson.ts';
import type { ReplayFormat } from './replayFormat.ts';

export const replayFormats: ReadonlyMap<string, ReplayFormat> = new Map(
  [ndjson, assistments].map((format) => [format.name, format]),
);

/** @throws RangeError when there is no such format */
export function replayFormat(name: string): ReplayFormat {
  const format = replayFormats.get(name);
  if (format !== undefined) return format;
  const names = [...replayFormats.keys()].join(', ');
  throw new RangeError(`format: expected one of ${names}, got ${name}`);
}
