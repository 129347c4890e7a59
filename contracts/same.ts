/** Whether two values are the same JSON, whatever the order of their keys. */
import { canonicalJson } from './canonicalJson.ts';

/** Undefined is the same as undefined only. */
export function same(a: unknown, b: unknown): boolean {
  if (a === undefined || b === undefined) return a === b;
  return canonicalJson(a) === canonicalJson(b);
}
