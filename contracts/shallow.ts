/** A schema that first looks how deep a value nests: so that no input can exhaust the stack of what reads it. */
import { z } from 'zod';

/** Whether objects and arrays nest at most `depthMax` deep: `{"a":1}` has depth 1. Walks without recursion. */
export function isShallow(value: unknown, depthMax: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    const containers = level.filter((each) => typeof each === 'object' && each !== null);
    if (containers.length > 0 && depth >= depthMax) return false;
    level = containers.flatMap((each) => Object.values(each as object));
  }
  return true;
}

/**
 * The schema, behind a check that the value nests at most `depthMax` deep.
 *
 * @param description for the documentation of what is sent, which knows of the check only
 */
export function shallow<Output, Input>(
  schema: z.ZodType<Output, Input>,
  depthMax: number,
  description: string,
): z.ZodType<Output, Input> {
  const error = `expected at most ${depthMax} levels`;
  const checked = z.unknown().refine((value) => isShallow(value, depthMax), { error });
  // The check takes anything; what it lets through must be the schema's input.
  return checked.meta({ description }).pipe(schema as z.ZodType) as unknown as z.ZodType<
    Output,
    Input
  >;
}
