/**
 * A decision as its event says it: which action of which policy, with which probability, in view of what.
 *
 * ```json
 * { "id": "d-1", "type": "decision", "time": "…", "user": "ada", "item": "video", "context": { "policy": "tutor",
 *   "revision": 1, "stage": 1, "action": "video", "probability": 0.4, "way": "policy", "attributes": { "grade": 7 },
 *   "offered": [{ "action": "video", "probability": 0.4 }, { "action": "text", "probability": 0.6 }] } }
 * ```
 */
import { DecisionFields } from '../../contracts/decisionFields.ts';
import { EngineError } from '../../contracts/errors.ts';

/** How far the probabilities of what was offered may be from a sum of 1. */
const tolerance = 1e-6;

/** Of which policy a decision says it is, and whether only the sender chose, because the engine could not. */
export interface DecisionHead {
  readonly policy: string;
  readonly isFallback: boolean;
  /** Of a fallback: id of the decision that was asked for, and may have been made all the same. */
  readonly instead: string | undefined;
}

/** @returns undefined for a decision that names no policy: one of another system */
export function decisionHead(context: unknown): DecisionHead | undefined {
  if (typeof context !== 'object' || context === null) return undefined;
  const { policy, way, instead } = context as Readonly<Record<string, unknown>>;
  if (typeof policy !== 'string') return undefined;
  const isFallback = way === 'fallback';
  return { policy, isFallback, instead: typeof instead === 'string' ? instead : undefined };
}

/**
 * @param context of the event of a policy that is known
 * @throws EngineError DECISION_INVALID with a sentence that says what is wrong
 */
export function readDecision(context: unknown): DecisionFields {
  const { success, data, error } = DecisionFields.safeParse(context);
  if (!success) {
    const { path, message } = error.issues[0]!;
    return refuse(`context.${path.join('.')}: ${message}`);
  }
  const { offered, action, probability } = data;
  if (offered.length === 0) return data;
  const own = offered.find((each) => each.action === action);
  if (own === undefined || Math.abs(own.probability - probability) > tolerance) {
    return refuse(
      `context.offered: expected ${action} among it with the probability ${probability}, got ${own?.probability ?? 'none'}`,
    );
  }
  const sum = offered.reduce((total, each) => total + each.probability, 0);
  if (Math.abs(sum - 1) > tolerance) {
    return refuse(`context.offered: expected probabilities that add up to 1, got ${sum}`);
  }
  return data;
}

function refuse(sentence: string): never {
  throw new EngineError('DECISION_INVALID', sentence);
}
