/** Readings of a metric: a bucket each, as a whole or by segment. A segment that is silent for a while reads so. */
import type { WatchSource } from '../../../contracts/watch.ts';
import type { SketchRow, SumsRow } from '../../metricBuckets.ts';
import { finite, quantileOfSums } from '../../metricPoint.ts';
import { bounded, type Reader } from '../../statement.ts';
import type { Reading } from '../judged.ts';
import { type BucketTable, bucketTable } from './bucketTable.ts';
import { settleMsDefault } from './frontier.ts';
import {
  type Frontier,
  keysMaxDefault,
  pastMs,
  type Round,
  type Source,
  SourceProblem,
} from './source.ts';

type MetricOf = Extract<WatchSource, { kind: 'metric' }>;

export interface MetricSourceOptions {
  readonly keysMax?: number;
  /** After which a bucket of the clock is complete, ms. */
  readonly settleMs?: number;
  /** Readings of the past that a judge sees before it begins. */
  readonly pastReadingsMax?: number;
}

/** Rows of one answer: of sums, … */
const rowsMax = 20_000;
/** … and of sketches, which are long. */
const sketchedMax = 4_000;
/** Buckets of one answer. */
const bucketsMax = 2_000;

type Row = SumsRow & Partial<Omit<SketchRow, 'time'>> & { readonly segment?: string };

interface Extent {
  readonly windowMs: number;
  readonly first: number;
  readonly segments: number;
}

export function createMetricSource(
  reader: Reader,
  source: MetricOf,
  options: MetricSourceOptions = {},
): Source {
  return new MetricSource(reader, source, options);
}

class MetricSource implements Source {
  readonly #reader: Reader;
  readonly #source: MetricOf;
  readonly #table: BucketTable;
  readonly #keysMax: number;
  readonly #settleMs: number;
  readonly #pastReadingsMax: number;
  /** End of the newest bucket in which a segment had rows. */
  readonly #seen = new Map<string, number>();
  #windowMs: number | undefined;
  remark: string | null = null;

  constructor(
    reader: Reader,
    source: MetricOf,
    { keysMax = keysMaxDefault, settleMs = settleMsDefault, ...bounds }: MetricSourceOptions,
  ) {
    this.#reader = reader;
    this.#source = source;
    this.#table = bucketTable(source.metric);
    this.#keysMax = keysMax;
    this.#settleMs = settleMs;
    this.#pastReadingsMax = bounds.pastReadingsMax ?? 2_000_000;
    const isQuantile = source.figure === 'p50' || source.figure === 'p95';
    if (isQuantile && this.#table.sketches === undefined) {
      throw new SourceProblem(`Of ${source.metric} no quantiles are kept: take the mean.`);
    }
  }

  async *past(cursor: number | undefined, frontier: Frontier): AsyncIterable<Round> {
    const { widthMs } = this.#source;
    const to = cursor ?? this.#completeTo(frontier);
    if (!Number.isFinite(to)) return;
    const extent = await this.#extent(to - pastMs, to);
    if (extent === undefined) return;
    const keys = this.#source.by === 'whole' ? 1 : Math.max(1, extent.segments);
    const buckets = Math.floor(this.#pastReadingsMax / Math.min(keys, this.#keysMax));
    const from = Math.max(extent.first, to - buckets * widthMs);
    yield* this.#read(Math.floor(from / widthMs) * widthMs, to);
  }

  async *rounds(cursor: number, frontier: Frontier): AsyncIterable<Round> {
    const { widthMs } = this.#source;
    const to = this.#completeTo(frontier);
    if (to <= cursor) return;
    let from = cursor;
    if (this.#seen.size === 0) {
      const extent = await this.#extent(Math.max(0, cursor), to);
      if (extent === undefined) return;
      from = Math.max(from, Math.floor(extent.first / widthMs) * widthMs);
    }
    yield* this.#read(from, to);
  }

  #completeTo({ completeTo, now }: Frontier): number {
    const { widthMs } = this.#source;
    const until = this.#table.by === 'event' ? completeTo : now - this.#settleMs;
    return Number.isFinite(until) ? Math.floor(until / widthMs) * widthMs : until;
  }

  /** @returns undefined where there is nothing */
  async #extent(from: number, to: number): Promise<Extent | undefined> {
    const { pipeline, metric, widthMs } = this.#source;
    const range = { from: Math.max(0, Math.floor(from)), to };
    const rows = await this.#reader.query<Extent>(bounded(this.#table.extent), {
      ...{ pipeline, metric, ...range },
    });
    const extent = rows[0];
    if (extent === undefined) return undefined;
    if (widthMs % extent.windowMs !== 0) {
      throw new SourceProblem(
        `Windows of ${metric} are ${extent.windowMs / 1_000} s long: ${widthMs / 1_000} s are not a multiple.`,
      );
    }
    this.#windowMs = extent.windowMs;
    return extent;
  }

  async *#read(from: number, to: number): AsyncIterable<Round> {
    const { widthMs } = this.#source;
    for (let at = from; at < to; ) {
      const end = Math.min(to, at + this.#bucketsAtOnce() * widthMs);
      let chunk = await this.#rows(at, end);
      if (chunk.rows.length === 0) {
        // Windows may have another length than before, or nothing comes for long.
        const extent = await this.#extent(at, to);
        if (extent !== undefined && extent.first < end) {
          chunk = await this.#rows(at, end);
        } else if (this.#seen.size === 0) {
          if (extent === undefined) return;
          at = Math.floor(extent.first / widthMs) * widthMs;
          continue;
        }
      }
      const byTime = new Map<number, Row[]>();
      for (const row of chunk.rows) {
        const of = byTime.get(row.time);
        if (of === undefined) byTime.set(row.time, [row]);
        else of.push(row);
      }
      for (; at < chunk.to; at += widthMs) yield this.#round(at, byTime.get(at) ?? []);
    }
  }

  #bucketsAtOnce(): number {
    const { figure, by } = this.#source;
    const most = figure === 'p50' || figure === 'p95' ? sketchedMax : rowsMax;
    const keys = by === 'whole' ? 1 : Math.max(1, this.#seen.size * 1.1);
    return Math.max(1, Math.min(bucketsMax, Math.floor(most / keys)));
  }

  /** @returns the rows, and up to where they are whole */
  async #rows(from: number, to: number): Promise<{ rows: Row[]; to: number }> {
    const { pipeline, metric, figure, by, widthMs: step } = this.#source;
    if (this.#windowMs === undefined && (await this.#extent(from, to)) === undefined) {
      return { rows: [], to };
    }
    const parameters = {
      ...{ pipeline, metric, step, from, to, window: this.#windowMs!, segment: '', every: 1 },
    };
    const order =
      by === 'whole' ? 'time' : `time, count DESC, segment LIMIT ${this.#keysMax + 1} BY time`;
    const sql = bounded(`${this.#table.sums(by)} ORDER BY ${order} LIMIT ${rowsMax}`);
    const sums = await this.#reader.query<Row>(sql, parameters);
    const last = sums.at(-1)?.time;
    const isCut = sums.length === rowsMax && last !== undefined && last > from;
    const until = isCut ? last : to;
    const rows = isCut ? sums.filter(({ time }) => time < until) : sums;
    if (figure !== 'p50' && figure !== 'p95') return { rows, to: until };
    const sketches = await this.#reader.query<SketchRow & { segment?: string }>(
      bounded(`${this.#table.sketches!(by)} LIMIT ${rowsMax}`),
      { ...parameters, to: until },
    );
    const nameOf = (row: { time: number; segment?: string }) => `${row.time} ${row.segment ?? ''}`;
    const byName = new Map(sketches.map((row) => [nameOf(row), row]));
    return { rows: rows.map((row) => ({ ...byName.get(nameOf(row)), ...row })), to: until };
  }

  #round(start: number, rows: readonly Row[]): Round {
    const { widthMs, figure, by } = this.#source;
    const end = start + widthMs;
    const readings: Reading[] = [];
    for (const row of rows) {
      const segment = row.segment ?? '';
      if (!this.#seen.has(segment) && this.#seen.size >= this.#keysMax) {
        this.remark = `There are more keys than ${this.#keysMax.toLocaleString('en')}: further ones are not judged.`;
        continue;
      }
      this.#seen.set(segment, end);
      const key = by === 'whole' ? [] : [segment];
      readings.push({ key, start, end, ...figuresOf(row, figure) });
    }
    if (readings.length < this.#seen.size) {
      for (const [segment, seen] of this.#seen) {
        if (seen === end) continue;
        if (end - seen > pastMs) {
          this.#seen.delete(segment);
          continue;
        }
        const key = by === 'whole' ? [] : [segment];
        readings.push({ key, start, end, value: figure === 'count' ? 0 : null, count: 0 });
      }
    }
    return { end, readings };
  }
}

function figuresOf(
  row: Row,
  figure: MetricOf['figure'],
): Pick<Reading, 'value' | 'count' | 'deviation'> {
  const { count, sum, squares, minimum, maximum, bins = [], counts = [] } = row;
  if (figure === 'count') return { value: count, count };
  if (figure === 'p50' || figure === 'p95') {
    const q = figure === 'p50' ? 0.5 : 0.95;
    return { value: quantileOfSums({ minimum, maximum, bins, counts }, q), count };
  }
  const value = finite(sum / count);
  const known = squares as number | null;
  if (known === null || count < 2) return { value, count };
  const variance = Math.max(0, known - (sum / count) * sum) / (count - 1);
  return { value, count, deviation: Math.sqrt(variance) };
}
