/** Who can enter: an experiment's condition over the attributes of a unit, which come from outside and may be anything. */
import { type Condition, holds } from '../../contracts/condition.ts';
import { type Attributes, readAttribute } from './unit.ts';

/**
 * Whether the condition is known to hold for these attributes. An attribute that is absent or of another type leaves it unknown,
 * and the unit out, also behind `not`. Never throws.
 *
 * @example
 * isTargeted({ field: 'grade', atLeast: 7 }, { grade: 8 }); // true
 * isTargeted({ not: { field: 'grade', is: 7 } }, {});       // false: nothing is known of the grade
 */
export function isTargeted(condition: Condition, attributes: Attributes): boolean {
  if ('all' in condition && condition.all.length === 0) return true;
  return holds(condition, (field) => readAttribute(attributes, field));
}
