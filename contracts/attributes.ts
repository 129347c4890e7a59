/**
 * What is known of a user and the situation, as an application sends it: any JSON by name, every number in it finite.
 *
 * Taken as it is. A record of unknowns would be copied name by name, and the copy would be slower to read and to write: a third of
 * what a decision allocates.
 */
import { z } from 'zod';

export type Attributes = Readonly<Record<string, unknown>>;

const object = z
  .unknown()
  .superRefine((value, context) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      context.addIssue({ code: 'custom', message: 'expected an object' });
      return;
    }
    // JSON may have 1e999, which reads as Infinity: it would be looked at as that, and stand in the log as null.
    const found = infinityIn(value);
    if (found === undefined) return;
    const { path, number } = found;
    const message = `expected a finite number, got ${number}, as which a number beyond ±1.8e308 is read`;
    context.addIssue({ code: 'custom', path, message });
  })
  .meta({ type: 'object', additionalProperties: {} });

// The checks take anything; what they let through is an object.
export const Attributes = object as unknown as z.ZodType<Attributes, Attributes>;

interface Place {
  readonly name: string;
  readonly value: object;
  readonly within: Place | undefined;
}

/** Without recursion: what is nested deeply must not fill the stack. */
function infinityIn(attributes: object): { path: string[]; number: number } | undefined {
  const open: Place[] = [{ name: '', value: attributes, within: undefined }];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const values = at.value as Attributes;
    // Not their entries: most attributes are numbers in one object.
    for (const name in values) {
      const value = values[name];
      if (typeof value === 'object' && value !== null) open.push({ name, value, within: at });
      else if (typeof value === 'number' && !Number.isFinite(value)) {
        return { path: [...pathOf(at), name], number: value };
      }
    }
  }
  return undefined;
}

function pathOf(place: Place): string[] {
  const path: string[] = [];
  for (let at = place; at.within !== undefined; at = at.within) path.unshift(at.name);
  return path;
}
