/** Who changes a definition, what they give, and why it may be refused. */
import { canonicalJson } from '../../contracts/canonicalJson.ts';
import type { DefinitionProblem } from '../../contracts/definitionProblem.ts';
import type { DefinitionState } from '../../contracts/definitionState.ts';

/** Who does something, and why. */
export interface By {
  readonly actor: string;
  readonly reason: string;
}

export type Refused =
  /** Not a definition: where, and what was expected. */
  | { readonly outcome: 'malformed'; readonly issues: readonly { at: string; message: string }[] }
  /** A definition that will not do, or a change that would harm the evidence. */
  | { readonly outcome: 'refused'; readonly problems: readonly DefinitionProblem[] }
  /** Made from an older revision than the newest. */
  | { readonly outcome: 'stale'; readonly revision: number }
  | { readonly outcome: 'unknown' }
  | { readonly outcome: 'exists' };

/** @param sentences at least one */
export function refusal(sentences: readonly string[], field = ''): Refused {
  return {
    outcome: 'refused',
    problems: sentences.map((sentence) => ({ severity: 'problem', field, sentence })),
  };
}

/** @returns undefined when nothing but remarks was found */
export function refusedFor(problems: readonly DefinitionProblem[]): Refused | undefined {
  // With the remarks: whoever mends the one reads the other.
  return problems.some(({ severity }) => severity === 'problem')
    ? { outcome: 'refused', problems }
    : undefined;
}

/**
 * A change leaves the state as it is: there are moves for that.
 *
 * @param what is changed: "experiment"
 * @returns undefined when the definition names no state, or the one that it has
 */
export function refusedState(
  what: string,
  state: DefinitionState,
  definition: unknown,
): Refused | undefined {
  const given = (definition as { readonly state?: unknown }).state;
  if (given === undefined || given === state) return undefined;
  return refusal(
    [
      `The ${what} is ${state}. To make it ${given}, start, pause, resume, stop or archive it: a change does not.`,
    ],
    'state',
  );
}

interface Schema<Value> {
  safeParse(
    value: unknown,
  ):
    | { success: true; data: Value }
    | { success: false; error: { issues: readonly { path: PropertyKey[]; message: string }[] } };
}

type Malformed = Extract<Refused, { outcome: 'malformed' }>;

/** Reads what was given, with its defaults. */
export function parseGiven<Value>(
  schema: Schema<Value>,
  definition: unknown,
): { readonly outcome: 'parsed'; readonly value: Value } | Malformed {
  const parsed = schema.safeParse(definition);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => ({
      at: path.map(String).join('.'),
      message,
    }));
    return { outcome: 'malformed', issues };
  }
  try {
    canonicalJson(parsed.data);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { outcome: 'malformed', issues: [{ at: '', message }] };
  }
  return { outcome: 'parsed', value: parsed.data };
}

/** What keeps it from being a definition at all, as problems. */
export function problemsOf({ issues }: Malformed): DefinitionProblem[] {
  return issues.map(({ at, message }) => ({
    severity: 'problem',
    field: at,
    sentence: at === '' ? message : `${at}: ${message}`,
  }));
}
