/** The pictures of partitions: how long something waits is told by no clock that can be set. */
import { afterEach, expect, test, vi } from 'vitest';
import { learning } from '../../pipelines/learning.ts';
import { PictureBook, steadyMs, wallTime } from '../../pipelines/status.ts';

afterEach(() => vi.restoreAllMocks());

const owner = {};
function bookOf(): PictureBook {
  const book = new PictureBook();
  book.open(learning, 0, owner);
  return book;
}
const running = { state: 'running', detail: null } as const;
const place = { pipeline: learning.name, partition: 0 };

test.each([-600_000, 0, 600_000])(
  'a worker whose clock is off by %i ms is judged by ours',
  (offMs) => {
    const book = bookOf();
    book.take({ ...place, report: { ...running, endOffset: 10, writtenOffset: 0 } }, 1_000);
    expect(book.read(1_000)[0]!.waitingSince).toBe(1_000);
    const committedAt = Date.now() + offMs;
    for (const [events, now] of [
      [5, 2_000],
      [3, 3_000],
    ] as const) {
      const written = { writtenOffset: events, events, committedAt };
      book.take({ ...place, report: { ...running, ...written } }, now);
    }
    const [picture] = book.read(3_000);
    expect(picture).toMatchObject({ waitingSince: 3_000, committedAt });
    expect(picture!.eventsPerSecond).toBeGreaterThan(0.5);
    expect(picture!.eventsPerSecond).toBeLessThan(5);
  },
);

test.each([-3_600_000, 3_600_000])(
  'what has waited for a second has waited for a second when the clock is set by %i ms',
  (offMs) => {
    const since = steadyMs() - 1_000;
    const real = Date.now;
    vi.spyOn(Date, 'now').mockImplementation(() => real() + offMs);
    const waitedMs = Date.now() - wallTime(since)!;
    expect(waitedMs).toBeGreaterThanOrEqual(999);
    expect(waitedMs).toBeLessThan(1_500);
  },
);

test('what does not wait has no such time', () => {
  expect(wallTime(null)).toBeNull();
});
