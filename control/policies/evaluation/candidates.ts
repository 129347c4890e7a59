/** From what was asked for to the policies that are judged. */
import { EngineError } from '../../../contracts/errors.ts';
import { Policy } from '../../../contracts/policy.ts';
import type { Candidate } from '../../../contracts/policyEvaluationApi.ts';
import { type ReplayedPolicy, replayPolicy } from '../../../models/evaluation/replayedPolicy.ts';

export interface NamedCandidate {
  readonly name: string;
  readonly replayed: ReplayedPolicy;
}

/**
 * @param logged the policy whose log it is; undefined where only the log is there: then changes of it mean nothing
 * @param byKey  other policies
 * @throws EngineError EVALUATION_IMPOSSIBLE with a sentence for one that cannot be judged
 */
export function readCandidates(
  candidates: readonly Candidate[],
  logged: Policy | undefined,
  byKey: (key: string) => Policy | undefined,
): NamedCandidate[] {
  const names = new Set<string>(['logged']);
  return candidates.map((candidate) => {
    const policy = policyOf(candidate, logged, byKey);
    let name = policy.key;
    for (let i = 2; names.has(name); i += 1) name = `${policy.key} ${i}`;
    names.add(name);
    try {
      return { name, replayed: replayPolicy(policy) };
    } catch (error) {
      return refuse(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  });
}

function policyOf(
  candidate: Candidate,
  logged: Policy | undefined,
  byKey: (key: string) => Policy | undefined,
): Policy {
  if (candidate === 'uniform') return uniform;
  if (candidate === 'control') return controlOf(logged);
  if (typeof candidate !== 'string') return parsed(candidate, logged);
  const policy = byKey(candidate);
  if (policy !== undefined) return policy;
  return refuse(
    `There is no policy ${candidate}. Name one by its key, say uniform or control, or give a definition.`,
  );
}

/** What is not given is as the log's policy has it; another algorithm brings parameters and learner of its own. */
function parsed(given: Readonly<Record<string, unknown>>, logged: Policy | undefined): Policy {
  const { success, data, error } = Policy.safeParse({
    key: 'candidate',
    name: 'Candidate',
    ...logged,
    ...(logged === undefined ? {} : { key: `${logged.key.slice(0, 92)}-changed` }),
    ...given,
  });
  if (success) return data;
  const issue = error.issues[0]!;
  return refuse(
    `A candidate cannot be read: ${issue.path.join('.')}: ${issue.message}. Give a whole definition, or what changes of the ` +
      'policy whose log it is.',
  );
}

/** Open and without actions of its own: whatever was offered is as likely. */
const uniform = Policy.parse({
  ...{ key: 'uniform', name: 'Every action as likely', open: true, actions: [] },
  algorithm: { name: 'uniform' },
});

function controlOf(logged: Policy | undefined): Policy {
  if (logged === undefined) {
    return refuse(
      'What the control is stands in the policy’s definition. Give it, or say uniform.',
    );
  }
  const { control } = logged;
  const algorithm =
    control === null
      ? { name: 'uniform' }
      : { name: 'fixed-split', parameters: { weights: { [control]: 1 } } };
  const { actions, open } = logged;
  return Policy.parse({
    ...{ key: 'control', name: 'Control', algorithm, actions, control, open, floor: 0 },
  });
}

function refuse(sentence: string): never {
  throw new EngineError('EVALUATION_IMPOSSIBLE', sentence);
}
