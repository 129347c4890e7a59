/** What the clocks on the wall show at an instant, where the institution is. */

/** Local time minus UTC at an instant, both in ms. */
export type ZoneOffset = (time: number) => number;

/** A zone without summer time. */
export function fixedOffset(offsetMs: number): ZoneOffset {
  return () => offsetMs;
}

/**
 * @param timeZone IANA name, `Europe/Berlin`
 * @throws RangeError when there is no such zone
 *
 * @example
 * zoneOffset('Europe/Berlin')(Date.UTC(2026, 6, 1)); // 7_200_000
 */
export function zoneOffset(timeZone: string): ZoneOffset {
  const format = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, hourCycle: 'h23' },
    ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  });
  return (time) => {
    const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type, value]));
    const part = (name: Intl.DateTimeFormatPartTypes) => Number(parts.get(name));
    const local = Date.UTC(
      ...([part('year'), part('month') - 1, part('day')] as [number, number, number]),
      ...[part('hour'), part('minute'), part('second')],
    );
    return local - Math.floor(time / 1_000) * 1_000;
  };
}

export interface LocalTime {
  /** `2026-03-29` */
  readonly day: string;
  /** 1 is Monday. */
  readonly weekday: number;
  /** Since midnight as the clocks show it, not as time passed. */
  readonly minute: number;
}

export function localTime(time: number, offset: ZoneOffset): LocalTime {
  const shown = new Date(time + offset(time));
  return {
    day: shown.toISOString().slice(0, 10),
    weekday: ((shown.getUTCDay() + 6) % 7) + 1,
    minute: 60 * shown.getUTCHours() + shown.getUTCMinutes(),
  };
}
