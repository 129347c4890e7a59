/**
 * False discoveries in tests that come in batches for years: levels by which, of the discoveries of lately, at most `alpha` are
 * false.
 *
 * The past fades: a batch ago counts d = 1 − 1 / memory of what it counted. With S the faded sum of the levels that were given and
 * R that of the discoveries, each batch is given a part of what is left of alpha max(R, 1) − S, divided over its tests. So
 * S ≤ alpha max(R, 1) always, and where each level bounds the chance of a false discovery,
 *
 *     E[faded false discoveries] ≤ alpha E[max(faded discoveries, 1)]                                              (mem-mFDR)
 *
 * - Levels of a batch are set before its p-values are seen, and expectations add up: tests of one batch may depend in any way.
 * - Levels follow from discoveries at least `lag` batches old alone: p-values that share data with younger ones stay valid.
 * - One discovery raises no level. So where there is nothing to find, levels do not depend on the data before a second discovery
 *   counts, and the faded number of false ones that is expected until then is at most alpha under any dependence.
 *
 * Source: Ramdas, Yang, Wainwright & Jordan 2017, "Online control of the false discovery rate with decaying memory" (mem-FDR and
 * the bound S ≤ alpha max(R, 1)); Zrnic, Ramdas & Jordan 2021, "Asynchronous online testing of multiple hypotheses" (local
 * dependence by a lag, mFDR). How the bound is spent, `share` of what is left in each batch, is ours.
 */

export interface MemoryFalseDiscoveryState {
  /** The newest, integer; null before the first. */
  batch: number | null;
  /** S: faded levels of the batches before. */
  spentBefore: number;
  /** Levels that were given in this batch, and what it may give. */
  spent: number;
  budget: number;
  /** R: faded discoveries that are old enough to count. */
  counted: number;
  /** Batches of the younger ones. */
  recent: number[];
  /** Tests of this batch, and what the batches before let expect. */
  tests: number;
  expected: number;
}

export interface MemoryFalseDiscoveryOptions {
  /** Share of false discoveries, in (0, 1). */
  readonly alpha: number;
  /** Batches after which what was has faded to 1 / e, > 1. */
  readonly memory: number;
  /** Batches until a discovery counts, integer ≥ 1. */
  readonly lag: number;
  /** Part of what is left that a batch is given, in (0, 1]. */
  readonly share?: number;
}

/** A batch is planned for so many tests more than it is known to have: some come later in it. */
const reserve = 1.25;
/** What is expected of a batch falls so fast when there are fewer tests. */
const forgetting = 0.9;

/**
 * @throws RangeError when an option is outside its range
 *
 * @example
 * const rule = memoryFalseDiscovery({ alpha: 0.05, memory: 90, lag: 14 });
 * const state = rule.initial();
 * rule.open(state, 0);
 * const level = rule.level(state, 4); // 0.05 · 0.1 / (1.25 · 4) = 0.001
 * rule.spend(state, level, 4);
 */
export function memoryFalseDiscovery({
  alpha,
  memory,
  lag,
  share = 0.1,
}: MemoryFalseDiscoveryOptions) {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha: expected in (0, 1), got ${alpha}`);
  if (!(memory > 1)) throw new RangeError(`memory: expected > 1, got ${memory}`);
  if (!(Number.isInteger(lag) && lag >= 1)) {
    throw new RangeError(`lag: expected an integer ≥ 1, got ${lag}`);
  }
  if (!(share > 0 && share <= 1)) throw new RangeError(`share: expected in (0, 1], got ${share}`);
  const decay = 1 - 1 / memory;
  return {
    initial: (): MemoryFalseDiscoveryState => ({
      ...{ batch: null, spentBefore: 0, spent: 0, budget: 0, counted: 0 },
      ...{ recent: [], tests: 0, expected: 0 },
    }),

    /** Goes on to a batch; to one that has been nothing happens. @param batch integer */
    open(state: MemoryFalseDiscoveryState, batch: number): void {
      if (!Number.isInteger(batch)) {
        throw new RangeError(`batch: expected an integer, got ${batch}`);
      }
      if (state.batch !== null && batch <= state.batch) return;
      const passed = state.batch === null ? 0 : batch - state.batch;
      const faded = decay ** passed;
      state.spentBefore = (state.spentBefore + state.spent) * faded;
      state.counted *= faded;
      for (const at of state.recent) {
        if (batch - at >= lag) state.counted += decay ** (batch - at);
      }
      state.recent = state.recent.filter((at) => batch - at < lag);
      state.batch = batch;
      state.budget = share * Math.max(0, alpha * Math.max(state.counted, 1) - state.spentBefore);
      state.expected = Math.max(state.tests, state.expected * forgetting);
      state.tests = 0;
      state.spent = 0;
    },

    /**
     * The level of each of the next tests of this batch: its p-value may be at most as large.
     *
     * @param count how many are asked together, integer ≥ 1
     */
    level({ budget, spent, tests, expected }: MemoryFalseDiscoveryState, count: number): number {
      return Math.max(0, budget - spent) / (reserve * Math.max(count, expected - tests));
    },

    /** So many tests were made at that level. */
    spend(state: MemoryFalseDiscoveryState, level: number, count: number): void {
      state.spent += level * count;
      state.tests += count;
    },

    /** Something was found in this batch. */
    discover(state: MemoryFalseDiscoveryState): void {
      if (state.batch === null) throw new RangeError('batch: expected one to be open, got none');
      state.recent.push(state.batch);
    },
  };
}
