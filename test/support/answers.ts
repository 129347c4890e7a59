/** A small log for tests of a partition: lines of JSON. */

const start = Date.parse('2026-03-02T08:00:00Z');

/** Answers of a few students, with a duplicate, a late event and two refusals among them. */
export function lines(count: number): string[] {
  return Array.from({ length: count }, (_, n) => {
    if (n === 50) return '{"id":"broken"';
    if (n === 51) return '{"id":"x","type":"answered","user":"u","time":"1970-01-01T00:00:00Z"}';
    const id = n === 60 ? 59 : n;
    const time = n === 70 ? start : start + n * 20_000;
    const user = `student-${id % 7}`;
    return JSON.stringify({
      id: `e-${id}`,
      type: id % 3 === 0 ? 'viewed' : 'answered',
      time: new Date(time).toISOString(),
      user,
      item: `item-${id % 11}`,
      value: (id * 7) % 5 < 3 ? 1 : 0,
      context: { skill: `skill-${id % 4}`, course: `course-${id % 2}` },
    });
  });
}

/** When they came to the log, ms since 1970. */
export const receivedAt = start + 12 * 3_600_000;
