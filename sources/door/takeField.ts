/** Fields of foreign events, checked under the names that their producers know. */
import { Event } from '../../contracts/event.ts';
import { isObject, type JsonObject } from '../decode/parseRecord.ts';
import {
  expectedName,
  isName,
  isTimely,
  type Problem,
  unexpected,
  untimely,
} from '../decode/problem.ts';

/** Ends the reading of a foreign event; caught by the adapter that began it. */
export class FieldProblem extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.reason);
    this.problem = problem;
  }
}

/** The value of an own property, undefined for what is absent or null. */
export function fieldOf(json: JsonObject, field: string): unknown {
  return Object.hasOwn(json, field) ? (json[field] ?? undefined) : undefined;
}

/** @throws FieldProblem */
export function refuse(field: string, expected: string, found: unknown): never {
  const code = found === undefined ? 'EVENT_FIELD_MISSING' : 'EVENT_FIELD_INVALID';
  throw new FieldProblem(unexpected(code, field, expected, found));
}

/** @throws FieldProblem when it is absent or not a name */
export function takeName(value: unknown, field: string): string {
  return isName(value) ? value : refuse(field, expectedName, value);
}

/** @throws FieldProblem when it is there and not a name */
export function takeOptionalName(value: unknown, field: string): string | undefined {
  return value === undefined ? undefined : takeName(value, field);
}

/** @throws FieldProblem when it is there and not an object */
export function takeOptionalObject(value: unknown, field: string): JsonObject | undefined {
  return value === undefined || isObject(value) ? value : refuse(field, 'an object', value);
}

/**
 * An absent time is that of the reception, which both formats allow the receiver to fill in.
 *
 * @throws FieldProblem when it is not an ISO 8601 date-time with a zone, or out of range
 */
export function takeTime(value: unknown, field: string, receivedAt: number): string {
  if (value === undefined) return new Date(receivedAt).toISOString();
  const time = typeof value === 'string' ? Event.shape.time.safeParse(value) : undefined;
  if (typeof value !== 'string' || time?.data === undefined) {
    return refuse(field, 'an ISO 8601 date-time with a zone', value);
  }
  if (!isTimely(time.data, receivedAt))
    throw new FieldProblem(untimely(field, time.data, receivedAt));
  return value;
}

/** The object without some of its fields, undefined when nothing is left. */
export function without(json: JsonObject, fields: readonly string[]): JsonObject | undefined {
  const rest = Object.entries(json).filter(([field]) => !fields.includes(field));
  return rest.length === 0 ? undefined : Object.fromEntries(rest);
}
