/**
 * A clock that goes with the events that are played, for a whole process: what asks the machine for the time of day gets that of the
 * campus, in the main thread and in the workers of the data plane.
 *
 * Rules judge by the day of the clock what has no event time: refused events, commits, releases. A month is played within minutes.
 */
export interface SharedClock {
  readonly memory: SharedArrayBuffer;
  readonly now: () => number;
  /** From now on it is `to`, and goes on as the machine's does; never back. */
  advance(to: number): void;
  /** Workers stand still at their next step of a commit, or go on. */
  hold(isHeld: boolean): void;
  /** Blocks the thread while workers are held. */
  waitWhileHeld(): void;
}

const machineNow = Date.now;

/** @param memory of another thread's clock, to be the same */
export function openSharedClock(memory = new SharedArrayBuffer(24)): SharedClock {
  /** Time of the campus, and that of the machine then. */
  const times = new Float64Array(memory, 0, 2);
  const held = new Int32Array(memory, 16, 1);
  let latest = 0;
  return {
    memory,
    now() {
      const passed = Math.max(0, machineNow() - times[1]!);
      latest = Math.max(latest, Math.floor(times[0]! + passed));
      return latest;
    },
    advance(to) {
      times[1] = machineNow();
      times[0] = to;
    },
    hold(isHeld) {
      Atomics.store(held, 0, isHeld ? 1 : 0);
      Atomics.notify(held, 0);
    },
    waitWhileHeld() {
      while (Atomics.load(held, 0) === 1) Atomics.wait(held, 0, 1);
    },
  };
}

/** The thread's `Date.now` until it is given back. */
export function takeTime(clock: SharedClock): () => void {
  Date.now = clock.now;
  return () => {
    Date.now = machineNow;
  };
}
