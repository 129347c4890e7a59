/** A limit on how long an answer is waited for; whoever gives it may still be at work. */

/** @throws Error when `patienceMs` have passed without a result */
export function within<Result>(patienceMs: number, result: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`no answer within ${patienceMs / 1_000} s`)),
      patienceMs,
    );
    timer.unref();
    result.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
