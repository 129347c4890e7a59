import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ModelPlan } from '../../../contracts/modelPlan.ts';
import type { TrainingRun } from '../../../contracts/trainingRun.ts';
import { nextCause } from '../../../control/retraining/nextCause.ts';
import { newRun, type StoredRun } from '../../../control/retraining/storedRun.ts';
import type { FiringAlert, TriggerFacts } from '../../../control/retraining/triggers/trigger.ts';
import { below, randomState, uniform } from '../../../stats/random.ts';

const hour = 3_600_000;
const day = 24 * hour;
const noon = Date.UTC(2026, 10, 12, 12);
const plan = ModelPlan.parse({});

const quiet: TriggerFacts = {
  ...{ model: 'answers', champion: '1.4', isOnline: false, madeAt: noon - 2 * day },
  ...{ learntRows: 10_000, newsFrom: noon - 2 * day, rows: 12_000, newRows: 5_000 },
  ...{ lastRunAt: null, isRetry: false, releasing: null, givesWay: false, learntFrom: 5 },
  ...{ alerts: [], drift: [], performance: [], calibration: null, fairness: [] },
};
const alertAt = (since: number, id = `a-${since}`): FiringAlert => ({
  ...{ id, about: 'drift', isOver: false, severity: 'low', since, value: 1, limit: 0 },
  headline: 'Answers of algebra are other than expected.',
});
const alarmed = { ...quiet, alerts: [alertAt(noon - hour)] };

interface Past {
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly kind?: TrainingRun['cause']['kind'];
  readonly model?: string;
  readonly causeId?: string;
}

function past({ startedAt, endedAt, kind = 'drift', model = 'answers', causeId }: Past): StoredRun {
  const cause = { kind, sentence: '', figures: {} };
  const asked = { model, cause, causeId: causeId ?? `past:${startedAt}`, causeAt: 0, plan };
  const stored = newRun(asked, startedAt);
  if (endedAt === undefined) return stored;
  return { ...stored, run: { ...stored.run, state: 'done', endedAt } };
}

const ask = (facts: TriggerFacts, runs: readonly StoredRun[] = [], now = noon) =>
  nextCause(facts, plan, runs, now);

describe('nextCause', () => {
  test('finds what calls for a run', () => {
    const { found, outlook } = ask(alarmed);
    expect(found).toMatchObject({ id: `alert:a-${noon - hour}`, cause: { kind: 'drift' } });
    expect(outlook).toContain('a run begins');
  });

  test('takes what harms before what is new', () => {
    const facts = {
      ...alarmed,
      newRows: 1e6,
      alerts: [...alarmed.alerts, { ...alertAt(noon - 5), about: 'performance' as const }],
    };
    expect(ask(facts).found).toMatchObject({ cause: { kind: 'performance' } });
    expect(ask({ ...quiet, newRows: 1e6 }).found).toMatchObject({ cause: { kind: 'volume' } });
  });

  test('says what would start the next when nothing calls for one', () => {
    expect(ask(quiet)).toEqual({
      found: null,
      learnFrom: null,
      outlook:
        'Nothing calls for a run. Toward the next: 5,000 of 10,000 new examples; the time that is set, 2026-11-17 12:00 UTC.',
    });
  });

  // [why not, facts, runs, what is said]
  const blocked: [string, TriggerFacts, StoredRun[], string][] = [
    [
      'too few examples',
      { ...alarmed, rows: 1_999 },
      [],
      'None begins: there are 1,999 of the 2,000 examples that a training needs.',
    ],
    [
      'a run is under way, of another model as well',
      alarmed,
      [past({ startedAt: noon - 5, model: 'others' })],
      'is under way',
    ],
    [
      'the cool-down',
      alarmed,
      [past({ startedAt: noon - 2 * hour, endedAt: noon - hour })],
      'It waits until 2026-11-12 17:00 UTC: the last run ended at 2026-11-12 11:00 UTC.',
    ],
    [
      'as many as a day may have',
      alarmed,
      [23, 20, 15, 10].map((h) =>
        past({ startedAt: noon - h * hour, endedAt: noon - h * hour + 1 }),
      ),
      'It waits until 2026-11-12 13:00 UTC: 4 began within a day, as many as the plan allows.',
    ],
    [
      'a release',
      { ...alarmed, releasing: '1.5' },
      [],
      'It waits while version 1.5 is being released.',
    ],
    [
      'the last run came to nothing and there is little new',
      { ...alarmed, isRetry: true, newRows: 1_500 },
      [],
      'It waits for examples that no run has seen, 1,500 of 2,000',
    ],
  ];
  test.each(blocked)('begins none: %s', (_, facts, runs, sentence) => {
    const { found, outlook } = ask(facts, runs);
    expect(found).toBeNull();
    expect(outlook).toContain(sentence);
  });

  test('what does harm now does not wait for a version that serves nobody yet; what is merely new does', () => {
    const inShadow = { ...quiet, releasing: '1.5', givesWay: true };
    expect(ask({ ...inShadow, alerts: alarmed.alerts }).found).toMatchObject({
      cause: { kind: 'drift' },
    });
    const grown = ask({ ...inShadow, newRows: 1e6 });
    expect(grown.found).toBeNull();
    expect(grown.outlook).toContain('It waits while version 1.5 is being released.');
  });

  test('of what was before a change nothing is learnt, from then on', () => {
    const since = noon - hour;
    expect(ask(alarmed).learnFrom).toBe(since);
    // The first sign of it, of those that are news; no more is learnt anew than the champion has learnt.
    const signs = [since, noon - 3 * hour, noon - 5 * hour].map((at) => alertAt(at));
    const severe = { ...alertAt(noon - 2), severity: 'high' as const };
    const alerts = [...signs, severe];
    const facts = { ...quiet, newsFrom: noon - 4 * hour, alerts };
    expect(ask(facts)).toMatchObject({ learnFrom: noon - 3 * hour, found: { at: noon - 2 } });
    expect(ask({ ...facts, learntFrom: noon - 30 }).learnFrom).toBe(noon - 30);
    // Where there is merely more, what the champion left behind stays so.
    expect(ask({ ...quiet, newRows: 1e6 })).toMatchObject({
      found: { cause: { kind: 'volume' } },
      learnFrom: 5,
    });
    const first = { ...quiet, champion: '1', isOnline: true, learntFrom: null };
    expect(ask(first)).toMatchObject({ found: { cause: { kind: 'volume' } }, learnFrom: null });
  });

  test('runs by hand count for the cool-down, not for the day', () => {
    const byHand = [10, 9, 8, 7].map((h) =>
      past({ startedAt: noon - h * hour, endedAt: noon - h * hour, kind: 'manual' }),
    );
    expect(ask(alarmed, byHand).found).not.toBeNull();
    const lately = [past({ startedAt: noon - hour, endedAt: noon - hour, kind: 'manual' })];
    expect(ask(alarmed, lately).found).toBeNull();
  });

  test('the same cause starts one run', () => {
    const causeId = `alert:a-${noon - hour}`;
    const runs = [past({ startedAt: noon - 2 * day, endedAt: noon - 2 * day, causeId })];
    expect(ask(alarmed, runs)).toMatchObject({
      found: null,
      outlook: expect.stringContaining('has started one already'),
    });
    // Of another model it is another.
    const others = runs.map((each) => ({ ...each, run: { ...each.run, model: 'others' } }));
    expect(ask(alarmed, others).found).not.toBeNull();
  });

  test('begins by no kind that the plan leaves out', () => {
    const only = ModelPlan.parse({ triggers: { kinds: ['schedule'] } });
    expect(nextCause(alarmed, only, [], noon).found).toBeNull();
    const none = ModelPlan.parse({ triggers: { kinds: [] } });
    expect(nextCause(alarmed, none, [], noon).outlook).toContain('no trigger');
  });
});

/** A storm: alerts at random times; whenever a run may begin it does, and takes a while. */
function storm({
  coolDownMs,
  perDayMax,
  alerts,
  seed,
}: {
  coolDownMs: number;
  perDayMax: number;
  alerts: number;
  seed: number;
}): StoredRun[] {
  const stormy = ModelPlan.parse({ triggers: { coolDownMs, perDayMax } });
  const random = randomState(seed);
  const start = noon;
  const times = Array.from({ length: alerts }, () => start + below(random, 5 * day)).sort(
    (a, b) => a - b,
  );
  const about = ['drift', 'performance', 'calibration', 'fairness'] as const;
  const all = times.map((since, i) => ({
    ...alertAt(since, `s-${i}`),
    about: about[below(random, 4)]!,
  }));
  const runs: StoredRun[] = [];
  for (let now = start; now < start + 6 * day; now += 30 * 60_000) {
    const last = runs.at(-1);
    if (last?.run.endedAt === null && uniform(random) < 0.5) {
      runs[runs.length - 1] = { ...last, run: { ...last.run, state: 'refused', endedAt: now } };
    }
    const facts = {
      ...{ ...quiet, alerts: all.filter(({ since }) => since <= now), newRows: 5_000 },
      newsFrom: Math.max(quiet.newsFrom, runs.at(-1)?.causeAt ?? 0),
      lastRunAt: runs.at(-1)?.run.startedAt ?? null,
    };
    const { found } = nextCause(facts, stormy, runs, now);
    if (found === null) continue;
    const { id: causeId, at: causeAt, cause } = found;
    runs.push(newRun({ model: 'answers', cause, causeId, causeAt, plan: stormy }, now));
  }
  return runs;
}

describe('a storm of a thousand alerts', () => {
  test('starts no more than the plan allows, each for another cause, one at a time', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 12 }),
        fc.integer({ min: 1, max: 6 }),
        fc.nat(),
        (hours, perDayMax, seed) => {
          const coolDownMs = hours * hour;
          const runs = storm({ coolDownMs, perDayMax, alerts: 1_000, seed });
          expect(runs.length).toBeGreaterThan(1);
          expect(new Set(runs.map(({ run }) => run.id)).size).toBe(runs.length);
          for (const [i, { run }] of runs.entries()) {
            const before = runs[i - 1]?.run;
            if (before) expect(run.startedAt).toBeGreaterThanOrEqual(before.endedAt! + coolDownMs);
            const within = runs.filter(
              (each) =>
                each.run.startedAt <= run.startedAt && each.run.startedAt > run.startedAt - day,
            );
            expect(within.length).toBeLessThanOrEqual(perDayMax);
          }
        },
      ),
      { numRuns: 8 },
    );
  });

  test('uses what the plan allows', () => {
    const runs = storm({ coolDownMs: 0, perDayMax: 4, alerts: 1_000, seed: 1 });
    // Five days of alerts, four runs in each; the sixth has what was left.
    expect(runs.length).toBeGreaterThanOrEqual(20);
    expect(runs.length).toBeLessThanOrEqual(24);
  });
});
