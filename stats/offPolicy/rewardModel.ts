/**
 * The model of rewards that doubly robust estimators lean on, given by the caller; and predictions from the past alone.
 *
 * A prediction must not have seen the reward that it is compared with: that, not its quality, is what keeps the estimate
 * unbiased. Decisions are taken in blocks, in the order of time; all of a block are predicted before any of it is learnt.
 */
export interface RewardModel<Context> {
  /** Writes q̂(context, b), the expected reward of each action, into `into`. */
  predict(context: Context, into: Float64Array): void;
  learn(context: Context, action: number, reward: number): void;
}

export interface BlockwisePredictor<Context> {
  /**
   * Takes a decision: predictions of its block's beginning, one for each action, in a new array.
   *
   * Its reward is learnt when the block is full.
   */
  take(context: Context, action: number, reward: number): Float64Array;
}

/**
 * @param model     begins as it is: what it knows must come from before the first decision
 * @param actions   how many there are
 * @param blockSize decisions to a block; 1 learns each reward at once
 * @throws RangeError when actions or blockSize is not an integer above 0
 */
export function blockwisePredictor<Context>(
  model: RewardModel<Context>,
  actions: number,
  blockSize: number,
): BlockwisePredictor<Context> {
  for (const [name, size] of Object.entries({ actions, blockSize })) {
    if (!(Number.isSafeInteger(size) && size > 0)) {
      throw new RangeError(`${name}: expected an integer above 0, got ${size}`);
    }
  }
  let block: { context: Context; action: number; reward: number }[] = [];
  return {
    take(context, action, reward) {
      const predictions = new Float64Array(actions);
      model.predict(context, predictions);
      block.push({ context, action, reward });
      if (block.length === blockSize) {
        for (const past of block) model.learn(past.context, past.action, past.reward);
        block = [];
      }
      return predictions;
    },
  };
}
