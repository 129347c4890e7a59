/** A reward model for benchmarks: ridge regression of the reward on the context's features, one for each action. */
import type { RewardModel } from '../../stats/offPolicy/rewardModel.ts';

/**
 * @param features how many a context has, the constant among them
 * @param penalty  of the squared coefficients, > 0
 */
export function ridgeRewards(
  actions: number,
  features: number,
  penalty = 1,
): RewardModel<Float64Array> {
  const inverses = Array.from({ length: actions }, () => {
    const inverse = new Float64Array(features * features);
    for (let i = 0; i < features; i += 1) inverse[i * features + i] = 1 / penalty;
    return inverse;
  });
  const coefficients = Array.from({ length: actions }, () => new Float64Array(features));
  const dot = (a: Float64Array, b: Float64Array): number => {
    let sum = 0;
    for (let i = 0; i < features; i += 1) sum += a[i]! * b[i]!;
    return sum;
  };
  return {
    predict(context, into) {
      for (let b = 0; b < actions; b += 1) {
        into[b] = Math.max(0, Math.min(1, dot(coefficients[b]!, context)));
      }
    },

    /** Recursive least squares. */
    learn(context, action, reward) {
      const inverse = inverses[action]!;
      const own = coefficients[action]!;
      const gain = new Float64Array(features);
      for (let i = 0; i < features; i += 1) {
        for (let j = 0; j < features; j += 1) gain[i]! += inverse[i * features + j]! * context[j]!;
      }
      const scale = 1 / (1 + dot(gain, context));
      const error = reward - dot(own, context);
      for (let i = 0; i < features; i += 1) {
        own[i]! += gain[i]! * scale * error;
        for (let j = 0; j < features; j += 1) {
          inverse[i * features + j]! -= gain[i]! * gain[j]! * scale;
        }
      }
    },
  };
}
