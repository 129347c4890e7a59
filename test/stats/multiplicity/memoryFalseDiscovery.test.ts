/** False discoveries over years of daily tests: exact levels, the bound that holds always, and the promise by simulation. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type MemoryFalseDiscoveryState,
  memoryFalseDiscovery,
} from '../../../stats/multiplicity/memoryFalseDiscovery.ts';
import { normal, type RandomState, randomState, uniform } from '../../../stats/random.ts';
import { normalCdf } from '../../../stats/special/normal.ts';

// Golden: closed sums over all levels and discoveries of the past, in Python with floats of 64 bits; no state is carried on there.
test('levels are those of the sums over the whole past', () => {
  const rule = memoryFalseDiscovery({ alpha: 0.05, memory: 20, lag: 3 });
  const state = rule.initial();
  const plan = [
    { batch: 0, groups: [4], discoveries: 1 },
    { batch: 1, groups: [5], discoveries: 2 },
    { batch: 2, groups: [3, 3], discoveries: 0 },
    { batch: 5, groups: [4], discoveries: 1 },
    { batch: 6, groups: [4], discoveries: 0 },
    { batch: 9, groups: [2], discoveries: 0 },
  ];
  const levels: number[] = [];
  for (const { batch, groups, discoveries } of plan) {
    rule.open(state, batch);
    for (const count of groups) {
      const level = rule.level(state, count);
      levels.push(level);
      rule.spend(state, level, count);
    }
    for (let i = 0; i < discoveries; i += 1) rule.discover(state);
  }
  const golden = [
    ...[0.0010000000000000002, 0.0007392000000000002, 0.0006860608, 0.0005945860266666666],
    ...[0.0014765353240794666, 0.0014754415942097778, 0.001992645930684134],
  ];
  for (const [i, level] of golden.entries()) expect(levels[i]).toBeCloseTo(level, 15);
});

const options = fc.record({
  alpha: fc.double({ min: 0.001, max: 0.5, noNaN: true }),
  memory: fc.double({ min: 1.1, max: 400, noNaN: true }),
  lag: fc.integer({ min: 1, max: 30 }),
  share: fc.double({ min: 0.01, max: 1, noNaN: true }),
});
const batches = fc.array(
  fc.record({
    passed: fc.integer({ min: 1, max: 40 }),
    groups: fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 4 }),
    discoveries: fc.integer({ min: 0, max: 5 }),
  }),
  { maxLength: 40 },
);

test('the faded levels never exceed alpha max(faded discoveries, 1), whatever is found', () => {
  fc.assert(
    fc.property(options, batches, (given, plan) => {
      const rule = memoryFalseDiscovery(given);
      const state = rule.initial();
      const decay = 1 - 1 / given.memory;
      let [batch, spent, found] = [0, 0, 0];
      for (const { passed, groups, discoveries } of plan) {
        batch += passed;
        rule.open(state, batch);
        spent *= decay ** passed;
        found *= decay ** passed;
        for (const count of groups) {
          const level = rule.level(state, count);
          expect(level).toBeGreaterThanOrEqual(0);
          spent += level * count;
          rule.spend(state, level, count);
        }
        for (let i = 0; i < discoveries; i += 1) rule.discover(state);
        found += discoveries;
        expect(spent).toBeLessThanOrEqual(given.alpha * Math.max(1, found) * (1 + 1e-9));
      }
    }),
  );
});

test('a copy of the state as JSON goes on as the original does', () => {
  fc.assert(
    fc.property(options, batches, batches, (given, before, after) => {
      const rule = memoryFalseDiscovery(given);
      const run = (state: MemoryFalseDiscoveryState, plan: typeof before, start: number) => {
        let batch = start;
        for (const { passed, groups, discoveries } of plan) {
          batch += passed;
          rule.open(state, batch);
          for (const count of groups) rule.spend(state, rule.level(state, count), count);
          for (let i = 0; i < discoveries; i += 1) rule.discover(state);
        }
        return state;
      };
      const original = run(rule.initial(), before, 0);
      const copy = JSON.parse(JSON.stringify(original)) as MemoryFalseDiscoveryState;
      const at = original.batch ?? 0;
      expect(run(copy, after, at)).toEqual(run(original, after, at));
    }),
  );
});

test('an earlier batch changes nothing, and what is wrong is refused', () => {
  const rule = memoryFalseDiscovery({ alpha: 0.05, memory: 90, lag: 14 });
  const state = rule.initial();
  expect(() => rule.discover(state)).toThrow('batch: expected one to be open, got none');
  rule.open(state, 7);
  const before = structuredClone(state);
  rule.open(state, 3);
  expect(state).toEqual(before);
  expect(() => rule.open(state, 0.5)).toThrow(RangeError);
  for (const wrong of [{ alpha: 0 }, { memory: 1 }, { lag: 0 }, { share: 2 }]) {
    const given = { alpha: 0.05, memory: 90, lag: 14, ...wrong };
    expect(() => memoryFalseDiscovery(given)).toThrow(RangeError);
  }
});

const alpha = 0.05;
const memory = 90;
const lag = 14;

/** Subjects of an engine: p-values of each day; those of one subject on following days share most of their data. */
interface World {
  readonly days: number;
  readonly subjects: number;
  /** Correlation of one day's test of a subject with the day's before. */
  readonly persistence: number;
  /** Share of the variance that all subjects of a day have in common. */
  readonly shared: number;
  /** Chance that a problem begins with a subject on a day; it lasts 20 days. */
  readonly onset: number;
  readonly strength: number;
}

/** What was shown: cards, false ones, faded as the procedure fades; a card is not shown again while its test stays small. */
function live(random: RandomState, world: World) {
  const { days, subjects, persistence, shared, onset, strength } = world;
  const rule = memoryFalseDiscovery({ alpha, memory, lag });
  const state = rule.initial();
  const scores = Float64Array.from({ length: subjects }, () => normal(random));
  const until = new Int32Array(subjects).fill(-1);
  const quiet = new Int32Array(subjects).fill(2);
  let [cards, falseCards, fadedFalse, fadedCards] = [0, 0, 0, 0];
  const keep = Math.sqrt(1 - persistence ** 2);
  for (let day = 0; day < days; day += 1) {
    fadedFalse *= 1 - 1 / memory;
    fadedCards *= 1 - 1 / memory;
    rule.open(state, day);
    const level = rule.level(state, subjects);
    rule.spend(state, level, subjects);
    const common = normal(random);
    for (let i = 0; i < subjects; i += 1) {
      const draw = Math.sqrt(shared) * common + Math.sqrt(1 - shared) * normal(random);
      scores[i] = persistence * scores[i]! + keep * draw;
      if (until[i]! < day && onset > 0 && uniform(random) < onset) until[i] = day + 20;
      const isReal = until[i]! >= day;
      const p = normalCdf(-(scores[i]! + (isReal ? strength : 0)));
      if (p <= level && quiet[i]! >= 2) {
        quiet[i] = 0;
        rule.discover(state);
        cards += 1;
        fadedCards += 1;
        if (!isReal) falseCards += 1;
        if (!isReal) fadedFalse += 1;
      } else if (quiet[i]! < 2) {
        quiet[i] = p > 0.1 ? quiet[i]! + 1 : 0;
      }
    }
  }
  return { cards, falseCards, fadedFalse, fadedCards: Math.max(1, fadedCards) };
}

function lives(count: number, seed: number, world: World) {
  const random = randomState(seed);
  const total = { cards: 0, falseCards: 0, fadedFalse: 0, fadedCards: 0, share: 0 };
  for (let i = 0; i < count; i += 1) {
    const one = live(random, world);
    total.cards += one.cards;
    total.falseCards += one.falseCards;
    total.fadedFalse += one.fadedFalse;
    total.fadedCards += one.fadedCards;
    total.share += one.falseCards / Math.max(1, one.cards) / count;
  }
  return total;
}

describe('the promise', () => {
  const quiet = { days: 360, subjects: 20, onset: 0, strength: 0 };

  // 400 engines for a year each with nothing to find: 1,600 memories, of which each may have 0.05 false cards.
  test.each([
    ['independent tests', { persistence: 0, shared: 0 }],
    ['tests that share their data with the days before', { persistence: 0.9, shared: 0 }],
    ['tests of a day that go together', { persistence: 0.5, shared: 0.6 }],
  ])('on quiet engines at most alpha false cards in a memory: %s', (_name, dependence) => {
    const count = 400;
    const { fadedFalse, falseCards } = lives(count, 11, { ...quiet, ...dependence });
    expect(fadedFalse / count).toBeLessThanOrEqual(alpha + 4 * Math.sqrt(alpha / count));
    // A year is four memories; each spends at most alpha, the first a little more at its beginning.
    expect(falseCards / count).toBeLessThanOrEqual(5 * alpha + 4 * Math.sqrt((5 * alpha) / count));
  });

  test('and it is not vacuous: independent tests use up most of it', () => {
    const count = 400;
    const world = { ...quiet, persistence: 0, shared: 0 };
    const { fadedFalse } = lives(count, 12, world);
    expect(fadedFalse / count).toBeGreaterThan(alpha / 2);
  });

  // Problems come and go: of what is shown, at most alpha is false, and most problems are shown.
  test.each([
    ['independent tests', { persistence: 0, shared: 0 }],
    ['tests that share their data with the days before', { persistence: 0.8, shared: 0 }],
    ['tests of a day that go together', { persistence: 0.5, shared: 0.6 }],
  ])('where problems come and go at most alpha of the cards is false: %s', (_name, dependence) => {
    const world = { days: 360, subjects: 20, onset: 0.001, strength: 6, ...dependence };
    const { cards, falseCards, fadedFalse, fadedCards, share } = lives(100, 13, world);
    expect(fadedFalse / fadedCards).toBeLessThanOrEqual(alpha);
    expect(falseCards / cards).toBeLessThanOrEqual(alpha);
    expect(share).toBeLessThanOrEqual(alpha);
    // Some 7 a year begin.
    expect(cards / 100).toBeGreaterThan(5);
  });
});
