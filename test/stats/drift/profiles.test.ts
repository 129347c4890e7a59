/** What two profiles of a column say: how far it moved, and what broke. */
import { describe, expect, test } from 'vitest';
import {
  type ColumnProfile,
  dataQuality,
  type QualityBreak,
} from '../../../stats/drift/dataQuality.ts';
import { jensenShannon } from '../../../stats/drift/jensenShannon.ts';
import { populationStability } from '../../../stats/drift/populationStability.ts';
import { numberDistance, textDistance } from '../../../stats/drift/profileDistance.ts';
import { normal, randomState, uniform } from '../../../stats/random.ts';
import { type NumberProfileState, numberProfile } from '../../../stats/streaming/numberProfile.ts';
import { type TextProfileState, textProfile } from '../../../stats/streaming/textProfile.ts';

const random = randomState(31);

function numbers(count: number, draw: () => number | null): NumberProfileState {
  const fold = numberProfile.begin({ lower: -3, upper: 10 });
  const state = fold.initial();
  for (let i = 0; i < count; i += 1) {
    const value = draw();
    const missing = value === null ? 1 : Number.isFinite(value) ? 0 : 2;
    fold.step(state, { value: missing === 0 ? (value as number) : 0, missing });
  }
  return state as NumberProfileState;
}

function texts(count: number, draw: () => string | null, valuesMax = 128): TextProfileState {
  const fold = textProfile.begin({ valuesMax });
  const state = fold.initial();
  for (let i = 0; i < count; i += 1) {
    const value = draw();
    fold.step(state, { value: value ?? '', missing: value === null ? 1 : 0, times: 1 });
  }
  return state as TextProfileState;
}

const usual = () => (uniform(random) < 0.02 ? null : normal(random));
const skill =
  (skills = 8) =>
  () =>
    `skill-${Math.floor(skills * uniform(random))}`;

describe('distances of profiles', () => {
  // Golden: the same counts by hand, given to the functions that have golden vectors of their own.
  test('of texts are those of their counts', () => {
    const of = (a: number, b: number, c: number, none: number) => {
      const rows = [
        ...'a'.repeat(a),
        ...'b'.repeat(b),
        ...'c'.repeat(c),
        ...Array(none).fill(null),
      ];
      return texts(rows.length, () => rows.pop() ?? null);
    };
    const read = textDistance(of(30, 50, 4, 16), of(60, 20, 10, 10), 0.05);
    // c is rare in the reference: it counts with what else there is.
    const pair = { reference: [50, 30, 4, 16], current: [20, 60, 10, 10] };
    expect(read.stability.distance).toBeCloseTo(populationStability(pair, 0.05).distance, 12);
    expect(read.divergence.distance).toBeCloseTo(jensenShannon(pair, 0.05).distance, 12);
  });

  test('exceed their critical values as seldom as they say without a change, and surely with one', () => {
    const exceeding = { number: 0, text: 0, many: 0, moved: 0 };
    const runs = 200;
    for (let run = 0; run < runs; run += 1) {
      const reference = numbers(2_000, usual);
      const read = numberDistance(reference, numbers(500, usual), 0.05);
      if (read.stability.distance > read.stability.critical) exceeding.number += 1;
      const moved = numberDistance(
        reference,
        numbers(500, () => (usual() ?? 0) + 0.5),
        0.05,
      );
      if (moved.stability.distance > moved.stability.critical) exceeding.moved += 1;
      const text = textDistance(texts(2_000, skill()), texts(500, skill()), 0.05).divergence;
      if (text.distance > text.critical) exceeding.text += 1;
      const many = textDistance(texts(2_000, skill(60), 16), texts(900, skill(60), 16), 0.05);
      if (many.stability.distance > many.stability.critical) exceeding.many += 1;
    }
    for (const rate of [exceeding.number, exceeding.text, exceeding.many]) {
      expect(rate / runs).toBeLessThan(0.05 + 4 * Math.sqrt((0.05 * 0.95) / runs));
    }
    expect(exceeding.moved).toBe(runs);
  });

  test('say how far numbers moved, and nothing where there are none', () => {
    const reference = numbers(5_000, usual);
    const moved = numberDistance(
      reference,
      numbers(5_000, () => normal(random) + 2),
    ).moved;
    expect(moved.distance).toBeCloseTo(2, 1);
    expect(moved.distance).toBeGreaterThan(10 * moved.noise);
    const empty = numberDistance(reference, numbers(0, usual));
    expect(empty.moved.distance).toBeNaN();
    expect(empty.stability.distance).toBeNaN();
  });
});

describe('quality', () => {
  const number = (state: NumberProfileState): ColumnProfile => ({ kind: 'number', state });
  const text = (state: TextProfileState): ColumnProfile => ({ kind: 'text', state });
  const before = new Map([
    ['latency', number(numbers(3_000, usual))],
    ['skill', text(texts(3_000, skill()))],
    ['user', text(texts(3_000, skill(1_000)))],
  ]);
  const after = (change: Record<string, ColumnProfile | null>): QualityBreak[] => {
    const now = new Map(before);
    for (const [column, profile] of Object.entries(change)) {
      if (profile === null) now.delete(column);
      else now.set(column, profile);
    }
    return dataQuality(before, now);
  };

  test('is whole while days are alike', () => {
    let breaks = 0;
    for (let run = 0; run < 200; run += 1) {
      breaks += after({
        latency: number(numbers(500, usual)),
        skill: text(texts(500, skill())),
        user: text(texts(500, skill(1_000))),
      }).length;
    }
    expect(breaks).toBe(0);
  });

  test.each<[string, Record<string, ColumnProfile | null>, [string, string]]>([
    [
      'nulls',
      { latency: number(numbers(1_000, () => (uniform(random) < 0.4 ? null : usual()))) },
      ['missing', 'latency is missing in '],
    ],
    [
      'numbers that are none',
      { latency: number(numbers(1_000, () => (uniform(random) < 0.1 ? Infinity : usual()))) },
      ['not-finite', 'latency is not finite in '],
    ],
    [
      'another unit',
      { latency: number(numbers(1_000, () => 1_000 * Math.abs(normal(random)))) },
      ['above', 'latency is above its range in 9'],
    ],
    [
      'a sign',
      { latency: number(numbers(1_000, () => -5)) },
      ['below', 'latency is below its range in 100 % of rows; it was 0'],
    ],
    [
      'a column that is gone',
      { skill: null },
      ['vanished', 'skill has vanished: no row has a value.'],
    ],
    [
      'a column without values',
      { skill: text(texts(500, () => null)) },
      ['vanished', 'skill has vanished: no row has a value.'],
    ],
    [
      'a new column',
      { pulse: number(numbers(500, usual)) },
      ['new', 'pulse is new: no row of the reference has a value.'],
    ],
    [
      'another kind',
      { skill: number(numbers(500, usual)) },
      ['kind', 'skill was a text and is a number.'],
    ],
    [
      'unknown values',
      { skill: text(texts(1_000, () => (uniform(random) < 0.3 ? 'Skill 3' : skill()()))) },
      ['unseen', 'skill has a value never seen before in '],
    ],
    [
      'one value for all',
      { user: text(texts(500, () => 'nobody')) },
      ['constant', 'user has one value only; there were 9'],
    ],
    [
      'a value of its own for each row',
      { user: text(texts(2_900, skill(1e9))) },
      ['cardinality', 'user has 2,'],
    ],
  ])('%s are named', (_, change, [kind, words]) => {
    const found = after(change);
    expect(found.map((each) => each.kind)).toContain(kind);
    expect(found.find((each) => each.kind === kind)!.words.startsWith(words)).toBe(true);
    expect(new Set(found.map(({ column }) => column)).size).toBe(1);
  });

  test('of few rows is not judged, nor is a change that is surely small', () => {
    expect(after({ latency: number(numbers(99, () => null)) })).toEqual([
      expect.objectContaining({ kind: 'vanished' }),
    ]);
    expect(dataQuality(new Map(), new Map([['x', number(numbers(99, usual))]]))).toEqual([]);
    const few = number(numbers(60, () => (uniform(random) < 0.5 ? null : 0)));
    expect(after({ latency: few })).toEqual([]);
    const slightly = number(
      numbers(200_000, () => (uniform(random) < 0.027 ? null : normal(random))),
    );
    expect(after({ latency: slightly })).toEqual([]);
  });
});
