/**
 * Conditions as data: who is in an experiment, which events a metric counts.
 *
 * A small closed language, so that a condition can be stored, hashed, shown and replayed, and so that none can run code or
 * take long. What a field's name means is the reader's affair: an attribute of a unit, or a part of an event.
 */
import { z } from 'zod';
import { nameLengthMax } from './event.ts';
import { shallow } from './shallow.ts';

/** Deepest nesting of a condition. */
export const conditionDepthMax = 12;
/** Most branches of one `all` or `any`. */
export const conditionBranchesMax = 100;
/** Most values of one `in`. */
export const conditionValuesMax = 1_000;

const Scalar = z.union([z.string().max(nameLengthMax), z.number(), z.boolean()]);
export type Scalar = z.infer<typeof Scalar>;

/** Name of an attribute, or of an event's field: `type`, `item`, `value`, `context.course`. */
export const FieldName = z
  .string()
  .regex(/^[^\s.]+(\.[^\s.]+)*$/, 'expected a name, or names joined by dots')
  .max(nameLengthMax);

/** Exactly one comparison. `above` and `below` leave out the bound itself, `atLeast` and `atMost` take it in. */
const Comparison = z.union([
  z.strictObject({ field: FieldName, is: Scalar }),
  z.strictObject({ field: FieldName, in: z.array(Scalar).min(1).max(conditionValuesMax) }),
  z.strictObject({ field: FieldName, above: z.number() }),
  z.strictObject({ field: FieldName, atLeast: z.number() }),
  z.strictObject({ field: FieldName, below: z.number() }),
  z.strictObject({ field: FieldName, atMost: z.number() }),
  z.strictObject({ field: FieldName, exists: z.boolean() }),
]);
export type Comparison = z.infer<typeof Comparison>;

export type Condition =
  | Comparison
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

const branches = z.lazy(() => z.array(Node).max(conditionBranchesMax));
const Node: z.ZodType<Condition> = z.union(
  [
    Comparison,
    z.strictObject({ all: branches }),
    z.strictObject({ any: branches }),
    z.strictObject({ not: z.lazy(() => Node) }),
  ],
  {
    error:
      'expected { field, and one of is, in, above, atLeast, below, atMost, exists }, ' +
      'or { all: [ … ] }, { any: [ … ] }, { not: … }',
  },
);

/** `all` of nothing holds always, `any` of nothing never. */
export const Condition = shallow(
  Node,
  conditionDepthMax,
  'One of { field, is | in | above | atLeast | below | atMost | exists }, { all: [conditions] }, ' +
    '{ any: [conditions] }, { not: condition }.',
);

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

/**
 * The values of `field` to which a condition confines what it admits; undefined when it admits others as well.
 *
 * @example
 * confinedTo({ all: [{ field: 'type', is: 'answered' }, { field: 'value', above: 0 }] }, 'type'); // {'answered'}
 */
export function confinedTo(condition: Condition, field: string): ReadonlySet<Scalar> | undefined {
  if ('all' in condition) {
    for (const each of condition.all) {
      const values = confinedTo(each, field);
      if (values !== undefined) return values;
    }
    return undefined;
  }
  if ('any' in condition) {
    const values = new Set<Scalar>();
    for (const each of condition.any) {
      const branch = confinedTo(each, field);
      if (branch === undefined) return undefined;
      for (const value of branch) values.add(value);
    }
    return values;
  }
  if ('not' in condition || condition.field !== field) return undefined;
  if ('is' in condition) return new Set([condition.is]);
  return 'in' in condition ? new Set(condition.in) : undefined;
}

/** Names of all fields that a condition reads. */
export function fieldsOf(condition: Condition): string[] {
  if ('all' in condition) return condition.all.flatMap(fieldsOf);
  if ('any' in condition) return condition.any.flatMap(fieldsOf);
  return 'not' in condition ? fieldsOf(condition.not) : [condition.field];
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
