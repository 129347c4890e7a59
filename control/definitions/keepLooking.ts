/** Looks for what others have written, again and again, and lets one write or one look happen at a time. */

export interface LookingOptions {
  look(): Promise<void>;
  readonly everyMs: number;
  /** Told how each look by the clock went; undefined: well. */
  readonly onLooked: (error: unknown) => void;
}

export interface Looking {
  /** Runs the task when those before it have ended. */
  alone<Result>(task: () => Promise<Result>): Promise<Result>;
  /** Waits for what is under way. */
  close(): Promise<void>;
}

export function keepLooking({ look, everyMs, onLooked }: LookingOptions): Looking {
  let turn: Promise<unknown> = Promise.resolve();
  let isLooking = false;
  let isClosed = false;
  const alone = <Result>(task: () => Promise<Result>): Promise<Result> => {
    const result = turn.then(task);
    turn = result.catch(() => undefined);
    return result;
  };
  const lookAgain = async () => {
    if (isLooking) return;
    isLooking = true;
    const error = await alone(look).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    isLooking = false;
    if (!isClosed) onLooked(error);
  };
  const timer = setInterval(() => void lookAgain(), everyMs);
  timer.unref();
  return {
    alone,
    async close() {
      isClosed = true;
      clearInterval(timer);
      await turn;
    },
  };
}
