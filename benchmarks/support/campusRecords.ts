/** Campus events as records: all arrivals of a day as they come, each with what decides its partition. */
import { createCampus } from '../../sources/campus/campus.ts';

export interface CampusRecord {
  /** The user, or the whole record where none can be read. Valid until the next one is taken. */
  readonly key: Uint8Array;
  /** Valid until the next one is taken. */
  readonly bytes: Uint8Array;
}

const hour = 3_600_000;
const encoder = new TextEncoder();

export function* campusRecords(count: number): Generator<CampusRecord> {
  const now = Date.now();
  const campus = createCampus({
    seed: 7,
    students: 50_000,
    intensity: count / (48 * 3600),
    start: now - 72 * hour,
  });
  const stream = campus.open();
  for (let taken = 0; taken < count; ) {
    const block = stream.advance(now, Math.min(10_000, count - taken));
    if (block.length === 0) return;
    let start = 0;
    for (const end of block.ends) {
      const bytes = block.bytes.subarray(start, end);
      const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
      const name = /"user":"([^"]+)"/.exec(text.toString('latin1'))?.[1];
      yield { key: name === undefined ? bytes : encoder.encode(name), bytes };
      start = end;
    }
    taken += block.length;
  }
}
