/**
 * What becomes of predictions and of their labels, counted: each prediction and each label that the join takes has one outcome
 * when it comes, and a prediction one more when it has its label or is given up.
 *
 * Source of the interval: Wilson 1927.
 */
import type { Fold } from '../../contracts/fold.ts';

export const labelOutcomes = {
  told: 'predictions that are followed',
  repeated: 'further predictions of a name that is known: the first counts',
  outdated: 'predictions that came when their horizon had ended',
  joined: 'labels that came behind their predictions, in time',
  early: 'labels that came before their predictions, and were joined with them',
  twice: 'further labels that say the same',
  conflict: 'further labels that say something else: the first counts',
  late: 'labels past the horizon of their predictions',
  unknown: 'labels whose predictions did not come',
  invalid: 'predictions and labels without a usable value, and labels that name no prediction',
  unlabelled: 'predictions given up at their horizon',
  evicted: 'predictions given up because too many waited',
  erased: 'predictions given up because their user was erased',
} as const;

export type LabelOutcome = keyof typeof labelOutcomes;

export const labelOutcomeNames = Object.keys(labelOutcomes) as readonly LabelOutcome[];

/** Rows of each, integers ≥ 0. */
export type LabelOutcomesState = Record<LabelOutcome, number>;

export const countLabelOutcomes = {
  initial: () =>
    Object.fromEntries(labelOutcomeNames.map((name) => [name, 0])) as LabelOutcomesState,

  step(state, outcome) {
    state[outcome] += 1;
  },

  read: (state) => state,

  merge(state, other) {
    for (const name of labelOutcomeNames) state[name] += other[name];
  },
} satisfies Fold<LabelOutcomesState, LabelOutcome, LabelOutcomesState>;
