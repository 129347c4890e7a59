/**
 * What was read of days that are over, so that it is not read again for each who asks: a month costs what its newest day does.
 *
 * In memory alone, and of each process its own. A day that is over may change in one case, when a partition that was silent takes
 * events of that time after all: so nothing is given that was read longer than six hours ago.
 */

const dayMs = 86_400_000;
const keptMs = 6 * 3_600_000;
/** Numbers that are kept in all: about 100 MB. */
const sizeMax = 8_000_000;
/** Newest days of which the beginning is kept. */
const begunMax = 2_000;

/** Half-open, whole days, ms since 1970. */
export interface Days {
  readonly from: number;
  readonly to: number;
}

export interface KeptDays {
  /**
   * @param of     what is read, with all that it depends on
   * @param overTo days that end by then are over, ms since 1970
   * @param ask    reads all days of a range, by the start of each; a day without rows may be absent
   * @param sizeOf numbers of a day, about
   * @returns what there is of each day
   */
  read<Value>(
    of: string,
    days: Days,
    overTo: number,
    ask: (days: Days) => Promise<ReadonlyMap<number, Value>>,
    sizeOf: (value: Value) => number,
  ): Promise<ReadonlyMap<number, Value>>;
  /** Of the newest day of `of`, as {@link begin} was told. */
  begun<Value>(of: string, day: number): Begun<Value> | undefined;
  begin<Value>(of: string, day: number, begun: Begun<Value>): void;
}

/** What of a day that is not over stays as it is. */
export interface Begun<Value> {
  /** From when on the rest of the day is to be read, ms since 1970. */
  readonly from: number;
  /** Units before then are complete. */
  readonly unitsTo: number;
  readonly value: Value;
}

interface Day {
  /** undefined: there are no rows of it. */
  readonly value: unknown;
  readonly readAt: number;
  readonly size: number;
}

/** @param clock ms */
export function keepDays(clock: () => number = Date.now, most = sizeMax): KeptDays {
  /** What was asked for last comes last. */
  const kept = new Map<string, Map<number, Day>>();
  const newest = new Map<string, { day: number; readAt: number; begun: Begun<unknown> }>();
  let size = 0;

  function drop(of: string): void {
    for (const day of kept.get(of)?.values() ?? []) size -= day.size;
    kept.delete(of);
    newest.delete(of);
  }

  function keep(of: string, start: number, day: Day): void {
    const days = kept.get(of) ?? new Map<number, Day>();
    kept.set(of, days);
    size += day.size - (days.get(start)?.size ?? 0);
    days.set(start, day);
  }

  function dropOldest(except: string): void {
    for (const of of kept.keys()) {
      if (size <= most) return;
      if (of !== except) drop(of);
    }
    if (size > most) drop(except);
  }

  return {
    async read<Value>(
      of: string,
      { from, to }: Days,
      overTo: number,
      ask: (days: Days) => Promise<ReadonlyMap<number, Value>>,
      sizeOf: (value: Value) => number,
    ) {
      const days = kept.get(of);
      if (days !== undefined) {
        kept.delete(of);
        kept.set(of, days);
      }
      const now = clock();
      const found = new Map<number, Value>();
      let [first, last] = [Infinity, -Infinity];
      for (let start = from; start < to; start += dayMs) {
        const day = days?.get(start);
        if (day === undefined || now - day.readAt >= keptMs) {
          first = Math.min(first, start);
          last = start;
        } else if (day.value !== undefined) found.set(start, day.value as Value);
      }
      if (first > last) return found;
      const asked = await ask({ from: first, to: last + dayMs });
      for (let start = first; start <= last; start += dayMs) {
        const value = asked.get(start);
        if (value === undefined) found.delete(start);
        else found.set(start, value);
        if (start + dayMs > overTo) continue;
        keep(of, start, { value, readAt: now, size: value === undefined ? 1 : 1 + sizeOf(value) });
      }
      dropOldest(of);
      return found;
    },
    begun<Value>(of: string, day: number) {
      const known = newest.get(of);
      if (known === undefined || known.day !== day) return undefined;
      return clock() - known.readAt < keptMs ? (known.begun as Begun<Value>) : undefined;
    },
    begin(of, day, begun) {
      if (most === 0 || (!newest.has(of) && newest.size >= begunMax)) return;
      const now = clock();
      const known = newest.get(of);
      const isLonger = known?.day === day && now - known.readAt < keptMs;
      newest.set(of, { day, readAt: isLonger ? known.readAt : now, begun });
    },
  };
}
