/**
 * An instant as ISO 8601 text with 0, 3, 6 or 9 digits behind the second, as many as it needs: the form that Protobuf's JSON
 * has for a timestamp.
 *
 * @param seconds since 1970, whole, from the year 1 to 9999
 * @param nanos   0 to 999,999,999
 * @param zone    what follows: `Z`, or nothing for the time of some place
 * @throws RangeError when there is no such year
 *
 * @example
 * instantText(1_772_353_800, 250_000_000); // '2026-03-01T08:30:00.250Z'
 */
export function instantText(seconds: number, nanos: number, zone = 'Z'): string {
  if (seconds < firstSecond || seconds > lastSecond) {
    throw new RangeError(`seconds: expected a time of the years 1 to 9999, got ${seconds}`);
  }
  const whole = new Date(seconds * 1_000).toISOString().slice(0, 19);
  if (nanos === 0) return whole + zone;
  const digits = nanos % 1_000_000 === 0 ? 3 : nanos % 1_000 === 0 ? 6 : 9;
  return `${whole}.${String(nanos).padStart(9, '0').slice(0, digits)}${zone}`;
}

/** 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z. */
const firstSecond = -62_135_596_800;
const lastSecond = 253_402_300_799;
