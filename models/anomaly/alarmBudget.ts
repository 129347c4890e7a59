/**
 * The probability at which a judgement may alarm, so that a week in which nothing happens has no more alarms than a budget: budget /
 * judgements a week, which are counted; less where probabilities turn out to be too small.
 *
 * Whether they do is seen at a looser level, of which a week has some fifty: when a level a is reached at a rate r > a, probabilities
 * are taken to the power ln r / ln a (1 at most), which is how a tail that was fitted too light goes wrong. Five judgements that kept
 * the level are added to those seen.
 *
 * Judgements of a week are those of the last seven days, as many as on those of them that had any, so that an outage does not make
 * the level loose; in the first week what has come is extrapolated, by the mean and by the busiest day, so that a quiet beginning
 * does not either.
 */
const dayMs = 86_400_000;
/** Whole days that are remembered, and the running one. */
const slots = 8;

export interface AlarmBudgetState {
  /** Judgements by day: day d at d modulo 8. */
  days: Float64Array;
  /** The running day, days since 1970; NaN before the first. */
  day: number;
  /** Time of the first judgement, ms. */
  sinceMs: number;
  /** Time of the last one. */
  nowMs: number;
  /** Judgements at the looser level: how many were to be expected, and how many there were; both fade. */
  due: number;
  seen: number;
}

/** The looser level: so many budgets, but not beyond what a tail is. */
const looser = 100;
const looserMax = 0.02;
/** Expected judgements after which half of them are forgotten. */
const dueMax = 200;
/** Judgements by which it is believed at first that the level is kept. */
const prior = 5;

export const alarmBudget = {
  initial: (): AlarmBudgetState => ({
    days: new Float64Array(slots),
    day: NaN,
    sinceMs: NaN,
    nowMs: NaN,
    due: 0,
    seen: 0,
  }),

  /**
   * Counts a judgement. Times that go back count in the running day; after a jump ahead nothing is remembered of what was passed over.
   *
   * @param timeMs event time, ms since 1970, ≥ 0 and finite
   */
  count(state: AlarmBudgetState, timeMs: number): void {
    const day = Math.floor(timeMs / dayMs);
    if (Number.isNaN(state.day)) {
      state.day = day;
      state.sinceMs = timeMs;
      state.nowMs = timeMs;
    }
    // Nothing is left of what was before: it begins anew.
    if (day - state.day >= slots) state.sinceMs = timeMs;
    for (let passed = Math.max(state.day + 1, day - slots + 1); passed <= day; passed += 1) {
      state.days[passed % slots] = 0;
    }
    state.day = Math.max(state.day, day);
    state.nowMs = Math.max(state.nowMs, timeMs);
    state.days[state.day % slots]! += 1;
  },

  /** Judgements that a week is expected to have; at least 1. */
  perWeek({ days, day, sinceMs, nowMs }: AlarmBudgetState): number {
    if (Number.isNaN(day)) return 1;
    const all = days.reduce((sum, each) => sum + each, 0);
    const running = days[day % slots]!;
    const oldest = days[(day + 1) % slots]!;
    const elapsed = (nowMs - sinceMs) / dayMs;
    if (elapsed >= slots) {
      const active = days.filter((count, i) => count > 0 && i !== day % slots).length;
      return Math.max(1, all - oldest, (7 * (all - running)) / Math.max(1, active));
    }
    const busiest = days.reduce((most, each) => Math.max(most, each), 0);
    // Less than half a day does not tell of whole ones.
    return Math.max(1, (7 * all) / Math.max(0.5, elapsed), 7 * busiest);
  },

  /** Whether a judgement that was counted alarms. @param pValue in [0, 1] @param budget alarms a week, > 0 */
  alarms(state: AlarmBudgetState, pValue: number, budget: number): boolean {
    const level = Math.min(1, budget / alarmBudget.perWeek(state));
    const loose = Math.min(looserMax, looser * level);
    const rate = (loose * (state.seen + prior)) / (state.due + prior);
    const power = Math.min(1, Math.log(rate) / Math.log(loose));
    state.due += loose;
    if (pValue <= loose) state.seen += 1;
    if (state.due > dueMax) {
      state.due /= 2;
      state.seen /= 2;
    }
    // Where most are beyond the level nothing can be told by it.
    return power > 0 && pValue <= level ** (1 / power);
  },
};
