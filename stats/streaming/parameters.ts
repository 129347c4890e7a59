/** Parameters that several statistics share; the message of each says what is expected. */
import { z } from 'zod';
import { figureMax } from '../../contracts/event.ts';

const text = (expected: string) => z.string(expected).min(1, expected);

/** Above 0, and at most the square of the largest figure of an event. */
export function positive() {
  const expected = `in (0, ${figureMax ** 2}]`;
  return z
    .number(expected)
    .gt(0, expected)
    .max(figureMax ** 2, expected);
}

/** As a figure of an event may be. */
export function finite() {
  const expected = `in [${-figureMax}, ${figureMax}]`;
  return z.number(expected).min(-figureMax, expected).max(figureMax, expected);
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
