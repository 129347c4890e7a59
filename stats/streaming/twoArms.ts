/** One fold for each of two arms: the state of every comparison of means, ratios and proportions. */
import type { Fold } from '../../contracts/fold.ts';
import { type StatisticFold, unexpected } from '../../contracts/statistic.ts';

export interface TwoArms<State> {
  control: State;
  treatment: State;
}

export interface ArmNames {
  readonly control: string;
  readonly treatment: string;
}

/** What is wrong with the variant of a row. */
export function variantProblem(
  variant: string,
  { control, treatment }: ArmNames,
): string | undefined {
  if (variant === control || variant === treatment) return undefined;
  return unexpected('variant', `${control} or ${treatment}`, variant);
}

/** @throws RangeError when both arms have the same name */
export function expectTwo({ control, treatment }: ArmNames): void {
  if (control !== treatment) return;
  throw new RangeError(unexpected('treatment', 'another than control', treatment));
}

type MergingFold<State, Input> = Omit<Fold<State, Input, unknown>, 'read'> & {
  merge(state: State, other: State): void;
};

/**
 * Everything but what is read.
 *
 * @param arm     the fold of an arm
 * @param inputOf what it takes of a row
 * @throws RangeError when both arms have the same name
 */
export function twoArms<State, Input, Row extends { readonly variant: string }>(
  arm: MergingFold<State, Input>,
  names: ArmNames,
  inputOf: (row: Row) => Input,
) {
  expectTwo(names);
  return {
    initial: (): TwoArms<State> => ({ control: arm.initial(), treatment: arm.initial() }),

    problem: (row) => variantProblem(row.variant, names),

    step(state, row) {
      const own = row.variant === names.treatment ? state.treatment : state.control;
      arm.step(own, inputOf(row));
    },

    merge(state, other) {
      arm.merge(state.control, other.control);
      arm.merge(state.treatment, other.treatment);
    },
  } satisfies Omit<StatisticFold<TwoArms<State>, Row, unknown>, 'read'>;
}
