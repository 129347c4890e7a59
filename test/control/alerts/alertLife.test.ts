/** How alerts begin, change and end, transition by transition. */
import { describe, expect, test } from 'vitest';
import { Alert } from '../../../contracts/alert.ts';
import type { WatchInput } from '../../../contracts/watch.ts';
import {
  newLife,
  type Observation,
  restoreLife,
  takeOver,
} from '../../../control/alerts/alertLife.ts';
import { close } from '../../../control/alerts/answer.ts';
import { stepAlert } from '../../../control/alerts/stepAlert.ts';
import { hour, minute, readings, run, statesOf, toldOf, watchOf } from './samples.ts';

const silence = (since: number, at: number): Observation => ({ kind: 'silence', since, at });
const failure = (at: number): Observation => ({ kind: 'error', at, problem: 'no such metric' });

interface Case {
  readonly what: string;
  readonly watch?: Partial<WatchInput>;
  readonly given: readonly Observation[];
  readonly states: string;
  readonly told: string;
}

const cases: readonly Case[] = [
  { what: 'what is fine opens nothing', given: readings('ffuu??n'), states: '', told: '' },
  {
    what: 'without a pending period it fires at once',
    given: readings('fb'),
    states: 'firing',
    told: 'firing',
  },
  {
    what: 'it waits for the pending period, counted from its beginning',
    watch: { pendingMs: 15 * minute },
    given: readings('fbb'),
    states: 'pending',
    told: '',
  },
  {
    what: 'it fires once it has lasted',
    watch: { pendingMs: 15 * minute },
    given: readings('fbbb'),
    states: 'pending firing',
    told: 'firing',
  },
  {
    what: 'what did not last passes and is not told',
    watch: { pendingMs: 15 * minute },
    given: readings('fbbf'),
    states: 'pending resolved:passed',
    told: '',
  },
  {
    what: 'unclear readings keep it waiting, and fire nothing',
    watch: { pendingMs: 15 * minute },
    given: readings('buuu'),
    states: 'pending',
    told: '',
  },
  {
    what: 'after unclear readings a breach fires what has lasted',
    watch: { pendingMs: 15 * minute },
    given: readings('buub'),
    states: 'pending firing',
    told: 'firing',
  },
  {
    what: 'it is over when all has been fine for as long as asked',
    given: readings('bff'),
    states: 'firing resolved:recovered',
    told: 'firing resolved',
  },
  { what: 'one fine reading is too few', given: readings('bf'), states: 'firing', told: 'firing' },
  {
    what: 'a breach between begins the clearing anew',
    given: readings('bfbf'),
    states: 'firing',
    told: 'firing',
  },
  {
    what: 'an unclear reading between begins the clearing anew',
    given: readings('bfuf'),
    states: 'firing',
    told: 'firing',
  },
  {
    what: 'an unknown reading does not clear by itself, and does not disturb',
    given: readings('b???'),
    states: 'firing',
    told: 'firing',
  },
  {
    what: 'fine, unknown, fine is well for as long as it took',
    given: readings('bf?f'),
    states: 'firing resolved:recovered',
    told: 'firing resolved',
  },
  {
    what: 'what lasts is usual in the end',
    given: readings('bbbn'),
    states: 'firing resolved:became usual',
    told: 'firing resolved',
  },
  {
    what: 'pending and usual is not told',
    watch: { pendingMs: hour },
    given: readings('bbn'),
    states: 'pending resolved:became usual',
    told: '',
  },
  {
    what: 'readings out of order and repeated ones are passed over',
    given: [...readings('fffb'), ...readings('fffb'), ...readings('ff', -hour)],
    states: 'firing',
    told: 'firing',
  },
  {
    what: 'a jump of the clock ahead is only a gap',
    given: [...readings('b'), ...readings('ff', 1_000 * hour)],
    states: 'firing resolved:recovered',
    told: 'firing resolved',
  },
  {
    what: 'a short silence is no news',
    given: [...readings('f'), silence(5 * minute, hour + 4 * minute)],
    states: '',
    told: '',
  },
  {
    what: 'a long silence is',
    given: [...readings('f'), silence(5 * minute, hour + 5 * minute)],
    states: 'no-data',
    told: 'firing',
  },
  {
    what: 'silence is no news where the watch says so',
    watch: { noDataMs: null },
    given: [silence(0, 100 * hour)],
    states: '',
    told: '',
  },
  {
    what: 'silence waits for the pending period too',
    watch: { pendingMs: 15 * minute },
    given: [silence(0, hour), silence(0, hour + 14 * minute)],
    states: 'pending',
    told: '',
  },
  {
    what: 'silence is told when it has lasted so much longer',
    watch: { pendingMs: 15 * minute },
    given: [silence(0, hour), silence(0, hour + 15 * minute), silence(0, 2 * hour)],
    states: 'pending no-data',
    told: 'firing',
  },
  {
    what: 'silence that ends while pending is not told',
    watch: { pendingMs: 15 * minute },
    given: [silence(0, hour), ...readings('f', hour)],
    states: 'pending resolved:passed',
    told: '',
  },
  {
    what: 'what was only silent is over with the first reading',
    given: [silence(0, hour), ...readings('f', hour)],
    states: 'no-data resolved:recovered',
    told: 'firing resolved',
  },
  {
    what: 'a reading of too few rows is one',
    given: [silence(0, hour), ...readings('?', hour)],
    states: 'no-data resolved:recovered',
    told: 'firing resolved',
  },
  {
    what: 'one without a value is none',
    given: [silence(0, hour), nothingRead(hour)],
    states: 'no-data',
    told: 'firing',
  },
  {
    what: 'a breach after silence is another alert',
    given: [silence(0, hour), ...readings('b', hour)],
    states: 'no-data resolved:recovered firing',
    told: 'firing resolved firing',
  },
  {
    what: 'what fired goes on after silence, and all must be well anew',
    given: [...readings('bf'), silence(10 * minute, 2 * hour), ...readings('ff', 2 * hour)],
    states: 'firing no-data firing resolved:recovered',
    told: 'firing resolved',
  },
  {
    what: 'what was pending is told as silent',
    watch: { pendingMs: 15 * minute },
    given: [...readings('b'), silence(5 * minute, 2 * hour), ...readings('bff', 2 * hour)],
    states: 'pending no-data firing resolved:recovered',
    told: 'firing resolved',
  },
  {
    what: 'one error is not told',
    given: [failure(hour), silence(hour, hour + minute)],
    states: 'pending resolved:passed',
    told: '',
  },
  {
    what: 'two errors in a row are',
    given: [failure(hour), failure(hour + minute), failure(hour + 2 * minute)],
    states: 'pending error',
    told: 'firing',
  },
  {
    what: 'errors wait for the pending period too',
    watch: { pendingMs: 15 * minute },
    given: [failure(hour), failure(hour + minute), failure(hour + 15 * minute)],
    states: 'pending error',
    told: 'firing',
  },
  {
    what: 'an error is over with the first round that was judged',
    given: [failure(hour), failure(hour + minute), silence(hour, hour + 2 * minute)],
    states: 'pending error resolved:recovered',
    told: 'firing resolved',
  },
  {
    what: 'an error that becomes silence is the same alert',
    given: [
      failure(hour),
      failure(hour + minute),
      silence(0, 2 * hour),
      ...readings('f', 2 * hour),
    ],
    states: 'pending error no-data resolved:recovered',
    told: 'firing resolved',
  },
  {
    what: 'what fired is still about the breach after an error',
    given: [
      ...readings('bf'),
      failure(hour),
      silence(10 * minute, hour + 1),
      ...readings('ff', hour),
    ],
    states: 'firing error firing resolved:recovered',
    told: 'firing resolved',
  },
  {
    what: 'what was pending is marked by the first error and told with the second that is late enough',
    watch: { pendingMs: 15 * minute },
    given: [...readings('b'), failure(6 * minute), failure(7 * minute), failure(15 * minute)],
    states: 'pending error',
    told: 'firing',
  },
  {
    what: 'within the refractory period the next one waits',
    given: readings('bff' + 'bbbb'),
    states: 'firing resolved:recovered pending',
    told: 'firing resolved',
  },
  {
    what: 'what is still there behind the refractory period is told after all',
    given: readings(`bff${'b'.repeat(12)}`),
    states: 'firing resolved:recovered pending firing',
    told: 'firing resolved firing',
  },
  {
    what: 'what came and went within it was a flap, with a clearing like any other',
    given: readings('bff' + 'bfbff'),
    states: 'firing resolved:recovered pending resolved:recovered',
    told: 'firing resolved',
  },
  {
    what: 'a flap that was not told does not make the period longer',
    given: readings(`bffbff${'b'.repeat(9)}`),
    states: 'firing resolved:recovered pending resolved:recovered pending firing',
    told: 'firing resolved firing',
  },
  {
    what: 'what passed is no flap',
    watch: { pendingMs: 15 * minute, refractoryMs: 0 },
    given: readings('bfbfbfbfbbb'),
    states: `${'pending resolved:passed '.repeat(4)}pending firing`,
    told: 'firing',
  },
  {
    what: 'the first error of what was pending for long is not told',
    watch: { pendingMs: 15 * minute },
    given: [...readings('b'), failure(20 * minute)],
    states: 'pending error',
    told: '',
  },
  {
    what: 'windows that begin before the trouble do not clear it at once',
    given: sinceEver(readings('fbf')),
    states: 'firing',
    told: 'firing',
  },
  {
    what: 'silence and breaches do not keep each other from being told',
    given: [...readings('bff'), silence(15 * minute, 2 * hour), ...readings('b', 2 * hour)],
    states: 'firing resolved:recovered no-data resolved:recovered firing',
    told: 'firing resolved firing resolved firing',
  },
  {
    what: 'a watch that is turned off closes what is open',
    given: [...readings('b'), { kind: 'end', at: hour, reason: 'The watch was turned off' }],
    states: 'firing resolved:closed',
    told: 'firing resolved',
  },
  {
    what: 'turned off with nothing open is nothing',
    given: [{ kind: 'end', at: hour, reason: 'off' }],
    states: '',
    told: '',
  },
];

/** One window for all time. */
function sinceEver(observations: readonly Observation[]): Observation[] {
  return observations.map((observation) => {
    if (observation.kind !== 'reading') return observation;
    const { judged } = observation;
    return { kind: 'reading', judged: { ...judged, reading: { ...judged.reading, start: 0 } } };
  });
}

function nothingRead(start: number): Observation {
  const [observation] = readings('?', start);
  if (observation?.kind !== 'reading') throw new TypeError('expected a reading');
  const { judged } = observation;
  return { kind: 'reading', judged: { ...judged, reading: { ...judged.reading, value: null } } };
}

describe('the life of an alert', () => {
  test.each(cases)('$what', ({ watch, given, states, told }) => {
    const course = run(watchOf(watch), given);
    expect(statesOf(course)).toBe(states);
    expect(toldOf(course)).toBe(told);
    for (const alert of course.changed) expect(Alert.parse(alert)).toEqual(alert);
  });

  test('it says when, how far and for how long', () => {
    const { changed } = run(watchOf({ pendingMs: 10 * minute }), readings('fbbff'));
    const last = changed.at(-1)!;
    expect(last).toMatchObject({
      ...{ since: 5 * minute, noticedAt: 10 * minute, firedAt: 15 * minute },
      ...{ resolvedAt: 25 * minute, direction: 'fall', revision: 3, changedAt: 5_000 },
      headline:
        'Events of type answered fell to 10 % of what is usual (10 instead of 100 in 5 minutes).',
    });
    expect(last.worst?.start).toBe(5 * minute);
    expect(last.latest?.end).toBe(25 * minute);
    expect(changed.map(({ revision }) => revision)).toEqual([1, 2, 3]);
  });

  test('the farthest reading is what it tells of', () => {
    const given = readings('bbb');
    const deeper = given.map((observation, index) => {
      if (observation.kind !== 'reading') return observation;
      const reading = { ...observation.judged.reading, value: [20, 5, 190][index]! };
      const direction = index === 2 ? ('rise' as const) : ('fall' as const);
      return { kind: 'reading' as const, judged: { ...observation.judged, reading, direction } };
    });
    const { life } = run(watchOf(), deeper);
    expect(life.open).toMatchObject({
      direction: 'fall',
      worst: { value: 5 },
      latest: { value: 190 },
    });
    expect(life.open?.headline).toContain('5 instead of 100');
  });

  test('a breach that cannot be judged any more says both, and then again only what it is', () => {
    const silent = run(watchOf(), [...readings('b'), silence(5 * minute, 2 * hour)]);
    expect(silent.life.open?.headline).toBe(
      'Events of type answered fell to 10 % of what is usual (10 instead of 100 in 5 minutes). ' +
        'No reading since 00:05 UTC.',
    );
    const back = run(watchOf(), readings('b', 2 * hour), silent.life);
    expect(back.life.open?.headline).not.toContain('No reading');
  });

  test('a key that came and went three times within a day is told once more only when it stays', () => {
    const watch = watchOf({ refractoryMs: 0 });
    const thrice = run(watch, readings('bffbffbff'));
    expect(toldOf(thrice)).toBe('firing resolved firing resolved firing resolved');
    const again = run(watch, readings('bff', hour), thrice.life);
    expect(toldOf(again)).toBe('');
    expect(again.changed[0]).toMatchObject({ flaps: 3, isFlapping: true, state: 'pending' });
    expect(toldOf(run(watch, readings('b'.repeat(11), hour), thrice.life))).toBe('');
    expect(toldOf(run(watch, readings('b'.repeat(12), hour), thrice.life))).toBe('firing');
    // A day later that is forgotten.
    const later = run(watch, readings('b', 25 * hour), thrice.life);
    expect(later.changed[0]).toMatchObject({ flaps: 0, isFlapping: false, state: 'firing' });
  });

  test('what somebody closed comes back as another alert, and is told when the refractory period is over', () => {
    const watch = watchOf();
    const fired = run(watch, readings('b'));
    const answered = close(fired.life.open!, { note: '', isFalse: true }, 6 * minute, 9_000);
    if (answered.outcome !== 'answered') throw new TypeError('expected an answer');
    const life = takeOver(fired.life, answered.alert);
    expect(life.open).toBeNull();
    const later = run(watch, readings('b'.repeat(13), 5 * minute), life);
    expect(statesOf(later)).toBe('pending firing');
    expect(later.told[0]?.alert.firedAt).toBe(70 * minute);
    expect(later.life.open?.id).not.toBe(answered.alert.id);
  });

  test('silence that somebody closed counts anew from there', () => {
    const watch = watchOf({ refractoryMs: 0 });
    const fired = run(watch, [silence(0, hour)]);
    const answered = close(fired.life.open!, { note: '', isFalse: false }, 2 * hour, 9_000);
    if (answered.outcome !== 'answered') throw new TypeError('expected an answer');
    const life = takeOver(fired.life, answered.alert);
    expect(run(watch, [silence(0, 2 * hour + 59 * minute)], life).changed).toEqual([]);
    const again = run(watch, [silence(0, 3 * hour)], life);
    expect(again.changed[0]).toMatchObject({ since: 2 * hour, state: 'no-data' });
  });

  test('the reason of closing is added to what was noted', () => {
    const { life } = run(watchOf(), readings('b'));
    const noted = takeOver(life, { ...life.open!, note: 'Seen.' });
    const { changed } = run(
      watchOf(),
      [{ kind: 'end', at: hour, reason: 'the watch was changed' }],
      noted,
    );
    expect(changed[0]?.note).toBe('Seen. The watch was changed.');
  });

  test('a breach that is what is usual now opens nothing', () => {
    const [observation] = readings('b');
    if (observation?.kind !== 'reading') throw new TypeError('expected a reading');
    const judged = { ...observation.judged, isNewNormal: true };
    expect(run(watchOf(), [{ kind: 'reading', judged }]).changed).toEqual([]);
  });

  test('ids are those of watch, key and beginning', () => {
    const [observation] = readings('b');
    const idOf = (key: string[], given = observation!) =>
      stepAlert(watchOf(), key, newLife, given, 0).changed[0]!.id;
    expect(idOf(['a', 'b'])).toBe(idOf(['a', 'b']));
    expect(idOf(['a', 'b'])).toMatch(/^events-[0-9a-f]{16}$/);
    expect(idOf(['a', 'b'])).not.toBe(idOf(['a,b']));
    expect(idOf(['a'])).not.toBe(idOf(['a'], readings('b', 5 * minute)[0]));
  });

  test('a restored life knows the newest of what was open, of readings, and what ended', () => {
    const { life, changed } = run(watchOf(), readings('bff' + 'bb'));
    const stored = new Map(changed.map((alert) => [alert.id, alert]));
    expect(restoreLife([...stored.values()].reverse())).toEqual(life);
    expect(restoreLife([])).toEqual(newLife);
  });

  test('another alert than the one that is open is not taken over', () => {
    const { life } = run(watchOf(), readings('b'));
    expect(takeOver(life, { ...life.open!, id: 'other' })).toBe(life);
  });
});
