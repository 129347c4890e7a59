/** Roles that several statistics share. */
import type { Role } from '../../contracts/statistic.ts';

export const value = {
  kind: 'number',
  summary: 'what is measured',
  column: 'value',
} as const satisfies Role;

export const time = {
  kind: 'number',
  summary: 'ms since 1970: says when an alarm was',
  column: 'time',
} as const satisfies Role;

export const variant = {
  kind: 'text',
  summary: 'arm of the unit',
  column: 'context.variant',
} as const satisfies Role;

export const probability = {
  kind: 'number',
  summary:
    'with which the unit got its variant, as logged; with more arms, given that it is in one of the two',
  column: 'context.probability',
} as const satisfies Role;

export const unit = {
  kind: 'text',
  summary: 'name of the unit: values between grid points are rounded by it',
  column: 'user',
} as const satisfies Role;

export const stage = {
  kind: 'number',
  summary: 'stage or period of the exposure, from 0: bets learn from earlier ones',
  fallback: 0,
} as const satisfies Role;
