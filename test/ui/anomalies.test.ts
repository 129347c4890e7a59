import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Alert, alertStates } from '../../contracts/alert.ts';
import { Judgement, lanes, Watch, type WatchInput } from '../../contracts/watch.ts';
import { apartWords } from '../../ui/anomalies/apart.ts';
import { isChosen, isNarrowed } from '../../ui/anomalies/chosen.ts';
import { barsMax, contributionBars } from '../../ui/anomalies/contributionBars.ts';
import { exampleCommand } from '../../ui/anomalies/exampleCommand.ts';
import { alertsApart, byUrgency, incidentsOf } from '../../ui/anomalies/incidents.ts';
import { forWhom, keyWords } from '../../ui/anomalies/keyWords.ts';
import { lanesView, timelineOf } from '../../ui/anomalies/lanesView.ts';
import { lastingWords } from '../../ui/anomalies/lasting.ts';
import { listSentence } from '../../ui/anomalies/listSentence.ts';
import { numbered } from '../../ui/anomalies/numbered.ts';
import { expectedWords, readingStanding } from '../../ui/anomalies/readingWords.ts';
import { alertStanding, watchStanding } from '../../ui/anomalies/standing.ts';
import { briefly, clauseOf, titleOf } from '../../ui/anomalies/titleOf.ts';
import { newestOf } from '../../ui/anomalies/useNewest.ts';
import {
  budgetOf,
  budgetWords,
  judgementWords,
  sourceWords,
} from '../../ui/anomalies/watchWords.ts';
import { laneLayout, rowsMax } from '../../ui/charts/laneLayout.ts';
import { faded } from '../../ui/charts/laneShapes.ts';
import { capsuleOf } from '../../ui/charts/lanesTable.ts';
import { laneNames, standingNames } from '../../ui/data/search.ts';
import { spanOf, spanText } from '../../ui/format/spans.ts';
import { formatMoment } from '../../ui/format/times.ts';
import { happenedIn } from '../../ui/happenings/happened.ts';
import { barWidth } from '../../ui/parts/SignedBar.tsx';
import { oneIn } from '../../ui/words/watchForm.ts';
import { reading } from '../support/fakeAlerts.ts';
import { alert, hour, minute, now, over, standing } from './support/alertSamples.ts';

test('the address knows all sources and states, in the order of the flow', () => {
  expect(laneNames).toEqual(lanes);
  expect([...standingNames].sort()).toEqual([...alertStates, 'open'].sort());
});

describe('the sentence over the list', () => {
  const zone = 'UTC';
  const say = (alerts = [alert('a')], watches = [standing('w')]) =>
    listSentence({ watches, alerts, now, zone });

  test('says that nothing is unusual, and why that may not be known', () => {
    expect(say([])).toEqual({ tone: 'good', word: 'Nothing is unusual.' });
    expect(say([], [])).toEqual({ tone: 'none', word: 'Nothing is watched yet.' });
    expect(say([], [standing('w', {}, false)]).word).toBe(
      'Nothing is watched: the one watch is switched off.',
    );
    expect(say([], [standing('w', { state: 'starting' })]).word).toContain('just begun');
    expect(say([], [standing('v'), standing('w', { state: 'error' })])).toEqual({
      tone: 'attention',
      word: 'Nothing unusual is known, but 1 watch cannot be judged.',
    });
  });

  test('counts what is open and tells the most urgent', () => {
    const low = alert('b', {
      ...{ severity: 'low', since: now - 3 * hour },
      headline: 'Logins rose to 4.1 times of what is usual (410 instead of 100 in 5 minutes).',
    });
    expect(say([low, alert('a')])).toEqual({
      tone: 'bad',
      word: '2\u00a0alerts are open: answered events fell to 4 % of what is usual since 13:35.',
    });
    expect(say([low])).toEqual({
      tone: 'attention',
      word: '1\u00a0alert is open: logins rose to 4.1 times of what is usual since 11:00.',
    });
  });

  test('counts causes apart from alerts', () => {
    const many = Array.from({ length: 40 }, (_, i) => alert(`a${i}`, { incident: 'a0' }));
    expect(say(many).word).toMatch(/^40\u00a0alerts are open, of 1\u00a0cause: answered/);
  });

  test('what is only noticed is said to be so', () => {
    const found = say([alert('a', { state: 'pending', firedAt: null })]);
    expect(found).toMatchObject({ tone: 'attention' });
    expect(found.word).toMatch(/^Something is noticed, but not told yet: answered/);
  });

  test('a silence is told with what is silent, and without a second time', () => {
    const silent = alert('a', {
      ...{ state: 'no-data', direction: null, severity: 'low', watchName: 'Logins' },
      headline: 'No reading since 12:05 UTC.',
    });
    expect(say([silent]).word).toBe('1\u00a0alert is open: Logins: no reading since 12:05 UTC.');
    expect(say([silent]).tone).toBe('attention');
    expect(titleOf(silent)).toBe('Logins: no reading since 12:05 UTC.');
  });
});

test('a headline as a part of a sentence begins in small letters, unless it begins with a name', () => {
  expect(clauseOf('Answered events fell.')).toBe('answered events fell');
  expect(clauseOf('AUC of “tutor” fell.')).toBe('AUC of “tutor” fell');
  expect(clauseOf('latency_ms rose.')).toBe('latency_ms rose');
  expect(briefly(alert('a', { headline: 'Latency rose (9 instead of 2).' }), '9:35')).toBe(
    'latency rose since 9:35',
  );
});

describe('incidents', () => {
  test('alerts of one cause are one, called by the first, as bad as the worst that is open', () => {
    const lead = over('a', { since: now - 3 * hour, severity: 'high' });
    const later = alert('b', { incident: 'a', severity: 'low', state: 'pending' });
    const other = alert('c', { since: now - hour });
    const found = incidentsOf([later, other, lead]);
    expect(found.map(({ id }) => id)).toEqual(['a', 'c']);
    expect(found[0]).toMatchObject({
      ...{ lead, alerts: [lead, later], since: lead.since, until: null },
      ...{ state: 'pending', severity: 'low' },
    });
  });

  test('an incident whose first alert is not known is called by the first that is', () => {
    const [found] = incidentsOf([over('b', { incident: 'a', since: now - hour })]);
    expect(found).toMatchObject({ id: 'a', state: 'resolved', until: now - minute });
    expect(found?.lead.id).toBe('b');
  });

  test('every alert is in one incident, and apart each is its own', () => {
    const anyAlerts = fc.array(
      fc.record({
        incident: fc.nat(5),
        since: fc.nat(1_000),
        state: fc.constantFrom(...alertStates),
        severity: fc.constantFrom('high' as const, 'low' as const),
      }),
    );
    fc.assert(
      fc.property(anyAlerts, (parts) => {
        const alerts = parts.map(({ incident, since, state, severity }, i) =>
          alert(`a${i}`, {
            ...{ incident: `a${incident}`, since, state, severity },
            ...(state === 'resolved' ? { resolvedAt: since + 5, ending: 'recovered' } : {}),
          }),
        );
        const found = incidentsOf(alerts);
        const members = found.flatMap(({ alerts: each }) => each.map(({ id }) => id));
        expect(members.sort()).toEqual(alerts.map(({ id }) => id).sort());
        for (const { alerts: each, since, until } of found) {
          expect(since).toBe(Math.min(...each.map((one) => one.since)));
          expect(until === null).toBe(each.some(({ state }) => state !== 'resolved'));
        }
        expect(alertsApart(alerts)).toHaveLength(alerts.length);
        const sorted = found.toSorted(byUrgency);
        const firing = sorted.map(({ state }) => state === 'firing');
        expect(firing).toEqual(firing.toSorted((a, b) => Number(b) - Number(a)));
      }),
    );
  });
});

test('what the address asks for is what is shown', () => {
  const open = alert('a', { lane: 'outcome' });
  expect(isChosen(open, {})).toBe(true);
  expect(isChosen(open, { standing: 'open' })).toBe(true);
  expect(isChosen(over('b'), { standing: 'open' })).toBe(false);
  expect(isChosen(over('b'), { standing: 'resolved' })).toBe(true);
  expect(isChosen(open, { lane: 'ingest' })).toBe(false);
  expect(isChosen(open, { watch: 'answered-events', lane: 'outcome', standing: 'firing' })).toBe(
    true,
  );
  expect(isNarrowed({})).toBe(false);
  expect(isNarrowed({ watch: 'logins' })).toBe(true);
});

describe('the timeline', () => {
  const window = { from: now - 24 * hour, to: now };
  const day = {
    at: now - 5 * hour,
    until: now + 5 * hour,
    kind: 'calendar',
    subject: 'e',
  } as const;
  const happenings = [
    { at: now - hour, until: null, kind: 'policy', subject: 'p', sentence: 'Later' },
    { ...day, sentence: 'Exam week' },
    { at: now - 2 * hour, until: null, kind: 'deployment', subject: 'd', sentence: 'Earlier' },
    { at: now - 3 * hour, until: null, kind: 'alert', subject: 'a', sentence: 'An alert' },
    { at: now - 40 * hour, until: null, kind: 'metric', subject: 'm', sentence: 'Long ago' },
  ] as const;

  test('days of the calendar are stripes, what else happened is numbered in its order', () => {
    const of = (alerts: Alert[], asked: Parameters<typeof timelineOf>[1]) => {
      const timeline = timelineOf(alerts, asked, window);
      const own = { happenings: [], kind: 'alert' } as const;
      return lanesView(timeline, happenedIn(happenings, timeline.window, [], own), asked);
    };
    const view = of([alert('a')], { range: '24h' });
    expect(view.context.stripes).toEqual([{ from: day.at, to: day.until, name: 'Exam week' }]);
    expect(view.context.flags).toEqual([
      { at: now - 2 * hour, label: '1' },
      { at: now - hour, label: '2' },
    ]);
    expect(view.context.lanes).toEqual([0, 1, 2, 3, 4]);
    expect(of([], { range: '24h', lane: 'outcome' }).context.lanes).toEqual([3]);
  });

  test('of everything it begins with the first alert, and shows a day at least', () => {
    const from = (since: number) =>
      timelineOf([alert('a', { since })], { range: 'all' }, { from: 0, to: now }).window.from;
    expect(from(now - 90 * hour)).toBe(now - 90 * hour);
    expect(from(now - hour)).toBe(now - 24 * hour);
  });

  test('bars that overlap stand in different rows, and never more than are needed', () => {
    const bar = fc.record({ lane: fc.nat(2), from: fc.nat(100), lasting: fc.nat(30) });
    fc.assert(
      fc.property(
        fc.array(bar, { maxLength: 20 }),
        fc.integer({ min: 1, max: 9 }),
        (drawn, least) => {
          const bars = drawn.map(({ lane, from, lasting }) => ({ lane, from, to: from + lasting }));
          const { rowOf, rows } = laneLayout(bars, 3, least);
          const ends = bars.map(({ from, to }) => Math.max(to, from + least));
          bars.forEach((a, i) => {
            expect(rowOf[i]).toBeLessThan(rows[a.lane]!);
            bars.forEach((b, j) => {
              const overlap = a.from < ends[j]! && b.from < ends[i]!;
              if (i < j && a.lane === b.lane && overlap) expect(rowOf[i]).not.toBe(rowOf[j]);
            });
          });
          rows.forEach((count, lane) => {
            const own = bars
              .map((each, i) => ({ ...each, end: ends[i]! }))
              .filter((b) => b.lane === lane);
            const depth = own.map(
              ({ from }) => own.filter((b) => b.from <= from && b.end > from).length,
            );
            expect(count).toBe(Math.max(1, ...depth));
          });
        },
      ),
    );
  });

  test('more than fit share the last row', () => {
    const bars = Array.from({ length: 100 }, () => ({ lane: 0, from: 0, to: 5 }));
    const { rowOf, rows } = laneLayout(bars, 1, 1);
    expect(rows).toEqual([rowsMax]);
    expect(Math.max(...rowOf)).toBe(rowsMax - 1);
  });

  test('each standing has a look of its own', () => {
    const look = (part: Parameters<typeof alert>[1]) =>
      capsuleOf(alertsApart([alert('a', part)])[0]!);
    expect(look({})).toBe('high');
    expect(look({ severity: 'low' })).toBe('low');
    expect(look({ state: 'pending' })).toBe('pending');
    expect(look({ state: 'no-data' })).toBe('blind');
    expect(look({ state: 'error' })).toBe('blind');
    expect(look({ state: 'resolved', ending: 'recovered' })).toBe('over');
    expect(look({ state: 'resolved', ending: 'false alarm' })).toBe('false');
    expect(faded('#c0362c')).toBe('rgba(192, 54, 44, 0.2)');
  });
});

test('standings are words with a tone, and an ending says how', () => {
  expect(alertStanding(alert('a'))).toEqual({ tone: 'bad', word: 'Alert' });
  expect(alertStanding(alert('a', { severity: 'low' })).tone).toBe('attention');
  expect(alertStanding(alert('a', { state: 'error' })).word).toBe('Cannot be judged');
  expect(alertStanding(over('a', { ending: 'false alarm' }))).toEqual({
    ...{ tone: 'none', word: 'False alarm' },
  });
  expect(watchStanding({ state: 'ok' })).toEqual({ tone: 'good', word: 'All well' });
  expect(watchStanding({ state: 'off' }).tone).toBe('none');
});

test('for whom, since when, and how long', () => {
  expect(keyWords([])).toBe('all together');
  expect(forWhom([])).toBe('all together');
  expect(forWhom(['algebra', '7'])).toBe('for algebra · 7');
  expect(lastingWords({ since: now - hour, resolvedAt: null }, now)).toBe('1\u00a0h');
  expect(lastingWords({ since: now - hour, resolvedAt: now - 30 * minute }, now)).toBe(
    '30\u00a0min',
  );
  expect(lastingWords({ since: now + hour, resolvedAt: null }, now)).toBe('0\u00a0ms');
  const behind = alert('a', { since: now - 2 * hour, latest: reading(now - hour, 1, 1) });
  expect(lastingWords(behind, now)).toBe('1.1\u00a0h');
  expect(lastingWords({ ...behind, state: 'no-data' }, now)).toBe('2\u00a0h');
  expect(formatMoment(now - hour, now, 'UTC')).toBe('13:00');
  expect(formatMoment(now - 30 * hour, now, 'UTC')).toBe('24 Nov, 08:00');
  expect(formatMoment(now - 400 * 24 * hour, now, 'UTC')).toMatch(/^21 Oct 2025, 14:00/);
  expect(apartWords(now - 10 * minute, now)).toBe('10\u00a0min before');
  expect(apartWords(now + 2 * hour, now)).toBe('2\u00a0h after');
  expect(apartWords(now + 10, now)).toBe('at the same time');
  expect(newestOf([standing('a', { judgedTo: null }), standing('b')])).toBe(now);
  expect(newestOf([standing('a', { judgedTo: null })])).toBeUndefined();
});

test('a reading is told beside what is usual, or beside its limit', () => {
  const low = reading(now, 9, 200);
  expect(expectedWords(low)).toBe('usual: 144\u00a0…\u00a0262');
  expect(readingStanding(low)).toEqual({ tone: 'bad', word: 'below what is usual' });
  expect(readingStanding(reading(now, 200, 200)).tone).toBe('good');
  expect(readingStanding(reading(now, 400, 200)).word).toBe('above what is usual');
  const limited = { ...low, expected: null, lower: null, upper: 5 };
  expect(expectedWords(limited)).toBe('limit: 5');
  expect(readingStanding(limited)).toEqual({ tone: 'bad', word: 'above the limit' });
  expect(expectedWords({ ...limited, upper: null })).toBe('nothing is expected here');
  expect(readingStanding(null)).toEqual({ tone: 'none', word: '' });
});

test('contributions are bars on one scale, what goes against them on the other side', () => {
  const part = (name: string, share: number) => ({ name, value: 1, expected: 2, share });
  const { zero, bars, rest } = contributionBars([part('a', 0.4), part('b', -0.6), part('c', 0.8)]);
  expect(bars.map(({ name }) => name)).toEqual(['c', 'b', 'a']);
  expect(bars[0]!.to).toBeCloseTo(barWidth - 2);
  expect(bars[1]!.to).toBeLessThan(zero);
  expect(bars[1]!.to).toBeCloseTo(2);
  expect(rest).toBeUndefined();
  const many = contributionBars(Array.from({ length: 20 }, (_, i) => part(`p${i}`, 0.05)));
  expect(many.bars).toHaveLength(barsMax);
  expect(many.rest?.count).toBe(20 - barsMax);
  expect(many.rest?.share).toBeCloseTo(0.05 * (20 - barsMax));
  expect(contributionBars([]).bars).toEqual([]);
});

test('what changed near an alert is numbered where its chart shows it', () => {
  const nearby = [-3, 1, -30].map((hours) => ({
    ...({ at: now + hours * hour, until: null, kind: 'policy', subject: 'p' } as const),
    sentence: String(hours),
  }));
  const explained = alert('a', { explanation: { contributions: [], nearby, similar: [] } });
  const course = [reading(now - 6 * hour, 1, 1), reading(now + 2 * hour, 1, 1)];
  const sentences = numbered({ alert: explained, course }).map(({ sentence }) => sentence);
  expect(sentences).toEqual(['-3', '1']);
  expect(numbered({ alert: alert('b'), course })).toEqual([]);
});

describe('watches in words', () => {
  const source = (part: WatchInput['source']) =>
    sourceWords(
      Watch.parse({
        key: 'w',
        name: 'w',
        lane: 'ingest',
        source: part,
        judgement: { kind: 'alarms' },
      }).source,
    );

  test('what is looked at, and when that alerts', () => {
    expect(source({ kind: 'metric', metric: 'answered', figure: 'count' })).toBe(
      'count of answered, every 5\u00a0minutes',
    );
    expect(source({ kind: 'metric', metric: 'ms', figure: 'p95', by: 'segment' })).toBe(
      '95th percentile of ms, every 5\u00a0minutes, each segment by itself',
    );
    expect(source({ kind: 'statistic', name: 'drift', figure: 'alarms' })).toBe(
      'alarms of the statistic drift, each key',
    );
    expect(source({ kind: 'finding', name: 'lag', pipeline: 'other' })).toBe(
      'findings of lag (pipeline other)',
    );
    const words = (judgement: WatchInput['judgement']) =>
      judgementWords(Judgement.parse(judgement));
    expect(words({ kind: 'usual', direction: 'fall' })).toContain('below what is usual');
    expect(words({ kind: 'limit', direction: 'above', limit: 5 })).toBe('when it is above 5');
    expect(budgetOf(Judgement.parse({ kind: 'usual' }))).toBe(0.2);
    expect(budgetOf(Judgement.parse({ kind: 'alarms' }))).toBeUndefined();
  });

  test('a budget is told in weeks or a week', () => {
    expect(budgetWords(0.2)).toBe('at most 1 in 5\u00a0weeks');
    expect(budgetWords(1)).toBe('at most 1 a week');
    expect(budgetWords(2)).toBe('at most 2 a week');
    expect(budgetWords(undefined)).toBe('no budget');
    expect(oneIn(5)).toBe('one alert in five weeks');
    expect(oneIn(1)).toBe('one alert a week');
    expect(oneIn(0.5)).toBe('2 alerts a week');
    expect(oneIn(2.5)).toBe('one alert in 2.5\u00a0weeks');
  });

  test('the example that an empty page shows is a watch that the engine takes', () => {
    const [, body = ''] = /-d '(.*)'$/s.exec(exampleCommand('http://localhost')) ?? [];
    const { definition, revision } = JSON.parse(body);
    expect(Watch.safeParse(definition).success).toBe(true);
    expect(revision).toBe(0);
  });
});

test('a span that is written is read as the same', () => {
  expect(spanOf('10')).toBe(10 * minute);
  expect(spanOf('10 min')).toBe(10 * minute);
  expect(spanOf('1,5 h')).toBe(90 * minute);
  expect(spanOf('2 days')).toBe(48 * hour);
  expect(spanOf('30 s')).toBe(30_000);
  for (const text of ['', 'soon', '5 weeks', '1.2.3', '-5']) expect(spanOf(text)).toBeUndefined();
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 90 * 24 * 3_600 }), (seconds) => {
      expect(spanOf(spanText(seconds * 1_000))).toBe(seconds * 1_000);
    }),
  );
});
