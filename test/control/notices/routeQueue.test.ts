import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NoticeRow } from '../../../control/notices/noticeRows.ts';
import { createRouteQueue } from '../../../control/notices/routeQueue.ts';

const hour = 3_600_000;

const row = (alert: string, what: NoticeRow['what'], madeAt: number): NoticeRow => ({
  alert,
  route: 'desk',
  what,
  version: 1,
  madeAt,
  at: madeAt,
  attempts: 0,
  nextAt: madeAt,
  outcome: 'waiting',
  problem: '',
  delivery: '',
});

interface Arrival {
  readonly after: number;
  readonly isOver: boolean;
  /** Tries that fail. */
  readonly failures: number;
}

const arrivals = fc.array(
  fc.record({
    after: fc.integer({ min: 0, max: 20 * 60_000 }),
    isOver: fc.boolean(),
    failures: fc.integer({ min: 0, max: 3 }),
  }),
  { minLength: 1, maxLength: 60 },
);

test('all is told once, in order, within the limit of any hour, and the clock is not asked in vain', () => {
  fc.assert(
    fc.property(arrivals, fc.integer({ min: 1, max: 5 }), (given: readonly Arrival[], perHour) => {
      const queue = createRouteQueue(perHour);
      const failures = new Map<NoticeRow['alert'], number>();
      let made = 0;
      const coming = given.map(({ after, isOver, failures: count }, i) => {
        made += after;
        const what = isOver && i > 0 ? 'resolved' : 'firing';
        const alert = what === 'resolved' ? String(i - 1) : String(i);
        failures.set(`${what} ${alert}`, count);
        return row(alert, what, made);
      });
      const told: { key: string; at: number; how: string }[] = [];
      let now = 0;
      for (let steps = 0; ; steps += 1) {
        expect(steps).toBeLessThan(1_000);
        while (coming.length > 0 && coming[0]!.madeAt <= now) queue.put(coming.shift()!);
        const next = queue.next(now);
        if (next === undefined) {
          const wakeAt = queue.wakeAt(now);
          expect(wakeAt).toBeGreaterThan(now);
          now = Math.min(wakeAt, coming[0]?.madeAt ?? Infinity);
          if (now === Infinity) break;
          continue;
        }
        const [first] = next.rows;
        const key = `${first!.what} ${first!.alert}`;
        const left = failures.get(key)!;
        if (left > 0) {
          failures.set(key, left - 1);
          for (const each of next.rows) queue.put({ ...each, nextAt: now + 10_000 });
        } else {
          queue.told(next.how, now);
          for (const each of next.rows) {
            queue.drop(each);
            told.push({ key: `${each.what} ${each.alert}`, at: now, how: next.how });
          }
        }
      }
      expect(told).toHaveLength(given.length);
      const place = new Map(told.map(({ key }, i) => [key, i]));
      for (const { key } of told) {
        const [what, alert] = key.split(' ');
        const fired = place.get(`firing ${alert}`);
        if (what === 'resolved' && fired !== undefined) {
          // A summary tells of both; by age, so what fired stands first.
          expect(fired).toBeLessThan(place.get(key)!);
        }
      }
      const alone = told.filter(({ how }) => how === 'alone').map(({ at }) => at);
      alone.slice(perHour).forEach((at, i) => {
        expect(at - alone[i]!).toBeGreaterThanOrEqual(hour);
      });
      const summaries = [
        ...new Set(told.filter(({ how }) => how === 'summary').map(({ at }) => at)),
      ];
      summaries.slice(1).forEach((at, i) => {
        expect(at - summaries[i]!).toBeGreaterThanOrEqual(hour);
      });
    }),
  );
});
