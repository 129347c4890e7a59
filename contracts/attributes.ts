/** What is known of a user and the situation: any JSON by name, every number in it finite. */
import { z } from 'zod';

/**
 * JSON may have 1e999, which reads as Infinity: it would be looked at as that, and stand in the log as null. So it is refused, with
 * its place.
 */
export const Attributes = z.record(z.string(), z.unknown()).superRefine((attributes, context) => {
  const found = infinityIn(attributes);
  if (found === undefined) return;
  const { path, number } = found;
  const message = `expected a finite number, got ${number}, as which a number beyond ±1.8e308 is read`;
  context.addIssue({ code: 'custom', path, message });
});

interface Place {
  readonly name: string;
  readonly value: unknown;
  readonly within: Place | undefined;
}

/** Without recursion: what is nested deeply must not fill the stack. */
function infinityIn(attributes: object): { path: string[]; number: number } | undefined {
  const open: Place[] = [{ name: '', value: attributes, within: undefined }];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const [name, value] of Object.entries(at.value as object)) {
      const place = { name, value, within: at };
      if (typeof value === 'object' && value !== null) open.push(place);
      if (typeof value === 'number' && !Number.isFinite(value)) {
        return { path: pathOf(place), number: value };
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
