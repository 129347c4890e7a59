/**
 * How what watches, trains and releases tells time, and how often it looks.
 *
 * Cool-downs, runs a day and looks at triggers go by this clock. It is that of the machine unless events of another time are played,
 * as benchmarks play weeks within minutes: then it goes with them.
 */
export interface Pace {
  /** ms since 1970; never goes back. */
  readonly clock: () => number;
  /** Longest pause between two looks of the watcher, the releaser and the retrainer, ms by the machine; undefined: as each has it. */
  readonly everyMs?: number;
}

export const machinePace: Pace = { clock: Date.now };
