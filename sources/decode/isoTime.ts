/**
 * Date-times by bytes: `2026-03-01T08:30:00Z`, with or without a fraction of the second, in UTC or with an offset.
 *
 * Takes exactly what `z.iso.datetime({ offset: true })` takes from the year 2000 on, and reads it as `Date.parse` does:
 * the fraction cut to milliseconds.
 *
 * Source: Hinnant, "chrono-compatible low-level date algorithms" (days from civil).
 */
const daysOfMonth = Int32Array.of(0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31);
/** Days from 0000-03-01 to 1970-01-01. */
const epochDays = 719_468;

/**
 * Reads the text behind the opening quote at `at − 1` into `target[index]`, ms since 1970.
 *
 * @returns position behind the closing quote; −1 for anything else, which may still be a time
 */
export function readIsoTime(
  bytes: Uint8Array,
  at: number,
  end: number,
  target: Float64Array,
  index: number,
): number {
  if (at + 21 > end) return -1;
  if (bytes[at + 4] !== 0x2d || bytes[at + 7] !== 0x2d || bytes[at + 10] !== 0x54) return -1;
  if (bytes[at + 13] !== 0x3a || bytes[at + 16] !== 0x3a) return -1;
  const century = twoDigits(bytes, at);
  const year = century * 100 + twoDigits(bytes, at + 2);
  const month = twoDigits(bytes, at + 5);
  const day = twoDigits(bytes, at + 8);
  const hour = twoDigits(bytes, at + 11);
  const minute = twoDigits(bytes, at + 14);
  const second = twoDigits(bytes, at + 17);
  if (year < 2000 || year > 9999 || month < 1 || month > 12 || day < 1) return -1;
  if (hour > 23 || minute > 59 || second > 59) return -1;
  if (day > daysOfMonth[month]! && !(month === 2 && day === 29 && isLeap(year))) return -1;
  let next = at + 19;
  let milliseconds = 0;
  if (bytes[next] === 0x2e) {
    next += 1;
    const fraction = next;
    let unit = 100;
    for (; next < end; next += 1) {
      const digit = bytes[next]! - 48;
      if (digit >>> 0 > 9) break;
      milliseconds += unit * digit;
      unit = unit === 100 ? 10 : unit === 10 ? 1 : 0;
    }
    if (next === fraction) return -1;
  }
  let offsetMinutes = 0;
  const zone = bytes[next];
  if (zone === 0x5a) {
    next += 1;
  } else if (zone === 0x2b || zone === 0x2d) {
    if (next + 7 > end || bytes[next + 3] !== 0x3a) return -1;
    const hours = twoDigits(bytes, next + 1);
    const minutes = twoDigits(bytes, next + 4);
    if (hours > 23 || minutes > 59) return -1;
    offsetMinutes = hours * 60 + minutes;
    if (zone === 0x2d) offsetMinutes = -offsetMinutes;
    next += 6;
  } else {
    return -1;
  }
  if (next >= end || bytes[next] !== 0x22) return -1;
  const minutes = daysSince1970(year, month, day) * 1440 + hour * 60 + minute - offsetMinutes;
  target[index] = minutes * 60_000 + second * 1000 + milliseconds;
  return next + 1;
}

/** 0 … 99; 1,000,000 when there is no digit, so that every range check fails. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - 48;
  const ones = bytes[at + 1]! - 48;
  return tens >>> 0 > 9 || ones >>> 0 > 9 ? 1_000_000 : tens * 10 + ones;
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function daysSince1970(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = (marchYear / 400) | 0;
  const yearOfEra = marchYear - era * 400;
  const marchMonth = month > 2 ? month - 3 : month + 9;
  const dayOfYear = (((153 * marchMonth + 2) / 5) | 0) + day - 1;
  const leaps = ((yearOfEra / 4) | 0) - ((yearOfEra / 100) | 0);
  return era * 146_097 + yearOfEra * 365 + leaps + dayOfYear - epochDays;
}
