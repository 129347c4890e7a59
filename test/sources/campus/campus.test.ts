import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Campus, type CampusRecord, createCampus } from '../../../sources/campus/campus.ts';
import { judge } from './support/judge.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** A Monday. */
const start = Date.UTC(2026, 2, 2);

function textsOf(records: Iterable<CampusRecord>): string[] {
  return Array.from(records, ({ arrivalTime, bytes }) => {
    return `${arrivalTime} ${Buffer.from(bytes).toString('latin1')}`;
  });
}

function inBlocks(campus: Campus, from: number, cuts: readonly number[], size: number): string[] {
  const stream = campus.open(from);
  const texts: string[] = [];
  for (const until of cuts) {
    for (;;) {
      const { length, bytes, ends } = stream.advance(until, size);
      for (let i = 0; i < length; i += 1) {
        texts.push(Buffer.from(bytes.subarray(ends[i - 1] ?? 0, ends[i])).toString('latin1'));
      }
      if (length < size) break;
    }
  }
  return texts;
}

describe('the campus', () => {
  test('is the same for the same seed and another for another', () => {
    const make = (seed: number) => createCampus({ seed, start, students: 60 });
    const first = textsOf(make(1).events(start, start + 2 * day));
    expect(textsOf(make(1).events(start, start + 2 * day))).toEqual(first);
    expect(first.length).toBeGreaterThan(3_000);
    expect(textsOf(make(2).events(start, start + 2 * day))).not.toEqual(first);
  });

  test('comes in order of arrival, within the range asked for', () => {
    const campus = createCampus({ seed: 3, start, students: 80 });
    const from = start + day + hour;
    let before = from;
    for (const { arrivalTime } of campus.events(from, from + day)) {
      if (arrivalTime < before || arrivalTime >= from + day) throw new Error(`${arrivalTime}`);
      before = arrivalTime;
    }
    expect(before).toBeGreaterThan(from + 12 * hour);
  });

  test('does not depend on how the range is cut, nor on where reading begins', () => {
    const campus = createCampus({ seed: 4, start, students: 40 });
    const end = start + 2.5 * day;
    const whole = textsOf(campus.events(start, end));
    const moments = fc.array(fc.integer({ min: 0, max: 2.5 * day }), { maxLength: 5 });
    fc.assert(
      fc.property(moments, fc.integer({ min: 1, max: 900 }), (cuts, size) => {
        const sorted = [...cuts.sort((a, b) => a - b).map((cut) => start + cut), end];
        const pieces = sorted.flatMap((to, i) =>
          textsOf(campus.events(sorted[i - 1] ?? start, to)),
        );
        expect(pieces).toEqual(whole);
        const from = sorted[0]!;
        const rest = whole.filter((text) => Number.parseInt(text, 10) >= from);
        expect(inBlocks(campus, from, sorted, size)).toEqual(
          rest.map((text) => text.slice(text.indexOf(' ') + 1)),
        );
      }),
      { numRuns: 8, seed: 5 },
    );
  });

  test('lets a student do the same however many others there are', () => {
    const of = (students: number) =>
      textsOf(createCampus({ seed: 6, start, students }).events(start, start + 2 * day)).filter(
        (text) => /-0000[0-2]\d"/.test(text),
      );
    const few = of(30);
    expect(few.length).toBeGreaterThan(1_000);
    expect(of(300)).toEqual(few);
  });

  test('sends good events that pass the contract and malformed ones that are refused as planted', () => {
    const campus = createCampus({ seed: 7, start, students: 220 });
    const codes = new Map(campus.truth.defects.map(({ name, code }) => [name, code]));
    const seen = new Set<string>();
    const wrong: string[] = [];
    for (const record of campus.events(start, start + 3 * day)) {
      const judged = judge(record.bytes, record.arrivalTime);
      if (record.defect !== undefined) seen.add(record.defect);
      const right =
        record.defect !== undefined
          ? judged === codes.get(record.defect)
          : typeof judged !== 'string' &&
            judged.time === record.eventTime &&
            judged.type === record.type &&
            record.eventTime < record.arrivalTime &&
            record.eventTime >= start;
      // Lines must stay lines: whoever sends records as NDJSON relies on it.
      if (!right || record.bytes.includes(10)) wrong.push(`${record.defect} ${String(judged)}`);
    }
    expect(wrong).toEqual([]);
    expect([...seen].sort()).toEqual([...codes.keys()].sort());
  });

  test('gives every event an id of its own and every duplicate the bytes of its first', () => {
    const campus = createCampus({ seed: 8, start, students: 300 });
    const firsts = new Map<string, string>();
    let duplicates = 0;
    for (const { bytes, kind } of campus.events(start, start + 2 * day)) {
      if (kind === 'malformed') continue;
      const text = Buffer.from(bytes).toString();
      const id = /"id":"([^"]+)"/.exec(text)![1]!;
      if (kind === 'duplicate') {
        expect(firsts.get(id)).toBe(text);
        duplicates += 1;
      } else {
        if (firsts.has(id)) throw new Error(`twice: ${id}`);
        firsts.set(id, text);
      }
    }
    expect(duplicates).toBeGreaterThan(20);
  });

  test('meets the intensity asked for over a week', () => {
    const campus = createCampus({
      seed: 9,
      start,
      students: 1_500,
      intensity: 0.25,
      plan: { bursts: [], outages: [], bots: [], holidays: [] },
    });
    let records = 0;
    // Begun a week late, when all have joined the experiments.
    for (const _ of campus.events(start + 7 * day, start + 14 * day)) records += 1;
    expect(Math.abs(records / (7 * 86_400) / 0.25 - 1)).toBeLessThan(0.05);
    expect(campus.truth.recordsPerSecond).toBeCloseTo(0.25, 10);
  });

  test('keeps students busy in few sessions at once, however high the intensity', () => {
    const campus = createCampus({
      seed: 10,
      start: start + 10 * hour,
      students: 20,
      intensity: 1_000,
    });
    const sessions = new Map<string, number>();
    let records = 0;
    for (const { bytes } of campus.events(campus.start, campus.start + 30_000)) {
      records += 1;
      const session = /"session":"([^"]+)"/.exec(String(bytes))?.[1] ?? '';
      sessions.set(session, (sessions.get(session) ?? 0) + 1);
    }
    expect(records).toBeGreaterThan(20_000);
    // Sessions have about 20 records; were they played at leisure, there would be one or two of each here.
    expect(records / sessions.size).toBeGreaterThan(10);
  });

  test('refuses options out of range', () => {
    const make = (options: object) => () => createCampus({ seed: 1, start, ...options });
    expect(make({ students: 0 })).toThrow('students: expected an integer in [1, 1000000], got 0');
    expect(make({ items: 39 })).toThrow('items: expected');
    expect(make({ intensity: Number.NaN })).toThrow('intensity: expected > 0, got NaN');
    expect(make({ seed: 0.5 })).toThrow('seed: expected');
    expect(make({ plan: { bursts: [{ fromMs: 0, toMs: 1, factor: 17 }] } })).toThrow('factor');
    const stream = createCampus({ seed: 1, start, students: 1 }).open();
    expect(() => stream.advance(start, 0)).toThrow('lengthMax: expected > 0, got 0');
  });
});
