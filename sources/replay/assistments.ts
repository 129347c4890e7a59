/**
 * Answers of the ASSISTments 2017 data-mining competition: `student,step,problem,skill,correct`, in
 * order per student.
 *
 * The file has no clock. The time of an event is synthetic: the start time and one second for each
 * row before it.
 */
import { lineError, type ReplayFormat } from './replayFormat.ts';

const header = 'student,step,problem,skill,correct';
const columns = header.split(',');
const dayMs = 86_400_000;
/** Longest number taken, digits. */
const digitsMax = 9;
/** An event is never longer, bytes. */
const eventSizeMax = 320;

const utf8 = (text: string) => new TextEncoder().encode(text);
const beforeId = utf8('{"id":"assistments-');
const beforeStep = utf8('-');
const beforeTime = utf8('","type":"answered","time":"');
const beforeUser = utf8('Z","user":"student-');
const beforeItem = utf8('","item":"problem-');
const beforeValue = utf8('","value":');
const beforeSkill = utf8(',"context":{"skill":"skill-');
const beforeContextStep = utf8('","step":');
const closing = utf8('}}');

export const assistments: ReplayFormat = {
  name: 'assistments',
  summary: `ASSISTments 2017 answers as CSV: ${header}; the clock is synthetic, 1 s per row`,
  fits: (firstLine) => firstLine === header,
  open({ startTime }) {
    const starts = new Int32Array(5);
    const ends = new Int32Array(5);
    const clock = isoClock();
    let rows = 0;
    let lines = 0;
    return {
      take(source, start, end, line, longer, target) {
        lines = line;
        if (line === 1) {
          if (longer || Buffer.from(source.subarray(start, end)).toString() !== header) {
            throw lineError(1, `the header ${header}`, source, start, end);
          }
          return;
        }
        if (longer || !split(source, start, end, starts, ends)) {
          throw lineError(line, `${columns.length} columns (${header})`, source, start, end);
        }
        for (let column = 0; column < 5; column += 1) {
          if (isWhole(source, starts[column]!, ends[column]!)) continue;
          const expected = `a whole number of at most ${digitsMax} digits as ${columns[column]}`;
          throw lineError(line, expected, source, start, end);
        }
        const correct = source[starts[4]!]!;
        if (ends[4]! - starts[4]! !== 1 || correct > 49) {
          throw lineError(line, '0 or 1 as correct', source, start, end);
        }
        const time = clock(startTime + rows * 1000);
        rows += 1;
        let at = target.reserve(eventSizeMax);
        const into = target.bytes;
        at = put(into, at, beforeId, 0, beforeId.length);
        at = put(into, at, source, starts[0]!, ends[0]!);
        at = put(into, at, beforeStep, 0, beforeStep.length);
        at = put(into, at, source, starts[1]!, ends[1]!);
        at = put(into, at, beforeTime, 0, beforeTime.length);
        at = put(into, at, time, 0, time.length);
        at = put(into, at, beforeUser, 0, beforeUser.length);
        at = put(into, at, source, starts[0]!, ends[0]!);
        at = put(into, at, beforeItem, 0, beforeItem.length);
        at = put(into, at, source, starts[2]!, ends[2]!);
        at = put(into, at, beforeValue, 0, beforeValue.length);
        at = put(into, at, source, starts[4]!, ends[4]!);
        at = put(into, at, beforeSkill, 0, beforeSkill.length);
        at = put(into, at, source, starts[3]!, ends[3]!);
        at = put(into, at, beforeContextStep, 0, beforeContextStep.length);
        at = put(into, at, source, starts[1]!, ends[1]!);
        target.size = put(into, at, closing, 0, closing.length);
        target.finish();
      },
      finish() {
        if (lines === 0) throw lineError(1, `the header ${header}`, new Uint8Array(0), 0, 0);
      },
    };
  },
};

/**
 * Copies `from[start … end)` to `into[at …]` and returns where the copy ends: for a few bytes
 * quicker than `set`.
 */
function put(into: Uint8Array, at: number, from: Uint8Array, start: number, end: number): number {
  let to = at;
  for (let i = start; i < end; i += 1, to += 1) into[to] = from[i]!;
  return to;
}

/** Finds the five columns; false when there are more or fewer. */
function split(
  source: Uint8Array,
  start: number,
  end: number,
  starts: Int32Array,
  ends: Int32Array,
): boolean {
  let column = 0;
  let from = start;
  for (let at = start; at <= end; at += 1) {
    if (at < end && source[at] !== 44) continue;
    if (column === 5) return false;
    starts[column] = from;
    ends[column] = at;
    column += 1;
    from = at + 1;
  }
  return column === 5;
}

/** Digits without a leading zero. */
function isWhole(source: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  if (length < 1 || length > digitsMax || (length > 1 && source[start] === 48)) return false;
  for (let at = start; at < end; at += 1) {
    if (source[at]! < 48 || source[at]! > 57) return false;
  }
  return true;
}

/** Writes times as `2017-01-01T00:00:00.000`, making the date anew only when the day changes. */
function isoClock(): (time: number) => Uint8Array {
  const text = new Uint8Array(23);
  let day = NaN;
  const digits = (at: number, count: number, value: number) => {
    let rest = value;
    for (let i = at + count - 1; i >= at; i -= 1) {
      text[i] = 48 + (rest % 10);
      rest = Math.floor(rest / 10);
    }
  };
  return (time) => {
    const today = Math.floor(time / dayMs);
    if (today !== day) {
      day = today;
      text.set(utf8(new Date(today * dayMs).toISOString().slice(0, 23)));
    }
    const within = time - today * dayMs;
    digits(11, 2, Math.floor(within / 3_600_000));
    digits(14, 2, Math.floor(within / 60_000) % 60);
    digits(17, 2, Math.floor(within / 1000) % 60);
    digits(20, 3, within % 1000);
    return text;
  };
}
