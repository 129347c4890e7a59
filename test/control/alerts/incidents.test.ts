/** Which alerts belong together, and which of them is told. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Alert } from '../../../contracts/alert.ts';
import { lanes } from '../../../contracts/watch.ts';
import { incidentSpanMs, isBehindHead, joinIncidents } from '../../../control/alerts/incidents.ts';
import { alertOf, hour, minute } from './samples.ts';

/** Gives them their places, some at a time. */
function join(batches: readonly (readonly Alert[])[]): Alert[] {
  let known: Alert[] = [];
  for (const fresh of batches) {
    const incidents = joinIncidents(known, fresh);
    known = [...known, ...fresh].map((alert) => ({
      ...{ ...alert, incident: incidents.get(alert.id) ?? alert.incident },
    }));
  }
  return known;
}

/** id → incident, in the order of ids. */
function incidentsOf(...batches: (readonly Alert[])[]): Record<string, string> {
  const joined = join(batches).map(({ id, incident }) => [id, incident] as const);
  return Object.fromEntries(joined.sort(([a], [b]) => (a < b ? -1 : 1)));
}

describe('an incident', () => {
  test('is headed by what is earliest in the flow, then by what began first', () => {
    const outcome = alertOf({ id: 'outcome', lane: 'outcome', since: 0 });
    const late = alertOf({ id: 'late', lane: 'feature', since: 9 * minute });
    const early = alertOf({ id: 'early', lane: 'feature', since: 5 * minute });
    expect(incidentsOf([outcome], [late], [early])).toEqual({
      ...{ early: 'early', late: 'early', outcome: 'early' },
    });
  });

  test('is headed by the whole before its segments, though it began later', () => {
    const segment = alertOf({ id: 'a', watch: 'w', key: ['algebra'], since: 0, direction: 'rise' });
    const whole = alertOf({ id: 'b', watch: 'w', since: 5 * minute, direction: 'rise' });
    const other = alertOf({ id: 'c', watch: 'v', key: ['algebra'], since: 2 * minute });
    expect(incidentsOf([segment], [other], [whole])).toEqual({ a: 'b', b: 'b', c: 'b' });
  });

  test('takes a segment while its whole is open, however long that has been', () => {
    const whole = alertOf({ id: 'a', watch: 'w', direction: 'rise' });
    const segment = alertOf({ id: 'b', watch: 'w', key: ['algebra'], since: 9 * hour });
    expect(incidentsOf([whole], [segment])).toEqual({ a: 'a', b: 'a' });
  });

  test('does not span more than it may, not by a chain either', () => {
    const chain = [0, 10, 20, 30].map((at) =>
      alertOf({ id: `m${at}`, since: at * minute, direction: 'rise' }),
    );
    expect(incidentsOf(chain)).toEqual({ m0: 'm0', m10: 'm0', m20: 'm20', m30: 'm20' });
  });

  test('takes none that begins when its head is over', () => {
    const over = { state: 'resolved', resolvedAt: 5 * minute, ending: 'recovered' } as const;
    const head = alertOf({ id: 'a', ...over });
    const [within, behind] = [5, 6].map((at) => alertOf({ id: `m${at}`, since: at * minute }));
    expect(incidentsOf([head], [within!, behind!])).toEqual({ a: 'a', m5: 'a', m6: 'm6' });
  });

  test('of events that stopped takes whatever falls or is silent later, and nothing that rises', () => {
    const gap = alertOf({ id: 'gap', lane: 'ingest', watch: 'events' });
    const since = 2 * hour;
    const later = [
      alertOf({ id: 'falls', lane: 'prediction', key: ['algebra'], since }),
      alertOf({
        id: 'silent',
        direction: null,
        worst: null,
        state: 'no-data',
        since: since + hour,
      }),
      alertOf({ id: 'rises', direction: 'rise', since: since + 2 * hour }),
    ];
    expect(incidentsOf([gap], later)).toEqual({
      ...{ falls: 'gap', gap: 'gap', rises: 'rises', silent: 'gap' },
    });
    // Of one segment only those of the same.
    const part = alertOf({ id: 'part', lane: 'ingest', watch: 'events', key: ['algebra'] });
    const other = alertOf({ id: 'other', lane: 'outcome', key: ['logic'], since });
    expect(incidentsOf([part], [later[0]!, other])).toMatchObject({
      falls: 'part',
      other: 'other',
    });
    const rising = alertOf({ id: 'rising', lane: 'ingest', direction: 'rise' });
    expect(incidentsOf([rising], [later[0]!])).toMatchObject({ falls: 'falls' });
  });

  test('of events that stopped does not take what fell before', () => {
    const before = alertOf({ id: 'before', lane: 'outcome' });
    const gap = alertOf({ id: 'gap', lane: 'ingest', since: hour });
    expect(incidentsOf([gap], [before])).toEqual({ before: 'before', gap: 'gap' });
    const over = { state: 'resolved', resolvedAt: 9 * hour, ending: 'recovered' } as const;
    const after = alertOf({ id: 'after', lane: 'outcome', since: 3 * hour });
    expect(incidentsOf([{ ...gap, ...over }], [after])).toMatchObject({ after: 'after' });
  });

  test('is the same in whatever order alerts of one round are given', () => {
    const round = [0, 10, 20].map((at) =>
      alertOf({ id: `m${at}`, since: at * minute, direction: 'rise' }),
    );
    expect(incidentsOf([...round].reverse())).toEqual(incidentsOf(round));
  });

  test('nothing is said of alerts that are where they belong', () => {
    const known = join([[alertOf({ id: 'a' }), alertOf({ id: 'b' })]]);
    expect(joinIncidents(known, []).size).toBe(0);
    expect(joinIncidents([], [alertOf()]).size).toBe(0);
  });

  const alerts = fc.uniqueArray(
    fc.record({
      id: fc.integer({ min: 0, max: 99 }).map(String),
      since: fc.integer({ min: 0, max: 15 }).map((at) => at * minute),
      lane: fc.constantFrom(...lanes),
      watch: fc.constantFrom('u', 'v', 'w'),
      key: fc.constantFrom<string[]>([], ['algebra'], ['logic']),
      direction: fc.constantFrom('rise' as const, 'fall' as const),
    }),
    { minLength: 1, maxLength: 12, selector: ({ id }) => id },
  );

  test('alerts that begin within one span are one, in whatever order they are known', () => {
    fc.assert(
      fc.property(
        alerts.chain((given) =>
          fc.tuple(
            fc.constant(given),
            fc.shuffledSubarray(given, { minLength: given.length }),
            fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 12, maxLength: 12 }),
          ),
        ),
        ([given, shuffled, sizes]) => {
          const all = shuffled.map((each) => alertOf(each));
          const batches = sizes.map((size) => all.splice(0, size));
          const together = incidentsOf(given.map((each) => alertOf(each)));
          expect(incidentsOf(...batches)).toEqual(together);
          expect(new Set(Object.values(together)).size).toBe(1);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('each head is a member that heads itself, and without a cause none is farther than the span', () => {
    const anywhere = fc.array(fc.integer({ min: 0, max: 120 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(anywhere, (beginnings) => {
        const given = beginnings.map((at, index) =>
          alertOf({ id: `a${index}`, since: at * minute, direction: 'rise' }),
        );
        const joined = join(given.map((alert) => [alert]));
        const byId = new Map(joined.map((alert) => [alert.id, alert]));
        for (const { since, incident } of joined) {
          const head = byId.get(incident)!;
          expect(head.incident).toBe(head.id);
          expect(Math.abs(since - head.since)).toBeLessThanOrEqual(incidentSpanMs);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('a member', () => {
  const head = alertOf({ id: 'head' });
  const member = alertOf({ id: 'member', incident: 'head' });
  const over: Alert = { ...head, state: 'resolved', resolvedAt: hour, ending: 'recovered' };

  test.each([
    ['is not told while its head is open', head, 9 * hour, true],
    [
      'is not told until its head has been over for as long as it takes to be well',
      over,
      hour + 10 * minute,
      true,
    ],
    ['is told when it outlasts that', over, hour + 10 * minute + 1, false],
    ['is told when nobody was told of its head', { ...head, mutedBy: 'quiet' }, 0, false],
    ['is told when its head only waits', { ...head, firedAt: null }, 0, false],
    ['is told when its head is not known', undefined, 0, false],
    ['is told when it is the head', member, 0, false],
  ] as const)('%s', (_, given, at, expected) => {
    expect(isBehindHead(member, given, 10 * minute, at)).toBe(expected);
  });
});
