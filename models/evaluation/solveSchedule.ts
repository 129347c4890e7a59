/**
 * When a learner that is replayed is solved again: at once while little was learnt, later when a hundredth has been added, so
 * that a log of a million rewards is solved about a thousand times.
 *
 * It depends on the past alone, as it must: a decision's probabilities are those of what was learnt before it.
 */
export interface SolveSchedule {
  /** Counts one more reward. */
  learnt(): void;
  /** Whether what was solved last is too old; the caller then solves. @param time ms since 1970 */
  isDue(time: number): boolean;
  /** Rewards learnt. */
  readonly count: number;
}

const growth = 0.01;
/** Of a half-life, after which what was learnt has faded noticeably. */
const fading = 1 / 20;

/** @param halfLifeMs in which a reward's weight halves; Infinity: never */
export function solveSchedule(halfLifeMs = Infinity): SolveSchedule {
  let count = 0;
  let solvedAt = -Infinity;
  let solvedCount = 0;
  return {
    get count() {
      return count;
    },
    learnt() {
      count += 1;
    },
    isDue(time) {
      if (count === 0) return false;
      const hasGrown = count - solvedCount > growth * solvedCount;
      const hasFaded = time - solvedAt > halfLifeMs * fading;
      if (!hasGrown && !hasFaded) return false;
      solvedAt = time;
      solvedCount = count;
      return true;
    },
  };
}
