/** A condition as a phrase: "grade is 7 or 8, and course is algebra". */
import type { Condition } from '../../contracts/condition.ts';
import { phrases as words } from '../words/definitions.ts';

/** @example conditionWords({ all: [] }); // 'everyone' */
export function conditionWords(condition: Condition): string {
  if ('all' in condition) {
    if (condition.all.length === 0) return words.everyone;
    return condition.all.map(part).join(words.and);
  }
  if ('any' in condition) {
    if (condition.any.length === 0) return words.nobody;
    return condition.any.map(part).join(words.or);
  }
  if ('not' in condition) return words.not(part(condition.not));
  const { field } = condition;
  if ('is' in condition) return words.is(field, String(condition.is));
  if ('in' in condition) return words.is(field, condition.in.map(String).join(words.or));
  if ('above' in condition) return words.above(field, String(condition.above));
  if ('atLeast' in condition) return words.atLeast(field, String(condition.atLeast));
  if ('below' in condition) return words.below(field, String(condition.below));
  if ('atMost' in condition) return words.atMost(field, String(condition.atMost));
  return condition.exists ? words.exists(field) : words.absent(field);
}

/** A part of a longer condition, in brackets where it is itself composed. */
function part(condition: Condition): string {
  const isComposed =
    ('all' in condition && condition.all.length > 1) ||
    ('any' in condition && condition.any.length > 1);
  return isComposed ? `(${conditionWords(condition)})` : conditionWords(condition);
}
