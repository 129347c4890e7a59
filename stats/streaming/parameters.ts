/** Parameters that several statistics share; the message of each says what is expected. */
import { z } from 'zod';

const text = (expected: string) => z.string(expected).min(1, expected);

/** Above 0. */
export function positive() {
  const expected = 'above 0';
  return z.number(expected).gt(0, expected);
}

/** Any finite number. */
export function finite() {
  return z.number('a finite number');
}

export function share() {
  const expected = 'in (0, 1)';
  return z.number(expected).gt(0, expected).lt(1, expected);
}

export function whole(from: number, to: number) {
  const expected = `an integer in [${from}, ${to}]`;
  return z.int(expected).min(from, expected).max(to, expected);
}

export const alpha = share().default(0.05).describe('error level');

/** Texts of the role `variant`. */
export const arms = {
  control: text('a text').default('control').describe('variant that is compared with'),
  treatment: text('a text').default('treatment').describe('variant that is compared'),
};

/** Bounds of the role `value`. */
export const bounds = {
  lower: finite().default(0).describe('least value, fixed before'),
  upper: finite().default(1).describe('largest value, fixed before'),
};

/** For tests that are tightest at a planned size. */
export const bestUnits = positive()
  .default(5_000)
  .describe('units, of both arms together, at which the interval is tightest');
