/**
 * What each action is expected to earn, for doubly robust estimates: a linear reward over the context, learnt beside the replay
 * from the past alone.
 *
 * How good it is decides how narrow the estimates are, not whether they are right. It learns what the logging policy looks at,
 * each action for itself; where requests bring their actions, by their traits.
 */
import type { Policy } from '../../contracts/policy.ts';
import { encodeSituation, preparePolicy, traitsWith } from '../decisions/preparedPolicy.ts';
import type { ScoreModel } from '../rewards/scoreModel.ts';
import { createScores } from '../rewards/scores.ts';
import type { LoggedChoice } from './loggedChoice.ts';
import { solveSchedule } from './solveSchedule.ts';

export interface RewardPredictor {
  /** In [0, 1], of each action that was offered, in that order, and last for any other. */
  predict(choice: LoggedChoice): Float64Array;
  /** @param reward in [0, 1] */
  learn(choice: LoggedChoice, reward: number): void;
}

/** @param policy whose features are looked at */
export function rewardPredictor(policy: Policy): RewardPredictor {
  const lenient = ({ bias, features }: Policy['context']) => ({
    bias,
    features: features.map((feature) =>
      feature.missing === 'refuse' ? { ...feature, missing: 'zero' as const } : feature,
    ),
  });
  const prepared = preparePolicy(
    {
      ...policy,
      context: lenient(policy.context),
      traits: lenient(policy.traits),
      algorithm: {
        name: 'epsilon-greedy',
        parameters: {},
        learner: { name: policy.open ? 'linear-shared' : 'linear-disjoint', parameters: {} },
      },
    },
    1,
  );
  const { context } = prepared;
  const learner = prepared.learner!;
  const isShared = learner.rows === 'policy';
  const rows = new Map<string, Float64Array>();
  const schedule = solveSchedule();
  /** Place in the solved model. */
  let places = new Map<string, number>();
  let model: ScoreModel | undefined;
  let scores = createScores(1);
  let sum = 0;

  function vectorsOf({ attributes, offered }: LoggedChoice, action: string): Float64Array {
    const each = offered.find((one) => one.action === action);
    const own = policy.actions.find(({ key }) => key === action);
    const traits = traitsWith(each?.traits ?? own?.traits ?? {}, each?.preference);
    return encodeSituation(prepared, { attributes, traits });
  }

  function solve(time: number): void {
    if (!schedule.isDue(time)) return;
    const keys = [...rows.keys()];
    places = new Map(keys.map((key, i) => [key, i]));
    model = learner.model(
      keys.map((key) => ({ values: rows.get(key)!, at: 0 })),
      time,
    );
  }

  return {
    predict(choice) {
      const { offered, time } = choice;
      const usual = schedule.count > 0 ? sum / schedule.count : 0.5;
      const predictions = new Float64Array(offered.length + 1).fill(usual);
      solve(time);
      if (model === undefined) return predictions;
      const interactions = isShared
        ? offered.map(({ action }) => vectorsOf(choice, action).subarray(context.size))
        : [];
      const count = isShared ? offered.length : places.size;
      if (scores.actions !== count) scores = createScores(count);
      const own = isShared ? new Float64Array(context.size) : vectorsOf(choice, '');
      model.score({ context: own.subarray(0, context.size), interactions }, scores);
      offered.forEach(({ action }, i) => {
        const place = isShared ? i : places.get(action);
        if (place === undefined) return;
        predictions[i] = Math.max(0, Math.min(1, scores.rewards[place]!));
      });
      return predictions;
    },

    learn(choice, reward) {
      const key = isShared ? '' : choice.action;
      let values = rows.get(key);
      if (values === undefined) {
        values = new Float64Array(learner.width);
        rows.set(key, values);
      }
      const vectors = vectorsOf(choice, choice.action);
      const own = vectors.subarray(0, context.size);
      learner.learn(values, 0, own, vectors.subarray(context.size), reward, 1, choice.time);
      schedule.learnt();
      sum += reward;
    },
  };
}
