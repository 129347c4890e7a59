import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TriggerPlan, triggerKinds } from '../../../contracts/modelPlan.ts';
import { RunCause } from '../../../contracts/trainingRun.ts';
import { triggers } from '../../../control/retraining/triggers/registry.ts';
import {
  type DriftedColumn,
  type FiringAlert,
  isFound,
  type TriggerFacts,
  type TriggerOptions,
} from '../../../control/retraining/triggers/trigger.ts';

const hour = 3_600_000;
const noon = Date.UTC(2026, 10, 12, 12);

/** A champion that was trained a day ago and does well. */
const quiet: TriggerFacts = {
  ...{ model: 'answers', champion: '1.4', isOnline: false, madeAt: noon - 24 * hour },
  ...{ learntRows: 10_000, newsFrom: noon - 24 * hour, rows: 12_000, newRows: 500 },
  ...{ lastRunAt: noon - 25 * hour, isRetry: false, releasing: null },
  ...{ alerts: [], drift: [], performance: [], calibration: null, fairness: [] },
};
const options: TriggerOptions = { plan: TriggerPlan.parse({}), rowsMin: 2_000, now: noon };

const alert: FiringAlert = {
  ...{ id: 'a-1', about: 'drift', severity: 'low', since: noon - hour, value: 3, limit: 1 },
  headline: 'Answers of algebra are right less often than expected.',
};
const column: DriftedColumn = {
  ...{ column: 'context_device', role: 'input', distance: 0.34, limit: 0.2 },
  ...{ since: noon - 3 * hour, isBroken: false },
};
const loss = {
  basis: 'realised',
  value: 0.2,
  lower: 0.19,
  reference: 0.16,
  count: 5_000,
  at: noon,
} as const;
const calibration = {
  ...{ name: 'Calibration error', value: 0.09, noise: 0.01, limit: 0.05, count: 5_000, at: noon },
};
const gap = {
  ...calibration,
  name: 'Difference of missed ones between b and a, at least',
  value: 0.3,
};

const run = (kind: string, facts: TriggerFacts, given = options) => {
  const [, trigger] = triggers.find(([name]) => name === kind)!;
  return trigger(facts, given);
};

describe('a model that is well', () => {
  test.each(triggers.map(([kind]) => kind))('starts nothing by %s, and says why', (kind) => {
    const answer = run(kind, quiet);
    expect(isFound(answer)).toBe(false);
    expect((answer as { why: string }).why).not.toBe('');
  });

  test('every kind of a plan has its trigger', () => {
    expect(triggers.map(([kind]) => kind).sort()).toEqual([...triggerKinds].sort());
  });
});

interface Case {
  readonly kind: string;
  readonly facts: Partial<TriggerFacts>;
  readonly id: string;
  readonly at: number;
  readonly sentence: string;
  readonly figures: Readonly<Record<string, number>>;
}

const old = noon - 8 * 24 * hour;
const cases: Case[] = [
  {
    ...{ kind: 'drift', facts: { alerts: [alert] }, id: 'alert:a-1', at: alert.since },
    sentence: 'An alert fires: Answers of algebra are right less often than expected.',
    figures: { value: 3, limit: 1 },
  },
  {
    ...{ kind: 'drift', facts: { drift: [column] } },
    ...{ id: `drift:context_device:${column.since}`, at: column.since },
    sentence: 'Column context_device drifts: PSI 0.340 against 0.200, since 2026-11-12 09:00 UTC',
    figures: { psi: 0.34, limit: 0.2 },
  },
  {
    ...{ kind: 'performance', facts: { performance: [loss] }, id: `performance:1.4:${noon}` },
    at: noon,
    sentence:
      'The Brier score of version 1.4 is 0.200 over 5,000 predictions up to 2026-11-12 12:00 UTC, against 0.160 when it was made',
    figures: { brier: 0.2, lower: 0.19, reference: 0.16, count: 5_000 },
  },
  {
    ...{ kind: 'calibration', facts: { calibration }, id: `calibration:1.4:${noon}`, at: noon },
    sentence:
      'The calibration error of version 1.4 is 0.0900 over 5,000 predictions up to 2026-11-12 12:00 UTC; chance makes 0.010 of it, and 0.0500 is allowed',
    figures: { calibrationError: 0.09, noise: 0.01, limit: 0.05, count: 5_000 },
  },
  {
    ...{ kind: 'fairness', facts: { fairness: [gap] }, id: `fairness:${gap.name}:1.4`, at: noon },
    sentence: `${gap.name}: 0.300 over 5,000 predictions up to 2026-11-12 12:00 UTC, against 0.0500`,
    figures: { gap: 0.3, noise: 0.01, limit: 0.05, count: 5_000 },
  },
  {
    ...{ kind: 'volume', facts: { newRows: 10_000 }, id: `volume:1.4:${quiet.lastRunAt}` },
    at: quiet.newsFrom,
    sentence: 'There are 10,000 new examples; version 1.4 has learnt from 10,000',
    figures: { newRows: 10_000, learntRows: 10_000, wanted: 10_000 },
  },
  {
    ...{ kind: 'schedule', facts: { madeAt: old, lastRunAt: null }, id: `schedule:1.4:${old}` },
    at: quiet.newsFrom,
    sentence: 'Version 1.4 is 192 hours old',
    figures: { ageMs: 192 * hour, limitMs: 168 * hour },
  },
];

describe('what calls for a run', () => {
  test.each(cases)('$kind: $sentence', ({ kind, facts, id, at, sentence, figures }) => {
    const found = run(kind, { ...quiet, ...facts });
    expect(found).toEqual({ id, at, cause: { kind, sentence, figures } });
    if (isFound(found)) expect(RunCause.parse(found.cause)).toEqual(found.cause);
    // It is nobody else's.
    for (const [other] of triggers) {
      if (other !== kind) expect(isFound(run(other, { ...quiet, ...facts }))).toBe(false);
    }
  });

  test('and arose before the champion was trained, or before the last cause, is no news', () => {
    const facts = {
      ...{ alerts: [alert], drift: [column], performance: [loss], calibration, fairness: [gap] },
    };
    for (const kind of ['drift', 'performance', 'calibration', 'fairness']) {
      expect(isFound(run(kind, { ...quiet, ...facts }))).toBe(true);
      expect(isFound(run(kind, { ...quiet, ...facts, newsFrom: noon }))).toBe(false);
    }
  });

  test('by several alerts, is the severe one that came first', () => {
    const alerts = [
      alert,
      { ...alert, id: 'a-2', severity: 'high' as const, since: noon - 10 },
      { ...alert, id: 'a-3', severity: 'high' as const, since: noon - 20 },
    ];
    expect(run('drift', { ...quiet, alerts })).toMatchObject({ id: 'alert:a-3' });
  });

  test('by a column whose values are broken, is not learnt from', () => {
    const broken = { ...column, isBroken: true };
    expect(run('drift', { ...quiet, drift: [broken] })).toEqual({
      why: 'values of context_device are broken, and nothing should be learnt from them',
    });
    const other = { ...column, column: 'item', distance: 0.21 };
    expect(run('drift', { ...quiet, drift: [broken, other] })).toMatchObject({
      id: `drift:item:${column.since}`,
    });
  });

  test('is surely worse, not perhaps', () => {
    const perhaps = { ...loss, lower: 0.167 };
    expect(isFound(run('performance', { ...quiet, performance: [perhaps] }))).toBe(false);
    const noisy = { ...calibration, value: 0.0599 };
    expect(isFound(run('calibration', { ...quiet, calibration: noisy }))).toBe(false);
  });
});

describe('volume', () => {
  test('starts the first training when there are rows enough', () => {
    const first = { ...quiet, champion: '1', isOnline: true, learntRows: 0, lastRunAt: null };
    const few = run('volume', { ...first, newsFrom: -Infinity, rows: 1_999, newRows: 1_999 });
    expect(few).toEqual({ why: '1,999 of 2,000 examples for a first training' });
    const enough = run('volume', { ...first, newsFrom: -Infinity, rows: 2_000, newRows: 2_000 });
    expect(enough).toMatchObject({ id: 'volume:1:0', at: 0, cause: { kind: 'volume' } });
  });

  test('waits for as many again after a first run that came to nothing', () => {
    const again = { ...quiet, champion: '1', isOnline: true, rows: 3_000, newRows: 1_000 };
    expect(isFound(run('volume', again))).toBe(false);
    expect(isFound(run('volume', { ...again, newRows: 2_000 }))).toBe(true);
  });

  test('starts none where nobody knows what the champion has learnt from', () => {
    expect(run('volume', { ...quiet, learntRows: 0, newRows: 1e6 })).toEqual({
      why: 'it is not known from how many examples version 1.4 has learnt',
    });
  });

  test('starts none where the plan has no share', () => {
    const plan = TriggerPlan.parse({ volumeShare: null });
    const found = run('volume', { ...quiet, newRows: 1e6 }, { ...options, plan });
    expect(isFound(found)).toBe(false);
  });
});

describe('schedule', () => {
  test('is due by the age of the champion or of the last run, whatever is less', () => {
    const week = 168 * hour;
    fc.assert(
      fc.property(fc.nat(2 * week), fc.option(fc.nat(2 * week)), (age, ran) => {
        const lastRunAt = ran === null ? null : noon - ran;
        const found = run('schedule', { ...quiet, madeAt: noon - age, lastRunAt });
        expect(isFound(found)).toBe(Math.min(age, ran ?? Infinity) >= week);
      }),
    );
  });

  test('is nothing for the online learner, or where no time is set', () => {
    const old = { ...quiet, madeAt: 0, lastRunAt: null };
    expect(isFound(run('schedule', old))).toBe(true);
    expect(isFound(run('schedule', { ...old, isOnline: true }))).toBe(false);
    const plan = TriggerPlan.parse({ scheduleMs: null });
    expect(isFound(run('schedule', old, { ...options, plan }))).toBe(false);
  });
});
