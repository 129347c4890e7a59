import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AlertRoute, CalendarDays, MuteWindow, Watch } from '../../contracts/watch.ts';
import { backTestWords } from '../../ui/anomalies/watches/backTest.ts';
import { changedFields } from '../../ui/anomalies/watches/changedFields.ts';
import { clockText, minuteOf } from '../../ui/anomalies/watches/clock.ts';
import { dayRange } from '../../ui/anomalies/watches/dayRange.ts';
import { blankDays, daysDraft, daysOf } from '../../ui/anomalies/watches/daysDraft.ts';
import { definitionOf } from '../../ui/anomalies/watches/definition.ts';
import { blankDraft, draftOf } from '../../ui/anomalies/watches/draft.ts';
import {
  blankMute,
  daysWords,
  muteDraft,
  muteOf,
  whenWords,
} from '../../ui/anomalies/watches/muteDraft.ts';
import { blankRoute, routeDraft, routeOf } from '../../ui/anomalies/watches/routeDraft.ts';
import { asFits } from '../../ui/anomalies/watches/SourceFields.tsx';
import { watchesSentence } from '../../ui/anomalies/watches/watchesSentence.ts';
import { now, standing } from './support/alertSamples.ts';

const dayMs = 86_400_000;

const span = (least = 0) => fc.integer({ min: least, max: 90 * dayMs });
const anyName = fc.stringMatching(/^[a-z][a-z_.]{0,20}$/);
const source = fc.oneof(
  fc.record({
    kind: fc.constant('metric' as const),
    pipeline: anyName,
    metric: anyName,
    figure: fc.constantFrom('count' as const, 'mean' as const, 'p50' as const, 'p95' as const),
    by: fc.constantFrom('whole' as const, 'segment' as const),
    widthMs: fc.integer({ min: 60_000, max: dayMs }),
  }),
  fc.record({
    kind: fc.constant('statistic' as const),
    pipeline: anyName,
    name: anyName,
    figure: anyName,
  }),
  fc.record({ kind: fc.constant('finding' as const), pipeline: anyName, name: anyName }),
);
const number = fc
  .double({ min: -1e6, max: 1e6, noNaN: true })
  .map((x) => Math.round(x * 1e3) / 1e3 + 0);
const weeks = fc.integer({ min: 1, max: 500 });
const judgement = fc.oneof(
  fc.record({
    kind: fc.constant('usual' as const),
    direction: fc.constantFrom('either' as const, 'rise' as const, 'fall' as const),
    budgetPerWeek: weeks.map((count) => count / 10),
    leastChange: fc.integer({ min: 0, max: 1_000 }).map((x) => x / 1_000),
    leastCount: fc.integer({ min: 1, max: 1_000 }),
  }),
  fc.record(
    {
      kind: fc.constant('limit' as const),
      direction: fc.constantFrom('above' as const, 'below' as const),
      limit: number,
      clear: number,
      leastCount: fc.integer({ min: 1, max: 1_000 }),
    },
    { requiredKeys: ['kind', 'direction', 'limit', 'leastCount'] },
  ),
  fc.constant({ kind: 'alarms' as const }),
  fc.record({
    kind: fc.constant('probability' as const),
    budgetPerWeek: weeks.map((count) => count / 10),
  }),
);
const anyWatch = fc
  .record(
    {
      key: fc.stringMatching(/^[a-z][a-z0-9]{0,10}(-[a-z0-9]{1,5})?$/),
      name: fc.stringMatching(/^\S(.{0,40}\S)?$/),
      purpose: fc.string({ maxLength: 40 }),
      lane: fc.constantFrom('ingest' as const, 'outcome' as const),
      severity: fc.constantFrom('high' as const, 'low' as const),
      source,
      judgement,
      pendingMs: span(),
      clearMs: span(),
      refractoryMs: span(),
      noDataMs: fc.option(span(60_000)),
      routes: fc.array(fc.stringMatching(/^[a-z]{1,9}$/), { maxLength: 3 }),
      runbook: fc.constant('https://example.org/runbook'),
      isActive: fc.boolean(),
    },
    {
      requiredKeys: [
        'key',
        'name',
        'purpose',
        'lane',
        'severity',
        'source',
        'judgement',
        'pendingMs',
        'clearMs',
        'refractoryMs',
        'noDataMs',
        'routes',
        'isActive',
      ],
    },
  )
  .filter(({ key }) => key !== 'new' && key !== 'check');

describe('the form of a watch', () => {
  test('a watch that is opened and saved unchanged stays the same', () => {
    fc.assert(
      fc.property(anyWatch, (drawn) => {
        const watch = Watch.parse(drawn);
        const { watch: written, faults } = definitionOf(draftOf(watch));
        expect(faults).toEqual([]);
        expect(Watch.parse(written)).toEqual(watch);
      }),
    );
  });

  test('a new one has the defaults of the engine, and needs a name and a metric', () => {
    expect(definitionOf(blankDraft).faults.map(({ field }) => field)).toEqual([
      'name',
      'key',
      'source',
    ]);
    const draft = { ...blankDraft, name: 'Logins', key: 'logins', metric: 'login' };
    const { watch, faults } = definitionOf(draft);
    expect(faults).toEqual([]);
    expect(Watch.parse(watch)).toEqual(
      Watch.parse({
        ...{ key: 'logins', name: 'Logins', lane: 'ingest' },
        source: { kind: 'metric', metric: 'login', figure: 'count' },
        judgement: { kind: 'usual' },
      }),
    );
  });

  test('what cannot be read is told beside its field', () => {
    const faultsOf = (part: Partial<typeof blankDraft>) =>
      definitionOf({ ...blankDraft, name: 'w', key: 'w', metric: 'm', ...part }).faults.map(
        ({ field, sentence }) => `${field}: ${sentence}`,
      );
    expect(faultsOf({ pending: 'soon' })).toEqual([
      'pendingMs: “soon” is no time, such as 10 minutes or 2 h.',
    ]);
    expect(faultsOf({ weeks: '0' })).toEqual(['judgement: The number of weeks must be above 0.']);
    expect(faultsOf({ judgement: 'limit' })).toEqual(['judgement: A number is missing.']);
    expect(faultsOf({ key: 'new' })[0]).toMatch(/^key: “new” is an address/);
    expect(faultsOf({ source: 'statistic', statistic: 's' })[0]).toMatch(/^source: .*figure/);
    expect(faultsOf({ noData: '' })).toEqual([]);
  });

  test('another source begins with a judgement that fits it', () => {
    expect(asFits('statistic', blankDraft)).toEqual({ source: 'statistic', judgement: 'alarms' });
    const limited = { ...blankDraft, judgement: 'limit' } as const;
    expect(asFits('finding', limited)).toEqual({ source: 'finding' });
    expect(asFits('metric', { ...blankDraft, judgement: 'alarms' })).toEqual({
      ...{ source: 'metric', judgement: 'usual' },
    });
  });

  test('the back-test is told beside what chance alone would bring', () => {
    expect(backTestWords({ alerts: 3, weeks: 6, budgetPerWeek: 0.2 })).toEqual([
      'Over the stored 6\u00a0weeks it would have alerted 3\u00a0times.',
      'Without any cause, at most 1.2 would be expected.',
    ]);
    expect(backTestWords({ alerts: 0, weeks: 1, budgetPerWeek: undefined })).toEqual([
      'Over the stored 1\u00a0week it would have alerted never.',
    ]);
    expect(backTestWords({ alerts: null, weeks: 0, budgetPerWeek: 1 })[0]).toContain('not known');
  });

  test('a revision tells what it changed', () => {
    const before = Watch.parse(standing('w').watch.definition);
    expect(changedFields(before, { ...before, name: 'W', noDataMs: null })).toEqual([
      'Name',
      'No data after',
    ]);
    expect(changedFields(before, { ...before })).toEqual([]);
  });
});

test('the page of watches says in a sentence how they stand', () => {
  expect(watchesSentence([]).word).toBe('Nothing is watched yet.');
  expect(watchesSentence([standing('a')])).toEqual({
    tone: 'attention',
    word: '1\u00a0watch looks at what arrives. None of them is told anywhere: there is no route.',
  });
  expect(watchesSentence([standing('a', {}, false)]).word).toBe('All watches are switched off.');
  expect(watchesSentence([standing('a'), standing('b', { state: 'error' })])).toEqual({
    tone: 'bad',
    word: '2\u00a0watches look at what arrives; “b” cannot be judged.',
  });
});

describe('routes, mute windows and days', () => {
  const routes = [
    { kind: 'webhook', url: 'https://example.org/x', secretVariable: 'SECRET' },
    { kind: 'webhook', url: 'http://localhost:80/' },
    { kind: 'email', to: ['a@example.org', 'b@example.org'] },
    { kind: 'chat', urlVariable: 'CHAT_URL' },
  ] as const;

  test.each(routes)('a route is read as it was written: $kind', (to) => {
    const route = AlertRoute.parse({ key: 'r', name: 'R', least: 'high', isActive: false, to });
    expect(AlertRoute.parse(routeOf(routeDraft(route)))).toEqual(route);
  });

  test('a route without an address is none', () => {
    const named = { ...blankRoute, name: 'R', key: 'r' };
    expect(routeOf(named)).toBeUndefined();
    expect(routeOf({ ...named, emails: ' a@b.org;c@d.org ' })?.to).toEqual({
      ...{ kind: 'email', to: ['a@b.org', 'c@d.org'] },
    });
    expect(routeOf({ ...named, kind: 'chat' })).toBeUndefined();
    expect(routeOf({ ...named, kind: 'webhook', url: ' ' })).toBeUndefined();
  });

  const minute = Math.floor(now / 60_000) * 60_000;
  const windows = [
    { kind: 'once', from: minute, to: minute + dayMs },
    { kind: 'weekly', days: [1, 3], fromMinute: 1_320, toMinute: 360 },
    { kind: 'weekly', days: [6, 7], fromMinute: 0, toMinute: 1_440 },
    { kind: 'calendar', kinds: ['holiday'] },
  ] as const;

  test.each(windows)('a window is read as it was written: $kind', (when) => {
    const mute = MuteWindow.parse({ key: 'm', name: 'M', watches: ['a'], when });
    expect(MuteWindow.parse(muteOf(muteDraft(mute, now)))).toEqual(mute);
  });

  test('a window that ends before it begins, or has no day, is none', () => {
    const named = { ...blankMute(now), name: 'M', key: 'm' };
    expect(muteOf(named)?.when.kind).toBe('once');
    expect(muteOf({ ...named, to: named.from })).toBeUndefined();
    expect(muteOf({ ...named, kind: 'weekly', days: [] })).toBeUndefined();
    expect(muteOf({ ...named, kind: 'weekly', toClock: '' })).toBeUndefined();
    expect(muteOf({ ...named, kind: 'calendar', dayKinds: [] })).toBeUndefined();
  });

  test('windows and days as phrases', () => {
    expect(
      whenWords({ kind: 'weekly', days: [5, 1, 3, 2, 4], fromMinute: 1_320, toMinute: 360 }, now),
    ).toBe('Mon – Fri, 22:00 – 06:00');
    expect(daysWords([6, 7])).toBe('Sat, Sun');
    expect(daysWords([1, 3, 5])).toBe('Mon, Wed, Fri');
    expect(whenWords({ kind: 'calendar', kinds: ['holiday', 'rain'] }, now)).toBe(
      'on days of the calendar: holiday, rain',
    );
    expect(dayRange('2026-12-21', '2027-01-06')).toBe('21 Dec 2026 – 6 Jan 2027');
    expect(dayRange('2026-12-21', '2026-12-21')).toBe('21 Dec 2026');
    for (const minuteOfDay of [0, 59, 485, 1_439]) {
      expect(minuteOf(clockText(minuteOfDay))).toBe(minuteOfDay);
    }
    for (const text of ['24:00', '7', '12:60', '']) expect(minuteOf(text)).toBeUndefined();
  });

  test('days are read as they were written, and one day needs no end', () => {
    const days = CalendarDays.parse({
      ...{ key: 'd', name: 'D', kind: 'exams', from: '2026-11-23', to: '2026-11-27' },
    });
    expect(CalendarDays.parse(daysOf(daysDraft(days)))).toEqual(days);
    const one = { ...blankDays, name: 'D', key: 'd', from: '2026-11-23' };
    expect(daysOf(one)?.to).toBe('2026-11-23');
    expect(daysOf({ ...one, to: '2026-11-20' })).toBeUndefined();
    expect(daysOf({ ...one, from: '' })).toBeUndefined();
  });
});
