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
