/**
 * Features of an action by features of the context: every product of one of each.
 *
 * With a bias in both, the action's own features, the context's and a common bias are among the products.
 */
import { featuresMax } from '../../contracts/featureSet.ts';

/** @throws RangeError when there are more products than a vector may have numbers */
export function interactionSize(actionSize: number, contextSize: number): number {
  const size = actionSize * contextSize;
  if (size > featuresMax) {
    throw new RangeError(
      `interaction: expected at most ${featuresMax} products, got ${actionSize} × ${contextSize}`,
    );
  }
  return size;
}

/** Fills the products, those of the action's first feature first. */
export function interact(action: Float64Array, context: Float64Array, into: Float64Array): void {
  let place = 0;
  for (let i = 0; i < action.length; i += 1) {
    const factor = action[i]!;
    for (let j = 0; j < context.length; j += 1) {
      into[place] = factor * context[j]!;
      place += 1;
    }
  }
}

/** Names of the products; a bias leaves the other's name alone. */
export function interactionNames(action: readonly string[], context: readonly string[]): string[] {
  return action.flatMap((left) =>
    context.map((right) =>
      left === 'bias' ? right : right === 'bias' ? left : `${left} × ${right}`,
    ),
  );
}
