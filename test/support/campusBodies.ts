/** Events of the synthetic campus as a producer sends them: bodies of lines, malformed ones and repeated ones among them. */
import { createCampus } from '../../sources/campus/campus.ts';

const hour = 3_600_000;
/** A Monday afternoon: the same events in every run. */
const monday = Date.UTC(2026, 2, 2, 15);

/**
 * @param count   bodies
 * @param perBody events a body
 * @param now     end of the six hours that the campus has lasted, ms since 1970
 */
export function campusBodies(count: number, perBody: number, now = monday): Buffer[] {
  const start = now - 6 * hour;
  const campus = createCampus({ seed: 11, students: 300, intensity: 5, start });
  const bodies: Buffer[] = [];
  let lines: Buffer[] = [];
  for (const { bytes } of campus.events(start, now)) {
    lines.push(Buffer.from(bytes), Buffer.from('\n'));
    if (lines.length < 2 * perBody) continue;
    bodies.push(Buffer.concat(lines));
    lines = [];
    if (bodies.length === count) return bodies;
  }
  throw new RangeError(`count: expected at most ${bodies.length} of ${perBody} events`);
}
