/** The dashboard in a real browser, on the real engine with hours of campus events. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defineCampusExperiments } from '../../cli/campusExperiments.ts';
import { defineCampusPolicy } from '../../cli/campusTutor.ts';
import { asLines } from '../../cli/lines.ts';
import { DriftAnswer } from '../../contracts/driftApi.ts';
import { ExperimentsAnswer } from '../../contracts/experimentApi.ts';
import { WatchedModelsAnswer } from '../../contracts/performanceApi.ts';
import { PolicyReport } from '../../contracts/policyApi.ts';
import { createCampus } from '../../sources/campus/campus.ts';
import {
  ndjson,
  removeDirectory,
  startTestEngine,
  type TestEngine,
  temporaryDirectory,
} from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';
import { isRequired } from '../support/isRequired.ts';
import { begin, monitoredEvents } from '../support/monitoredEvents.ts';
import { findChromium, whatTheBrowserLacks } from './support/chromium.ts';
import { describeRoles } from './support/describeRoles.ts';
import { type WalkFindings, walk } from './support/walk.ts';
import { type AlertFindings, walkAlerts } from './support/walkAlerts.ts';
import { type DriftFindings, walkDrift } from './support/walkDrift.ts';
import { type ExperimentFindings, walkExperiments } from './support/walkExperiments.ts';
import { type ModelFindings, walkModels } from './support/walkModels.ts';
import { type PolicyFindings, walkPolicies } from './support/walkPolicies.ts';

const hour = 3_600_000;
/** Of the campus; looked up by name. */
const student = 7;
/** Figures of few are not shown: a picture needs more of them. */
const pictures = process.env['WALK_PICTURES'];
const { students, intensity } =
  pictures === undefined ? { students: 300, intensity: 0.5 } : { students: 1_500, intensity: 2.5 };
const browser = findChromium();
const missing = whatTheBrowserLacks();
if (missing !== '') console.warn(`The walk through the dashboard is skipped: ${missing}`);

test.runIf(isRequired('browser'))('what the walk needs is there', () => {
  expect(missing).toBe('');
});

describe.skipIf(missing !== '')('the dashboard', () => {
  const data = temporaryDirectory();
  // Recommendations are looked for more often than once a minute.
  const options = { pace: { clock: Date.now, everyMs: 5_000 } };
  let at: TestEngine;
  let found: WalkFindings;
  let programme: string;

  let sent = 0;
  // Events for users of both partitions: whichever is looked at changes.
  const send = async () => {
    const time = new Date().toISOString();
    const users = Array.from({ length: 16 }, (_, i) => `visitor-${i}`);
    await at.send(users.map((user) => ({ id: `walk-${sent++}`, type: 'viewed', time, user })));
  };

  beforeAll(async () => {
    at = await startTestEngine(data, {}, [], options);
    const now = Date.now();
    const start = now - 12 * hour;
    // Always the hours of a day: in those of a night too few study for what is looked at.
    const zoneOffsetMs = 20 * hour - (now % (24 * hour));
    // On a weekend a third as much happens: too little to tell what another policy would have earned.
    const isWeekend = [0, 6].includes(new Date(now).getUTCDay());
    const busy = isWeekend ? 3 * intensity : intensity;
    const campus = createCampus({ seed: 4, students, intensity: busy, start, zoneOffsetMs });
    await defineCampusExperiments(at.engine.experiments!, campus);
    await defineCampusPolicy(at.engine.policies!, campus);
    programme = campus.truth.student(student).programme;
    const stream = campus.open();
    const sendUntil = async (until: number) => {
      for (;;) {
        const block = stream.advance(until, 2_000);
        if (block.length === 0) return;
        expect((await at.post(asLines(block), ndjson)).status).toBe(202);
      }
    };
    // In parts, each of which is a point of the course of an experiment.
    for (let until = start; until < now; ) {
      until = Math.min(now, until + 2 * hour);
      await sendUntil(until);
      await at.settle();
    }
    found = await walk(browser!, at.url, send);
  }, 360_000);
  afterAll(async () => {
    await at?.stop();
    removeDirectory(data);
  }, 60_000);

  test('draws its charts and tells in its headlines what they show', () => {
    expect(found.charts.overview).toBeGreaterThan(2);
    expect(found.charts.pipelines).toBeGreaterThan(2);
    expect(found.headlines.overview).toMatch(/\w+ \w+/);
    expect(found.headlines.pipelines).toMatch(/\w/);
  });

  test('shows new events without being touched', () => {
    expect(found.updated).toBe(true);
  });

  test('can be used with the keyboard alone', () => {
    expect(found.keyboardFaults).toEqual([]);
  });

  test('has no violation that axe-core finds, in light and dark', () => {
    expect(found.violations).toEqual([]);
  });

  test('makes no errors and fits a telephone', () => {
    expect(found.errors).toEqual([]);
    expect(found.overflows).toEqual([]);
  });

  describe('in the hands of who experiments', () => {
    let seen: ExperimentFindings;

    beforeAll(async () => {
      // Until the units that are old enough have been scored and judged.
      await eventually(async () => {
        const { experiments } = await at.get('/v1/experiments', ExperimentsAnswer);
        expect(experiments.map(({ verdict }) => verdict !== null)).toEqual([true, true, true]);
      }, 60_000);
      seen = await walkExperiments(browser!, at.url, 'Worked hints');
    }, 360_000);

    test('lists what runs, and shows the effect of one over time', () => {
      const campus = ['A page without distractions', 'Badges for streaks', 'Worked hints'];
      expect([...seen.listed].sort()).toEqual(campus);
      expect(seen.seen.headline).toContain('“Worked hints”');
      expect(seen.seen.charts).toBeGreaterThan(1);
    });

    test('answers what a larger effect would take', () => {
      const [before, after] = seen.planned.map((headline) =>
        Number(/within\s(\d+)\sdays/.exec(headline)?.[1]),
      );
      expect(after).toBeLessThan(before!);
    });

    test('takes an experiment from its draft to a decision, each step on record', () => {
      expect(seen.happened).toEqual([expect.stringMatching(/^Started/), 'Fire drill']);
      expect(seen.log).toEqual([
        ['Stopped: nothing is shipped', 'The timetable allows no longer breaks', 'María Klein'],
        ['Noted: “Fire drill”', '–', 'María Klein'],
        ['Started', 'The classes have been told', 'María Klein'],
        ['Created', 'Asked for by the students', 'María Klein'],
      ]);
      expect(seen.askedAgain).toBe(0);
      expect(seen.standing).toMatch(/^Stopped/);
      expect(seen.ended).toBe('It was stopped, and nothing was shipped.');
    });

    test('has no violation that axe-core finds, and makes no errors', () => {
      expect(seen.violations).toEqual([]);
      expect(seen.errors).toEqual([]);
    });
  });

  describe('in the hands of who personalizes', () => {
    let seen: PolicyFindings;

    beforeAll(async () => {
      // Until decisions whose horizon has ended are counted.
      await eventually(async () => {
        const { worth } = await at.get('/v1/policies/tutor/report', PolicyReport);
        expect(worth.policy.low).not.toBeNull();
      }, 60_000);
      seen = await walkPolicies(browser!, at.url, {
        ...{ name: 'What the tutor suggests', key: 'tutor' },
        student: `student-${String(1_000_000 + student).slice(1)}`,
        told: ['programme', programme],
      });
    }, 360_000);

    test('tells what the tutor earns, over time and by group', () => {
      expect(seen.listed).toEqual(['What the tutor suggests']);
      // Made at random, its decisions earn what chance earns.
      expect(seen.detail.headline).toMatch(/^It earns 0\.\d+ a decision \(±0 against chance\)\./);
      expect(seen.detail.charts).toBe(3);
      expect(seen.detail.groups).toBe(4);
    });

    test('puts what would have learnt before chance, and says why', () => {
      expect(seen.ranked).toHaveLength(3);
      expect(seen.ranked[0]).toBe('linucb');
      expect([...seen.ranked].sort()).toEqual(['As it was decided', 'Chance', 'linucb']);
      expect(seen.reason).toMatch(/^Would have earned 0\.\d+ a decision .* logged/);
    });

    test('explains what a student would get, and tells what is known of them', () => {
      expect(seen.student).toMatch(/^student-000007 would most likely get “.+”: with a proba/);
      const parts = [...seen.parts];
      const score = parts.pop();
      expect(parts.length).toBeGreaterThan(1);
      expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(score!, 2);
      expect(seen.likings).toBeGreaterThan(2);
      expect(seen.decisions).toBeGreaterThan(0);
    });

    test('has no violation that axe-core finds, and makes no errors', () => {
      expect(seen.violations).toEqual([]);
      expect(seen.errors).toEqual([]);
    });
  });

  describe('in the hands of who is on call', () => {
    let seen: AlertFindings;

    beforeAll(async () => {
      seen = await walkAlerts(browser!, at.url, send);
    }, 360_000);

    test('says before a watch is made how often it would have alerted, and alerts', () => {
      expect(seen.headlines[0]).toMatch(/\w+ \w+/);
      expect(seen.backTest).toMatch(
        /^Over the stored .* it would have alerted (once|\d+\stimes)\.$/,
      );
      expect(seen.headlines[1]).toMatch(/alerts? (is|are) open/);
      expect(seen.alert.headline).toMatch(/above 0\.$/);
      expect(seen.alert.charts).toBe(1);
    });

    test('takes care of an alert, and counts one that was none', () => {
      expect(seen.alert.owner).toBe('María Klein');
      expect(seen.alert.ended).toBe('False alarm');
      expect(seen.counted).toBe('1 of them false');
    });
  });

  describe('in the hands of who answers for a model', () => {
    let seen: ModelFindings;

    beforeAll(async () => {
      // Predictions of the last two days, and the labels that have come since.
      const now = Date.now();
      const shiftMs = now - 48 * hour - begin;
      const model = { days: 2, perDay: 400, model: 'dropout', seed: 9 };
      const events = monitoredEvents(model).flatMap(({ time, line }) => {
        const at = time + shiftMs;
        return at > now ? [] : [{ ...(JSON.parse(line) as object), time: at }];
      });
      await at.send(events);
      await eventually(async () => {
        const { models } = await at.get('/v1/watched-models', WatchedModelsAnswer);
        expect(models[0]?.labels).toMatchObject({ told: 800 });
        expect(models[0]?.total.count).toBeGreaterThan(400);
      }, 120_000);
      seen = await walkModels(browser!, at.url, {
        ...{ own: 'answer', outside: 'dropout' },
      });
    }, 360_000);

    test('lists the engine’s own model and the one from outside', () => {
      expect(seen.listed.at(-1)).toBe('dropout');
      expect(seen.listed).toHaveLength(2);
    });

    test('says how each does, and for whom worse', () => {
      expect(seen.own.headline).toMatch(/^Accuracy (held at|is) 0\.\d{3}.*\.$/);
      expect(seen.own.charts).toBe(3);
      expect(seen.own.slices.length).toBeGreaterThan(5);
      expect(seen.outside.headline).toMatch(/^Accuracy .*0\.\d{3}.*\.$/);
      expect(seen.outside.charts).toBe(4);
      // Its labels are those of a coin.
      expect(seen.outside.slices[0]).toBe('geometry');
    });

    test('counts more cases at a lower threshold', () => {
      const [before, after] = seen.acted;
      expect(before).toBeGreaterThan(50);
      expect(after).toBeGreaterThan(before);
    });

    test('has no violation that axe-core finds, makes no errors and fits a telephone', () => {
      expect(seen.violations).toEqual([]);
      expect(seen.errors).toEqual([]);
      expect(seen.overflows).toEqual([]);
    });
  });

  describe('in the hands of each role', () => {
    describeRoles({
      browser: browser!,
      engine: () => at,
      async restart(meanwhile) {
        const port = Number(new URL(at.url).port);
        await at.stop();
        await meanwhile();
        at = await startTestEngine(data, { port }, [], options);
      },
      experiments: { spoilt: 'focus-mode', seen: 'worked-hints' },
      user: `student-${String(1_000_000 + student).slice(1)}`,
      pictures,
    });
  });
});

describe.skipIf(missing !== '')('the pages of drift, on nine days of the campus', () => {
  const data = temporaryDirectory();
  const day = 24 * hour;
  let at: TestEngine;
  let seen: DriftFindings;

  beforeAll(async () => {
    at = await startTestEngine(data);
    const end = Math.floor(Date.now() / day) * day + hour;
    const start = end - hour - 9 * day;
    const campus = createCampus({ seed: 5, students: 120, intensity: 0.05, start });
    const stream = campus.open();
    for (;;) {
      const block = stream.advance(end, 2_000);
      if (block.length === 0) break;
      expect((await at.post(asLines(block), ndjson)).status).toBe(202);
    }
    await at.settle();
    await eventually(async () => {
      const { stored } = await at.get('/v1/drift', DriftAnswer);
      expect(stored.days).toBeGreaterThan(6);
    }, 60_000);
    seen = await walkDrift(browser!, at.url, pictures);
  }, 360_000);
  afterAll(async () => {
    await at?.stop();
    removeDirectory(data);
  }, 60_000);

  test('say what has drifted, by column and day', () => {
    expect(seen.headline).toMatch(
      /columns? (has|have) drifted|^Nothing has drifted: all five columns/,
    );
    expect(seen.columns.slice(0, 2)).toEqual(['Predictions', 'Labels']);
    expect([...seen.columns].sort()).toEqual(
      ['Labels', 'Predictions', 'course', 'item', 'latency ms', 'skill', 'type'].sort(),
    );
    expect(seen.judged).toBeGreaterThan(6 * seen.columns.length);
    expect(seen.column.headline).toMatch(/^Latency ms /);
    expect(seen.column.charts).toBe(3);
  });

  test('lead from a day of a column to its events, as many as it has rows', () => {
    const [, rows] = /^(.+) rows$/.exec(seen.behind.rows) ?? [];
    expect(seen.behind.counts).toContain(`The number is of ${rows} events.`);
  });

  test('have no violation that axe-core finds, make no errors and fit a telephone', () => {
    expect(seen.violations).toEqual([]);
    expect(seen.errors).toEqual([]);
  });
});
