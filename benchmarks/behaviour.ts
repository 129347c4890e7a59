/**
 * Behaviour by key on the campus: bots found and how soon, and what is found where there is none.
 *
 * Populations of several sizes over four weeks: calm; with everything of the default plan but its bots; and with its bots, one a day. A bot
 * answers for 20 minutes, three times a second, always right. The delay runs in event time from its first answer to the event by which the
 * watermark passes the window in which it was found. What is found of another student, or at another time, is false.
 */
import { from, tap } from 'rxjs';
import type { Batch } from '../contracts/batch.ts';
import { ByteReader } from '../contracts/byteReader.ts';
import { ByteWriter } from '../contracts/byteWriter.ts';
import type { Rows } from '../contracts/rows.ts';
import { behaviour } from '../pipelines/behaviour/behaviour.ts';
import { createCampus } from '../sources/campus/campus.ts';
import { defaultPlan } from '../sources/campus/defaultPlan.ts';
import { type CampusPlan, calm } from '../sources/campus/plan.ts';
import type { Figures, Size } from './run.ts';
import { campusEvents } from './support/campusEvents.ts';
import { quantile } from './support/quantile.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 2, 2);
const windowMs = 600_000;
const columns = { strings: [], numbers: [] };
const answering = { name: 'answering', type: 'answered', by: ['user'], windowMs };

interface Found {
  readonly user: string;
  readonly windowStart: number;
  /** Event time at the end of the batch that brought it. */
  readonly at: number;
}

/** Reads back of the rows what matters here. */
function readFindings(rows: Rows, at: number): Found[] {
  const writer = new ByteWriter();
  rows.encode(writer);
  const reader = new ByteReader(writer.take());
  return Array.from({ length: rows.length }, () => {
    for (let text = 0; text < 2; text += 1) reader.skipString();
    const key = Array.from({ length: reader.varint() }, () => reader.text());
    const windowStart = reader.int64();
    reader.int64();
    reader.uint16();
    reader.int64();
    for (let figure = 0; figure < 2; figure += 1) reader.float64();
    for (let map = 0; map < 3; map += 1) {
      for (let left = reader.varint(); left > 0; left -= 1) {
        reader.skipString();
        reader.float64();
      }
    }
    return { user: key[0]!, windowStart, at };
  });
}

interface Setting {
  readonly students: number;
  readonly days: number;
  readonly seed: number;
  readonly plan: Partial<CampusPlan>;
  readonly budgetPerWeek: number;
}

function watch({ students, days, seed, plan, budgetPerWeek }: Setting): Found[] {
  const campus = createCampus({ seed, start, students, plan });
  const { events, context, play } = campusEvents({ campus, until: start + days * day, columns });
  const found: Found[] = [];
  let clock = start;
  events
    .pipe(
      tap(({ numbers, receivedAt }) => {
        for (const time of numbers.get('time')!)
          clock = Math.max(clock, Math.min(time, receivedAt));
      }),
      behaviour(context, 'learning', { ...answering, budgetPerWeek }),
    )
    .subscribe((rows) => found.push(...readFindings(rows, clock)));
  play();
  return found;
}

const nameOf = (student: number) => `student-${String(1_000_000 + student).slice(1)}`;

/** Rows a second of processor time of the operator alone. */
function speedFigures(figures: Record<string, number>, full: boolean): void {
  const campus = createCampus({ seed: 9, start, students: full ? 20_000 : 500, plan: calm });
  const { events, context, play } = campusEvents({ campus, until: start + day, columns });
  const batches: Batch[] = [];
  events.subscribe((batch) => batches.push(batch));
  play();
  const operator = behaviour(context, 'learning', answering);
  const rows = batches.reduce((sum, { length }) => sum + length, 0);
  const before = process.cpuUsage();
  from(batches).pipe(operator).subscribe();
  const { user, system } = process.cpuUsage(before);
  figures['rows'] = rows;
  figures['rows_per_cpu_s'] = (1e6 * rows) / Math.max(1, user + system);
}

export async function run({ full }: Size): Promise<Figures> {
  const figures: Record<string, number> = {};
  const days = full ? 28 : 3;
  const weeks = days / 7;
  const budgetPerWeek = 0.5;
  const planned = { ...defaultPlan(start, 0, 1), bots: [] };
  speedFigures(figures, full);
  for (const students of full ? [200, 1_000, 4_000] : [200]) {
    for (const [name, plan] of [
      ['calm', calm],
      ['planned', planned],
    ] as const) {
      const found = watch({ students, days, seed: 11, plan, budgetPerWeek });
      figures[`${name}_false_per_week_${students}`] = found.length / weeks;
    }
    const { bots } = defaultPlan(start, 0, 1);
    const there = bots.filter(({ student, toMs }) => student < students && toMs < days * day);
    const found = watch({ students, days, seed: 11, plan: {}, budgetPerWeek });
    const isOf = (each: Found, { student, fromMs, toMs }: (typeof bots)[number]) =>
      each.user === nameOf(student) &&
      each.windowStart + windowMs > start + fromMs &&
      each.windowStart < start + toMs;
    const delays = there.flatMap((bot) => {
      const first = found.find((each) => isOf(each, bot));
      return first === undefined ? [] : [(first.at - start - bot.fromMs) / 60_000];
    });
    figures[`bots_planted_${students}`] = there.length;
    figures[`bots_found_${students}`] = delays.length;
    figures[`bot_delay_minutes_p50_${students}`] = quantile(delays, 0.5);
    figures[`bot_delay_minutes_max_${students}`] = Math.max(...delays);
    const strays = found.filter((each) => !there.some((bot) => isOf(each, bot)));
    figures[`bots_false_per_week_${students}`] = strays.length / weeks;
  }
  // A larger budget, to see whether it is kept where there is something to count.
  const loose = full ? 50 : 5;
  const found = watch({ students: 1_000, days, seed: 12, plan: calm, budgetPerWeek: loose });
  figures['loose_budget_per_week'] = loose;
  figures['loose_found_per_week'] = found.length / weeks;
  return figures;
}
