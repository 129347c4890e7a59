/** Which policies can be judged by another's log: chance, its control, every algorithm with its usual parameters, another policy. */
import { isLive } from '../../contracts/definitionState.ts';
import type { Policy } from '../../contracts/policy.ts';
import type { AlgorithmsAnswer, PolicySummary } from '../../contracts/policyApi.ts';
import type { Candidate } from '../../contracts/policyEvaluationApi.ts';
import { evaluation as words } from '../words/policyEvaluation.ts';
import { controlWords } from './moves.ts';

type Algorithm = Policy['algorithm'];

export interface PossibleCandidate {
  /** As it is chosen: distinct from all others. */
  readonly id: string;
  readonly name: string;
  /** What tells it from the others. */
  readonly note: string;
  /** As the engine is asked. */
  readonly asked: Candidate;
  /** How the policy could go on with it. */
  readonly next:
    | { readonly kind: 'none' }
    /** In the live policy, as a new stage. */
    | { readonly kind: 'take'; readonly algorithm: Algorithm }
    /** In a policy of its own: this one's learnt numbers mean something else. */
    | { readonly kind: 'copy' }
    | { readonly kind: 'policy'; readonly key: string };
}

const none = { kind: 'none' } as const;

/** Where the policy's learner can be kept it is: what was learnt by it can be read on. */
export function candidatesOf(policy: Policy, known: AlgorithmsAnswer): PossibleCandidate[] {
  const { control, algorithm: own } = policy;
  const controls: PossibleCandidate[] = [
    {
      ...{ id: 'uniform', name: words.uniform, asked: 'uniform', next: none },
      note: control === null ? words.uniformIsControl : words.uniformNote,
    },
    // The control by chance is the one before.
    ...(control === null
      ? []
      : [
          {
            ...{ id: 'control', name: words.control, asked: 'control', next: none },
            note: controlWords(policy, control),
          } as const,
        ]),
  ];
  const learner = learnerOf(own, known);
  const algorithms = known.algorithms
    .filter(({ learners, parameters }) => learners.length > 0 && parameters.every(isOptional))
    .map(({ name, learners }): PossibleCandidate => {
      const isKept = learner !== undefined && learners.includes(learner);
      const algorithm: Algorithm = {
        ...{ name, parameters: {} },
        ...(isKept && (learners[0] !== learner || own.learner !== undefined)
          ? { learner: own.learner ?? { name: learner, parameters: {} } }
          : {}),
      };
      const isOwn = name === own.name;
      return {
        id: `algorithm ${name}`,
        name,
        note: isOwn ? words.isOwn : isKept ? words.keeps : words.learns(learners[0] ?? ''),
        asked: { key: name, algorithm },
        next:
          isOwn && Object.keys(own.parameters).length === 0
            ? none
            : isKept && isLive(policy)
              ? { kind: 'take', algorithm }
              : { kind: 'copy' },
      };
    });
  return [...controls, ...algorithms];
}

export function policyCandidate({ key, name }: PolicySummary): PossibleCandidate {
  return {
    ...{ id: `policy ${key}`, name, note: words.otherPolicy(key), asked: key },
    next: { kind: 'policy', key },
  };
}

/** Judged at first: those that the policy could become, and what they are to be measured by. */
export function firstCandidates(possible: readonly PossibleCandidate[]): string[] {
  return possible
    .filter(({ next, asked }) => next.kind === 'take' || typeof asked === 'string')
    .map(({ id }) => id);
}

function learnerOf({ name, learner }: Algorithm, { algorithms }: AlgorithmsAnswer) {
  return learner?.name ?? algorithms.find((each) => each.name === name)?.learners[0];
}

function isOptional({ required }: { readonly required: boolean }): boolean {
  return !required;
}
