/** Who can enter: an experiment's condition over the attributes of a unit, which come from outside and may be anything. */
import type { Attributes } from '../../contracts/attributes.ts';
import type { Condition } from '../../contracts/condition.ts';
import { holds } from '../../contracts/conditionTruth.ts';
import { readAttribute } from './unit.ts';

const nobody: Attributes = {};

/**
 * Prepares a condition: whether it is known to hold for a unit's attributes. An attribute that is absent or of another type
 * leaves it unknown, and the unit out, also behind `not`. Never throws; nothing is allocated for a unit.
 *
 * @example
 * createTargeting({ field: 'grade', atLeast: 7 })({ grade: 8 }); // true
 * createTargeting({ not: { field: 'grade', is: 7 } })({});       // false: nothing is known of the grade
 */
export function createTargeting(condition: Condition): (attributes: Attributes) => boolean {
  if ('all' in condition && condition.all.length === 0) return () => true;
  let current = nobody;
  const read = (field: string) => readAttribute(current, field);
  return (attributes) => {
    current = attributes;
    const targeted = holds(condition, read);
    current = nobody;
    return targeted;
  };
}
