/** What may be planned to change while a campus runs: how events travel, fields that are left out, and learnt suggestions. */
import { describe, expect, test } from 'vitest';
import { type CampusRecord, createCampus } from '../../../sources/campus/campus.ts';
import { formats, programmes } from '../../../sources/campus/curriculum.ts';
import { type CampusPlan, calm } from '../../../sources/campus/plan.ts';
import { suggestionRewards } from '../../../sources/campus/response.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 2, 2);
const atMs = day;
const planOf = (plan: Partial<CampusPlan>) => ({ ...calm, ...plan });
function recordsOf(plan: Partial<CampusPlan>, students = 150): CampusRecord[] {
  const campus = createCampus({ seed: 5, start, students, plan: planOf(plan) });
  return [...campus.events(start, start + 2 * day)];
}

interface Sent {
  readonly user: string;
  readonly time: string;
  readonly context: Readonly<Record<string, unknown>>;
}
const read = ({ bytes }: CampusRecord) => JSON.parse(Buffer.from(bytes).toString()) as Sent;
const isLater = ({ eventTime }: CampusRecord) => eventTime - start >= atMs;

describe('delivery', () => {
  test('changes from a time on: more is malformed, and what is late comes later', () => {
    const slow = [60_000, 120_000] as const;
    const records = recordsOf({
      deliveryChanges: [{ atMs, to: { malformedShare: 0.1, slowShare: 0.2, slowMs: slow } }],
    });
    const of = (later: boolean, kind: string) =>
      records.filter((record) => isLater(record) === later && record.kind === kind).length;
    expect([of(false, 'malformed'), of(false, 'late')]).toEqual([0, 0]);
    const all = of(true, 'good') + of(true, 'late');
    const error = 4 * Math.sqrt(0.2 / all);
    expect(Math.abs(of(true, 'malformed') / all - 0.1)).toBeLessThan(error);
    expect(Math.abs(of(true, 'late') / all - 0.2)).toBeLessThan(error);
  });

  test('of several changes the latest holds, and what it does not name is as at first', () => {
    const records = recordsOf({
      deliveryChanges: [
        { atMs, to: { malformedShare: 0 } },
        { atMs: 0, to: { malformedShare: 0.1, duplicateShare: 0.1 } },
      ],
    });
    const kinds = new Set(records.filter(isLater).map(({ kind }) => kind));
    expect(kinds).toEqual(new Set(['good']));
    expect(records.some(({ kind }) => kind === 'duplicate')).toBe(true);
  });

  test('comes the same wherever reading begins', () => {
    const plan = planOf({
      deliveryChanges: [{ atMs, to: { slowShare: 0.2, slowMs: [7_200_000, 14_400_000] } }],
    });
    const campus = createCampus({ seed: 5, start, students: 60, plan });
    const from = start + 1.6 * day;
    const whole = [...campus.events(start, from + day / 8)];
    const part = [...campus.events(from, from + day / 8)];
    const late = whole.filter(({ arrivalTime }) => arrivalTime >= from);
    expect(part.map(({ bytes }) => bytes)).toEqual(late.map(({ bytes }) => bytes));
  });

  test('a share out of range is refused', () => {
    const deliveryChanges = [{ atMs, to: { slowShare: 1.2 } }];
    expect(() => recordsOf({ deliveryChanges })).toThrow('slowShare: expected in [0, 1), got 1.2');
  });
});

describe('gaps', () => {
  const gaps = [{ atMs, field: 'skill', share: 0.3 } as const];
  const delivery = { ...calm.delivery, duplicateShare: 0.1 };

  test('leave a field out of the planned share of the events that have it, and nothing else', () => {
    const [whole, left] = [recordsOf({ delivery }), recordsOf({ delivery, gaps })];
    let [missing, had] = [0, 0];
    const text = new Map<string, string>();
    for (const [i, record] of left.entries()) {
      const [before, after] = [read(whole[i]!), read(record)];
      const isMissing = 'skill' in before.context && !('skill' in after.context);
      if ('skill' in before.context && isLater(record)) had += 1;
      if (isMissing) missing += 1;
      expect(isMissing && !isLater(record)).toBe(false);
      const { skill, ...others } = before.context;
      expect(after).toEqual(isMissing ? { ...before, context: others } : before);
      // A copy has the bytes of the first.
      const { id } = after as Sent & { readonly id: string };
      const bytes = Buffer.from(record.bytes).toString();
      expect(bytes).toBe(text.get(id) ?? bytes);
      text.set(id, bytes);
    }
    expect(Math.abs(missing / had - 0.3)).toBeLessThan(4 * Math.sqrt(0.21 / had));
  });

  test('a share out of range is refused', () => {
    const wrong = [{ ...gaps[0]!, share: 2 }];
    expect(() => recordsOf({ gaps: wrong })).toThrow('plan.gaps.share: expected in [0, 1], got 2');
  });
});

describe('suggestions', () => {
  const suggestions = { rewards: suggestionRewards, learntShare: 0.6, heldOutShare: 0.2 };
  const records = recordsOf({ suggestions }, 600);
  const decisions = records
    .filter(({ type, kind }) => type === 'decision' && kind === 'good')
    .map((record) => read(record));

  test('are the best of the programme as often as was learnt, with the probability that is logged', () => {
    const bestOf = (name: unknown) => {
      const own = suggestionRewards[programmes.findIndex((each) => each.name === name)]!;
      return formats[own.indexOf(Math.max(...own))];
    };
    for (const way of ['policy', 'holdout']) {
      const own = decisions.filter(({ context }) => context['way'] === way);
      let [best, expected] = [0, 0];
      for (const { context } of own) {
        const { programme } = context['attributes'] as { programme: string };
        const offered = context['offered'] as { action: string; probability: number }[];
        const sum = offered.reduce((all, { probability }) => all + probability, 0);
        expect(sum).toBeCloseTo(1, 12);
        const chosen = offered.find(({ action }) => action === context['action'])!;
        expect(chosen.probability).toBe(context['probability']);
        expected = offered.find(({ action }) => action === bestOf(programme))!.probability;
        if (context['action'] === bestOf(programme)) best += 1;
      }
      expect(expected).toBeCloseTo(way === 'policy' ? 0.6 + 0.4 / 3 : 1 / 3, 12);
      const error = 4 * Math.sqrt((expected * (1 - expected)) / own.length);
      expect(Math.abs(best / own.length - expected)).toBeLessThan(error);
    }
  });

  test('hold the planned share of students out, each of them always', () => {
    const ways = new Map<string, Set<unknown>>();
    for (const { user, context } of decisions) {
      const own = ways.get(user) ?? new Set();
      ways.set(user, own.add(context['way']));
    }
    expect([...ways.values()].every(({ size }) => size === 1)).toBe(true);
    const held = [...ways.values()].filter((own) => own.has('holdout')).length;
    expect(Math.abs(held / ways.size - 0.2)).toBeLessThan(4 * Math.sqrt(0.16 / ways.size));
  });

  test('are worth what the truth says', () => {
    const { truth } = createCampus({ seed: 5, start, plan: planOf({ suggestions }) });
    const learnt = 0.6 * 0.8;
    const expected = learnt * 0.5875 + (1 - learnt) * (5.2 / 12);
    expect(truth.suggestions.values.logging).toBeCloseTo(expected, 12);
    const feedback = records
      .filter(({ type, kind }) => type === 'feedback' && kind === 'good')
      .map((record) => (read(record) as Sent & { readonly value: number }).value);
    const mean = feedback.reduce((sum, value) => sum + value, 0) / feedback.length;
    expect(Math.abs(mean - expected)).toBeLessThan(5 * Math.sqrt(0.25 / feedback.length));
  });
});
