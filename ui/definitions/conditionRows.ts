/** Simple targeting as rows: every one of them must hold. What is more involved is written as JSON. */
import type { Comparison, Condition, Scalar } from '../../contracts/condition.ts';
import { conditions as words } from '../words/definitions.ts';

export const operators = [
  'is',
  'in',
  'above',
  'atLeast',
  'below',
  'atMost',
  'exists',
  'absent',
] as const;
export type Operator = (typeof operators)[number];

export interface TargetingRow {
  readonly field: string;
  readonly operator: Operator;
  /** As typed; of `in` with commas between. */
  readonly value: string;
}

/** Whether a row of this kind has a value. */
export function hasValue(operator: Operator): boolean {
  return operator !== 'exists' && operator !== 'absent';
}

/** "7" is a number, "true" a truth value, everything else a word; quotes keep "7" a word. */
export function scalarOf(text: string): Scalar {
  const trimmed = text.trim();
  const quoted = trimmed.match(/^"(.*)"$/);
  if (quoted !== null) return quoted[1] ?? '';
  if (trimmed === 'true' || trimmed === 'false') return trimmed === 'true';
  return trimmed !== '' && Number.isFinite(Number(trimmed)) ? Number(trimmed) : trimmed;
}

/** Read back by {@link scalarOf} as the same. */
export function scalarText(value: Scalar): string {
  const text = String(value);
  return typeof value === 'string' && scalarOf(text) !== value ? `"${text}"` : text;
}

/** @throws TypeError in words for the reader when a value does not fit its operator */
export function conditionOf(rows: readonly TargetingRow[]): Condition {
  return { all: rows.map(comparisonOf) };
}

/** @throws TypeError as {@link conditionOf} */
export function comparisonOf({ field, operator, value }: TargetingRow): Comparison {
  if (field.trim() === '') throw new TypeError(words.nameless);
  const name = field.trim();
  switch (operator) {
    case 'exists':
      return { field: name, exists: true };
    case 'absent':
      return { field: name, exists: false };
    case 'is':
      if (value.trim() === '') throw new TypeError(words.empty(name));
      return { field: name, is: scalarOf(value) };
    case 'in': {
      const values = value.split(',').filter((part) => part.trim() !== '');
      if (values.length === 0) throw new TypeError(words.empty(name));
      return { field: name, in: values.map(scalarOf) };
    }
    default: {
      const bound = scalarOf(value);
      if (typeof bound !== 'number') {
        throw new TypeError(words.noNumber(name, value));
      }
      return { field: name, [operator]: bound } as Comparison;
    }
  }
}

/** @returns undefined when the condition is not a list of comparisons that must all hold */
export function rowsOf(condition: Condition): TargetingRow[] | undefined {
  const parts = 'all' in condition ? condition.all : [condition];
  const rows: TargetingRow[] = [];
  for (const part of parts) {
    const row = rowOf(part);
    if (row === undefined) return undefined;
    rows.push(row);
  }
  return rows;
}

function rowOf(condition: Condition): TargetingRow | undefined {
  if ('all' in condition || 'any' in condition || 'not' in condition) return undefined;
  const { field } = condition;
  if ('is' in condition) return { field, operator: 'is', value: scalarText(condition.is) };
  if ('in' in condition) {
    // A word with a comma could not be told from two.
    if (condition.in.some((value) => String(value).includes(','))) return undefined;
    return { field, operator: 'in', value: condition.in.map(scalarText).join(', ') };
  }
  if ('above' in condition) return { field, operator: 'above', value: String(condition.above) };
  if ('atLeast' in condition) {
    return { field, operator: 'atLeast', value: String(condition.atLeast) };
  }
  if ('below' in condition) return { field, operator: 'below', value: String(condition.below) };
  if ('atMost' in condition) return { field, operator: 'atMost', value: String(condition.atMost) };
  return { field, operator: condition.exists ? 'exists' : 'absent', value: '' };
}
