/** One side of the exact sequential t-test: both sides average to the two-sided factor, and the error bound holds. */
import { expect, test } from 'vitest';
import { normal, randomState } from '../../../stats/random.ts';
import { lnOneSidedRightHaarT } from '../../../stats/sequential/oneSidedRightHaarT.ts';
import { lnRightHaarT } from '../../../stats/sequential/rightHaarT.ts';

// Golden: the integral ∫∫ of likelihood × half-normal prior × 1/σ over σ and δ > 0, divided by the same at δ = 0; computed by
// scipy 1.17.1 `dblquad` for ν = 10, k = 12, g = 1 and the sufficient statistics θ̂ = t / √k, s = 1.
test.each([
  [3, 2.56575],
  [1, -0.29182],
  [-1, -1.88796],
])('agrees with quadrature over effect and scale: t = %d', (t, expected) => {
  const design = { freedom: 10, information: 12 };
  expect(lnOneSidedRightHaarT(t, design, 1)).toBeCloseTo(expected, 4);
});

test('the average of both sides is the two-sided factor', () => {
  for (const t of [-5, -1, 0, 0.3, 2, 9]) {
    const design = { freedom: 7, information: 4.5 };
    const sides = [1, -1].map((sign) => Math.exp(lnOneSidedRightHaarT(sign * t, design, 2)));
    expect(Math.log((sides[0]! + sides[1]!) / 2)).toBeCloseTo(lnRightHaarT(t, design, 2), 10);
  }
});

// 2 000 sequences of 40 pairs, looked at after each from the second on.
test.each([0, -0.5])(
  'at most alpha of the sequences ever cross when the effect is %d',
  (effect) => {
    const alpha = 0.1;
    const runs = 2_000;
    const random = randomState(7);
    let crossed = 0;
    for (let run = 0; run < runs; run += 1) {
      const sums = [0, 0];
      const squares = [0, 0];
      for (let n = 1; n <= 40; n += 1) {
        for (const arm of [0, 1]) {
          const y = normal(random) + arm * effect;
          sums[arm]! += y;
          squares[arm]! += y * y;
        }
        if (n < 2) continue;
        const within = squares[0]! - sums[0]! ** 2 / n + squares[1]! - sums[1]! ** 2 / n;
        const freedom = 2 * n - 2;
        const error = Math.sqrt((within / freedom) * (2 / n));
        const t = (sums[1]! - sums[0]!) / n / error;
        const lnE = lnOneSidedRightHaarT(t, { freedom, information: n / 2 }, 1);
        if (lnE < Math.log(1 / alpha)) continue;
        crossed += 1;
        break;
      }
    }
    expect(crossed / runs).toBeLessThan(alpha + 3 * Math.sqrt((alpha * (1 - alpha)) / runs));
    if (effect === 0) expect(crossed / runs).toBeGreaterThan(alpha / 10);
  },
);
