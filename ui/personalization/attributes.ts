/** What a policy looks at of a person: the fields that its features and conditions name. */
import type { Condition } from '../../contracts/condition.ts';
import type { Policy } from '../../contracts/policy.ts';
import type { AttributeSearch } from '../data/search.ts';

export interface AskedAttribute {
  readonly field: string;
  readonly kind: 'number' | 'word';
}

/** Learnt of the person, not told by an application. */
const learntPrefix = 'preference.';

export function attributesOf({ context, actions, pins }: Policy): AskedAttribute[] {
  const found = new Map<string, AskedAttribute['kind']>();
  for (const { field, kind } of context.features) {
    found.set(field, kind === 'numeric' ? 'number' : 'word');
  }
  const conditions = [...actions.map(({ eligible }) => eligible), ...pins.map((pin) => pin.if)];
  for (const field of conditions.flatMap(fieldsOf)) {
    if (!found.has(field)) found.set(field, 'word');
  }
  return [...found]
    .filter(([field]) => !field.startsWith(learntPrefix))
    .map(([field, kind]) => ({ field, kind }));
}

/** As `contracts/condition.ts` has it, without the schemas there. */
function fieldsOf(condition: Condition): string[] {
  if ('all' in condition) return condition.all.flatMap(fieldsOf);
  if ('any' in condition) return condition.any.flatMap(fieldsOf);
  return 'not' in condition ? fieldsOf(condition.not) : [condition.field];
}

/** The attributes with another value of one, or without it; undefined when none is left. */
export function withAttribute(
  attributes: AttributeSearch,
  field: string,
  value: AttributeSearch[string] | undefined,
): AttributeSearch | undefined {
  const { [field]: _, ...rest } = attributes;
  const next = value === undefined ? rest : { ...rest, [field]: value };
  return Object.keys(next).length === 0 ? undefined : next;
}

/**
 * Attributes as a decision takes them: `plan.level` is a part of the object `plan`.
 *
 * @example
 * nested({ grade: 7, 'plan.level': 2 }); // { grade: 7, plan: { level: 2 } }
 */
export function nested(attributes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(attributes)) {
    const names = field.split('.');
    const last = names.pop() ?? field;
    let place = root;
    for (const name of names) {
      const inner = Object.hasOwn(place, name) ? place[name] : undefined;
      const next: Record<string, unknown> =
        typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : {};
      place[name] = next;
      place = next;
    }
    place[last] = value;
  }
  return root;
}
