/** Results of gates, and figures as their sentences have them. */
import type { GateCheck, GateName, GateResult } from '../../contracts/gateReport.ts';
import { finite } from '../metricPoint.ts';
import { sentence } from '../words.ts';

const three = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** Characters of a sentence. */
const sentenceMax = 1_500;

/** What is smaller is told as nothing. */
const least = 5e-7;

/** At most three digits that count, also of small numbers: 0.00412, −0.02, 1,230. */
export function digits(value: number): string {
  return Math.abs(value) < least ? '0' : three.format(value).replace('-', '−');
}

/** "0.004 above", "0.004 below", "no different from". */
export function beside(difference: number): string {
  if (Math.abs(difference) < least) return 'no different from';
  return `${digits(Math.abs(difference))} ${difference > 0 ? 'above' : 'below'}`;
}

/** 0.05 reads "95 % interval". */
export function intervalName(alpha: number): string {
  return `${digits(Number((100 * (1 - alpha)).toPrecision(12)))} % interval`;
}

export interface CheckFields {
  readonly name: string;
  readonly value: number;
  readonly lower?: number;
  readonly upper?: number;
  readonly bound?: number;
  readonly count?: number;
  /** Whether it holds; a figure of which nothing is asked does. */
  readonly passed?: boolean;
}

/** What is no number, or infinite, is told as null. */
export function check(fields: CheckFields): GateCheck {
  const { name, value, lower = NaN, upper = NaN, bound = NaN, count, passed = true } = fields;
  return {
    name,
    value: finite(value),
    lower: finite(lower),
    upper: finite(upper),
    bound: finite(bound),
    count: count ?? null,
    passed,
  };
}

/** Files tell names and reasons of any length, with whatever characters. */
export function printable(text: string): string {
  const plain = text.replace(/\p{Cc}+/gu, ' ');
  return plain.length > sentenceMax ? `${plain.slice(0, sentenceMax)}…` : plain;
}

export function result(
  gate: GateName,
  outcome: GateResult['outcome'],
  text: string,
  checks: readonly GateCheck[] = [],
): GateResult {
  return { gate, outcome, sentence: sentence(printable(text)), checks: [...checks] };
}

/** Passed when all checks are. */
export function judged(gate: GateName, text: string, checks: readonly GateCheck[]): GateResult {
  return result(gate, checks.every(({ passed }) => passed) ? 'passed' : 'failed', text, checks);
}

/** What makes it fail, after what failed: it goes on in the same sentence. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
