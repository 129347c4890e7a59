/** What holds for the alerts of any course of readings, silence, errors and answers. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Alert } from '../../../contracts/alert.ts';
import type { Watch } from '../../../contracts/watch.ts';
import {
  type AlertLife,
  newLife,
  type Observation,
  restoreLife,
  type Told,
  takeOver,
} from '../../../control/alerts/alertLife.ts';
import { acknowledge, close } from '../../../control/alerts/answer.ts';
import { isUnjudged } from '../../../control/alerts/endedAlert.ts';
import { stepAlert } from '../../../control/alerts/stepAlert.ts';
import type { Verdict } from '../../../control/watching/judged.ts';
import { hour, minute, readingOf, readings, watchOf } from './samples.ts';

/** What happens in a round: its time is added up when a course is made of it. */
interface Round {
  readonly what: Observation['kind'] | 'acknowledge' | 'close';
  readonly stepMs: number;
  /** The reading ended so long before the round, and its window was so long. */
  readonly lagMs: number;
  readonly widthMs: number;
  readonly verdict: Verdict;
  readonly value: number | null;
  readonly isNewNormal: boolean;
}

const rounds: fc.Arbitrary<Round[]> = fc.array(
  fc.record({
    what: fc.oneof(
      { weight: 12, arbitrary: fc.constant('reading' as const) },
      { weight: 4, arbitrary: fc.constant('silence' as const) },
      { weight: 4, arbitrary: fc.constant('error' as const) },
      { weight: 1, arbitrary: fc.constantFrom('end' as const, 'close' as const) },
      { weight: 1, arbitrary: fc.constant('acknowledge' as const) },
    ),
    stepMs: fc.constantFrom(minute, 5 * minute, 5 * minute, 20 * minute, 2 * hour, 26 * hour),
    lagMs: fc.constantFrom(0, 0, minute, 10 * minute),
    widthMs: fc.constantFrom(0, 5 * minute, 5 * minute, hour),
    verdict: fc.constantFrom<Verdict>('fine', 'fine', 'breach', 'breach', 'unclear', 'unknown'),
    value: fc.constantFrom(10, 40, 100, 170, null),
    isNewNormal: fc.boolean(),
  }),
  { maxLength: 60 },
);

const watches: fc.Arbitrary<Watch> = fc
  .record({
    pendingMs: fc.constantFrom(0, 5 * minute, 20 * minute, 2 * hour),
    clearMs: fc.constantFrom(0, 10 * minute, hour),
    refractoryMs: fc.constantFrom(0, 30 * minute, hour, 24 * hour),
    noDataMs: fc.constantFrom(null, minute, 30 * minute, 3 * hour),
  })
  .map(watchOf);

interface Answer {
  readonly kind: 'acknowledge' | 'close';
  readonly at: number;
}
type Event = Observation | Answer;

function isAnswer(event: Event): event is Answer {
  return event.kind === 'acknowledge' || event.kind === 'close';
}

function courseOf(given: readonly Round[]): Event[] {
  let [at, readTo] = [0, 0];
  return given.map(({ what, ...round }, index): Event => {
    at += round.stepMs;
    switch (what) {
      case 'reading': {
        const end = at - round.lagMs;
        const start = end - round.widthMs;
        readTo = Math.max(readTo, end);
        const { verdict, value } = round;
        const direction = verdict === 'breach' ? 'fall' : null;
        // Rarely, or nothing would ever be open for long.
        const isNewNormal = round.isNewNormal && index % 7 === 0;
        const reading = readingOf(start, value, { end });
        return {
          kind: what,
          judged: { key: ['answered'], verdict, direction, reading, isNewNormal },
        };
      }
      case 'silence':
        return { kind: what, since: readTo, at };
      case 'error':
        return { kind: what, at, problem: 'no such metric' };
      case 'end':
        return { kind: what, at, reason: 'off' };
      default:
        return { kind: what, at };
    }
  });
}

interface Course {
  readonly life: AlertLife;
  readonly changed: readonly Alert[];
  readonly told: readonly Told[];
}

/** @param first index of the first event: the clock goes by it */
function follow(watch: Watch, events: readonly Event[], from = newLife, first = 0): Course {
  let life = from;
  const changed: Alert[] = [];
  const told: Told[] = [];
  events.forEach((event, index) => {
    const now = 1_000 * (first + index);
    if (isAnswer(event)) {
      if (life.open === null) return;
      const answered =
        event.kind === 'close'
          ? close(life.open, { note: '', isFalse: false }, event.at, now)
          : acknowledge(life.open, 'somebody', 'seen', now);
      if (answered.outcome !== 'answered') throw new TypeError('expected an answer');
      changed.push(answered.alert);
      told.push(...answered.told);
      life = takeOver(life, answered.alert);
      return;
    }
    const step = stepAlert(watch, ['answered'], life, event, now);
    life = step.life;
    changed.push(...step.changed);
    told.push(...step.told);
  });
  return { life, changed, told };
}

function newestOf(changed: readonly Alert[]): Alert[] {
  return [...new Map(changed.map((alert) => [alert.id, alert])).values()];
}

const runs = { numRuns: 400 };
const wellForLong = (from: number) => readings('f'.repeat(30), from);

function timeAfter(given: readonly Round[]): number {
  return given.reduce((sum, { stepMs }) => sum + stepMs, 0) + hour;
}

test('each alert is told at most once, and its end only behind its beginning', () => {
  fc.assert(
    fc.property(watches, rounds, (watch, given) => {
      const { changed, told } = follow(watch, courseOf(given));
      for (const { id, firedAt, state } of newestOf(changed)) {
        const news = told.filter(({ alert }) => alert.id === id).map(({ what }) => what);
        const expected = firedAt === null ? [] : ['firing', 'resolved'];
        expect(news).toEqual(state === 'resolved' ? expected : expected.slice(0, 1));
      }
    }),
    runs,
  );
});

test('whatever was told is told to be over when readings are fine for long', () => {
  fc.assert(
    fc.property(watches, rounds, (watch, given) => {
      const events = [...courseOf(given), ...wellForLong(timeAfter(given))];
      const { life, told } = follow(watch, events);
      expect(life.open).toBeNull();
      const [firing, resolved] = (['firing', 'resolved'] as const).map((asked) =>
        told.filter(({ what }) => what === asked).map(({ alert }) => alert.id),
      );
      expect(resolved).toEqual(firing);
    }),
    runs,
  );
});

test('whatever is not fine for long is told', () => {
  fc.assert(
    fc.property(watches, rounds, (watch, given) => {
      const from = timeAfter(given);
      const events = [...courseOf(given), ...readings('b'.repeat(320), from)];
      expect(follow(watch, events).life.open?.state).toBe('firing');
    }),
    { numRuns: 40 },
  );
});

test('states, times and revisions agree with one another', () => {
  fc.assert(
    fc.property(watches, rounds, (watch, given) => {
      const { changed } = follow(watch, courseOf(given));
      const open = new Map<string, Alert>();
      const over = new Set<string>();
      for (const alert of changed) {
        const { id, state, firedAt, resolvedAt, since, noticedAt } = alert;
        const before = open.get(id);
        expect(over.has(id)).toBe(false);
        expect(alert.revision).toBe((before?.revision ?? 0) + 1);
        if (state === 'pending') expect(firedAt).toBeNull();
        if (state === 'firing') expect(firedAt).not.toBeNull();
        if (isUnjudged(alert)) expect(state).not.toBe('firing');
        expect(state === 'resolved').toBe(resolvedAt !== null);
        expect(state === 'resolved').toBe(alert.ending !== null);
        if (alert.ending === 'passed') expect(firedAt).toBeNull();
        expect(noticedAt).toBeGreaterThanOrEqual(since);
        if (firedAt !== null) {
          expect(firedAt).toBeGreaterThanOrEqual(noticedAt);
          expect(firedAt - since).toBeGreaterThanOrEqual(watch.pendingMs);
        }
        if (resolvedAt !== null) expect(resolvedAt).toBeGreaterThanOrEqual(firedAt ?? noticedAt);
        if (before?.firedAt != null) expect(firedAt).toBe(before.firedAt);
        open.set(id, alert);
        if (state === 'resolved') {
          open.delete(id);
          over.add(id);
        }
        expect(open.size).toBeLessThanOrEqual(1);
      }
    }),
    runs,
  );
});

test('nothing of its kind is told within the refractory period after an end that was told', () => {
  fc.assert(
    fc.property(watches, rounds, (watch, given) => {
      const { told } = follow(watch, courseOf(given));
      for (const unjudged of [false, true]) {
        const own = told.filter(({ alert }) => isUnjudged(alert) === unjudged);
        own.forEach(({ what, alert }, index) => {
          const before = own[index - 1];
          if (what === 'resolved' || before === undefined) return;
          const quietMs = alert.firedAt! - before.alert.resolvedAt!;
          expect(quietMs).toBeGreaterThanOrEqual(watch.refractoryMs);
        });
      }
    }),
    runs,
  );
});

test('the same course gives the same alerts, and readings given again change nothing', () => {
  fc.assert(
    fc.property(watches, rounds, (watch, given) => {
      const events = courseOf(given);
      const once = follow(watch, events);
      expect(follow(watch, events)).toEqual(once);
      const again = events.filter(({ kind }) => kind === 'reading');
      expect(follow(watch, again, once.life)).toMatchObject({ life: once.life, changed: [] });
    }),
    runs,
  );
});

test('a life restored from what is stored goes on as if it had never stopped', () => {
  fc.assert(
    fc.property(watches, rounds, fc.nat(60), (watch, given, cut) => {
      const events = [...courseOf(given), ...wellForLong(timeAfter(given))];
      const before = events.slice(0, cut);
      const [stopped, rest] = [follow(watch, before), events.slice(cut)];
      const restored = restoreLife(JSON.parse(JSON.stringify(newestOf(stopped.changed))));
      const again = before.filter(({ kind }) => kind === 'reading');
      const caughtUp = follow(watch, again, restored);
      expect(caughtUp.changed).toEqual([]);
      const { changed, told } = follow(watch, rest, caughtUp.life, cut);
      const never = follow(watch, rest, stopped.life, cut);
      expect({ changed, told }).toEqual({ changed: never.changed, told: never.told });
    }),
    { numRuns: 1_000 },
  );
});
