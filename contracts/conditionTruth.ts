/** What a condition says of someone or something of which not everything is known. */
import type { Comparison, Condition, Scalar } from './condition.ts';

/**
 * What a condition says of a value: with an unknown value a comparison is neither true nor false, and neither is its
 * `not`. So nobody is taken in because something about them is not known; `exists` asks for it.
 */
export type Truth = 'true' | 'false' | 'unknown';

/**
 * Evaluates a condition in three-valued logic; never throws.
 *
 * A value of another type than the comparison needs counts as unknown. A list satisfies a comparison when one of its
 * elements does.
 *
 * @param read value of a field; undefined or null when there is none
 *
 * Source: Kleene 1938, strong three-valued logic.
 *
 * @example
 * truthOf({ not: { field: 'course', is: 'algebra' } }, () => undefined); // 'unknown'
 */
export function truthOf(condition: Condition, read: (field: string) => unknown): Truth {
  if ('all' in condition) return allOf(condition.all, read);
  if ('any' in condition) {
    let unknown = false;
    for (const each of condition.any) {
      const truth = truthOf(each, read);
      if (truth === 'true') return 'true';
      if (truth === 'unknown') unknown = true;
    }
    return unknown ? 'unknown' : 'false';
  }
  if ('not' in condition) {
    const truth = truthOf(condition.not, read);
    return truth === 'unknown' ? 'unknown' : truth === 'true' ? 'false' : 'true';
  }
  const value = read(condition.field);
  const absent = value === undefined || value === null;
  if ('exists' in condition) return condition.exists === !absent ? 'true' : 'false';
  if (absent) return 'unknown';
  if (!Array.isArray(value)) return compare(condition, value);
  let unknown = false;
  for (const element of value as unknown[]) {
    const truth = compare(condition, element);
    if (truth === 'true') return 'true';
    if (truth === 'unknown') unknown = true;
  }
  return unknown ? 'unknown' : 'false';
}

/** Whether the condition is known to hold. */
export function holds(condition: Condition, read: (field: string) => unknown): boolean {
  return truthOf(condition, read) === 'true';
}

function allOf(conditions: readonly Condition[], read: (field: string) => unknown): Truth {
  let unknown = false;
  for (const each of conditions) {
    const truth = truthOf(each, read);
    if (truth === 'false') return 'false';
    if (truth === 'unknown') unknown = true;
  }
  return unknown ? 'unknown' : 'true';
}

function compare(comparison: Comparison, value: unknown): Truth {
  if ('is' in comparison) return equal(comparison.is, value);
  if ('in' in comparison) {
    let comparable = false;
    for (const each of comparison.in) {
      const truth = equal(each, value);
      if (truth === 'true') return 'true';
      if (truth === 'false') comparable = true;
    }
    return comparable ? 'false' : 'unknown';
  }
  if (typeof value !== 'number' || Number.isNaN(value)) return 'unknown';
  if ('above' in comparison) return truth(value > comparison.above);
  if ('atLeast' in comparison) return truth(value >= comparison.atLeast);
  if ('below' in comparison) return truth(value < comparison.below);
  if ('atMost' in comparison) return truth(value <= comparison.atMost);
  return 'unknown';
}

function equal(wanted: Scalar, value: unknown): Truth {
  return typeof value === typeof wanted ? truth(value === wanted) : 'unknown';
}

function truth(flag: boolean): Truth {
  return flag ? 'true' : 'false';
}
