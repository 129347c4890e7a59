import { describe, expect, test } from 'vitest';
import { boundedBelowTerms } from '../../../stats/offPolicy/boundedBelowTerms.ts';
import { differenceFloors, differenceTerms } from '../../../stats/offPolicy/differenceSequence.ts';
import {
  runningDifferenceSequence,
  runningValueSequence,
} from '../../../stats/offPolicy/runningValueSequence.ts';
import { randomState, uniform } from '../../../stats/random.ts';
import { loggedBandit } from '../../support/loggedBandit.ts';

const none = { lower: 0, upper: 0 };

describe('runningValueSequence', () => {
  // Golden: confseq 0.0.11, conjmix_empbern_lower_cs with v_opt = 50 on half the terms of IPS, twenty times over; 1 less that
  // of the mirrored terms.
  test.each([
    [48, 0.054936940173649945, 0.8935189707241231],
    [960, 0.26092107643096496, 0.6591176107409811],
  ])('agrees with the reference implementation after %i decisions', (count, lower, upper) => {
    const fold = runningValueSequence({ alpha: 0.05, floors: none, bestTime: 50 });
    const state = fold.initial();
    for (let i = 0; i < count; i += 1) {
      const terms = boundedBelowTerms(loggedBandit[i % 48]!, none);
      fold.step(state, { lower: terms.lower / 2, upper: terms.upper / 2 });
    }
    expect(fold.read(state).lower).toBeCloseTo(lower, 10);
    expect(fold.read(state).upper).toBeCloseTo(upper, 10);
  });

  test('a difference of terms that are one is 0 to 0 in the end', () => {
    const floors = differenceFloors(none, none);
    const fold = runningDifferenceSequence({ alpha: 0.05, floors, bestTime: 1 });
    const state = fold.initial();
    expect(fold.read(state)).toEqual({ lower: -1, upper: 1 });
    for (let i = 0; i < 20_000; i += 1) fold.step(state, { lower: 0, upper: 0 });
    const { lower, upper } = fold.read(state);
    expect(lower).toBeLessThan(0);
    expect(upper).toBeCloseTo(-lower, 12);
    expect(upper).toBeLessThan(0.002);
  });

  // The promise: rewards that drift, a logging policy that learns; the value so far, and what it is above that policy's.
  test('at most alpha of the sequences ever miss the mean so far', () => {
    const alpha = 0.2;
    const runs = 100;
    const floors = { lower: 1, upper: 4 };
    const between = differenceFloors(floors, floors);
    const value = runningValueSequence({ alpha, floors, bestTime: 60 });
    const less = runningDifferenceSequence({ alpha, floors: between, bestTime: 60 });
    const random = randomState(8);
    let missed = 0;
    let missedLess = 0;
    let width = 0;
    for (let run = 0; run < runs; run += 1) {
      const state = value.initial();
      const stateLess = less.initial();
      let truth = 0;
      let truthLess = 0;
      let misses = false;
      let missesLess = false;
      let lead = 0;
      for (let n = 1; n <= 400; n += 1) {
        const means = [0.4 + 0.3 * Math.sin(n / 60), 0.5];
        const logged = lead > 0 ? [0.8, 0.2] : [0.2, 0.8];
        const target = [0.75, 0.25];
        const action = uniform(random) < logged[0]! ? 0 : 1;
        const reward = uniform(random) < means[action]! ? 1 : 0;
        const decision = { action, reward, logged, target, predictions: [0.4, 0.5] };
        lead = 0.95 * lead + (action === 0 ? reward - 0.5 : 0.5 - reward);
        const own = boundedBelowTerms(decision, floors);
        const control = boundedBelowTerms({ ...decision, target: logged }, floors);
        value.step(state, own);
        less.step(stateLess, differenceTerms(own, control));
        for (const b of [0, 1]) {
          truth += target[b]! * means[b]!;
          truthLess += (target[b]! - logged[b]!) * means[b]!;
        }
        if (n % 20 > 0) continue;
        const seen = value.read(state);
        const seenLess = less.read(stateLess);
        if (seen.lower > truth / n || seen.upper < truth / n) misses = true;
        if (seenLess.lower > truthLess / n || seenLess.upper < truthLess / n) missesLess = true;
      }
      const { lower, upper } = value.read(state);
      width += (upper - lower) / runs;
      if (misses) missed += 1;
      if (missesLess) missedLess += 1;
    }
    const most = alpha + 4 * Math.sqrt((alpha * (1 - alpha)) / runs);
    expect(missed / runs).toBeLessThan(most);
    expect(missedLess / runs).toBeLessThan(most);
    expect(width).toBeLessThan(0.4);
  });

  test('refuses arguments outside their range', () => {
    const options = { alpha: 0.1, floors: { lower: 1, upper: 0 }, bestTime: 10 };
    expect(() => runningValueSequence({ ...options, alpha: 1 })).toThrow('alpha: expected in');
    expect(() => runningValueSequence({ ...options, bestTime: 0 })).toThrow('bestTime: expected');
    const fold = runningValueSequence(options);
    const state = fold.initial();
    expect(() => fold.step(state, { lower: 0, upper: -0.5 })).toThrow('upper: expected at least 0');
    expect(state).toEqual(fold.initial());
  });
});
