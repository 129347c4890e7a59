/** A statistic on any columns: one state for each key and window of event time, in the pipeline's tables. */
import { map, type OperatorFunction } from 'rxjs';
import { type Batch, numbersOf, watermarksOf } from '../contracts/batch.ts';
import { meaningVersion } from '../contracts/meaningVersion.ts';
import type { StateTables } from '../contracts/stateTable.ts';
import { type Figures, type Statistic, unexpected } from '../contracts/statistic.ts';
import { keyReader } from './keyReader.ts';
import { rowFiller, statisticColumns } from './rowFiller.ts';
import { createWindowTable, type OpenWindow, type WindowTable } from './state/windowTable.ts';
import { expectDuration, type WindowReadings, windowReadings } from './windowReadings.ts';

export interface AccumulateOptions {
  /** Parameters of the statistic; absent ones have their defaults. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** String columns whose values have a state of their own, '' where one is absent; one state for all by default. */
  readonly by?: readonly string[];
  /** Column of each role; the role's own by default. */
  readonly columns?: Readonly<Record<string, string>>;
  /** Length of a window, whole ms; without it, one window for all time. */
  readonly windowMs?: number;
  /** From one start to the next, whole ms, at most `windowMs`; by default windows lie side by side. */
  readonly hopMs?: number;
  /**
   * Each partition keeps to itself: what a statistic that never merges needs, unless `user` is among the keys, whose rows are
   * all in one partition.
   */
  readonly byPartition?: boolean;
}

/** What a window holds. */
export interface Accumulated {
  /** Rows in the state, or, where there is a role `times`, how many they stand for. */
  taken: number;
  /** Rows whose figures the statistic does not take, such as a value beyond its bounds. */
  refused: number;
  /** When the log received the last of them, ms since 1970. */
  receivedAt: number;
  readonly state: unknown;
}

export interface Accumulation {
  readonly taken: number;
  readonly refused: number;
  readonly figures: Figures;
}

/** `by`, `columns` and window of an accumulation, complete. */
export interface AccumulationPlan {
  readonly by: readonly string[];
  readonly columns: Readonly<Record<string, string>>;
  /** Those that are not the default. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Infinity: one window. */
  readonly windowMs: number;
  readonly hopMs: number;
}

/**
 * @throws RangeError naming the parameter, role or duration that is wrong, or when the statistic never merges and its rows
 * would be in several partitions
 */
export function planOf(statistic: Statistic, options: AccumulateOptions): AccumulationPlan {
  const { by = [], windowMs = Infinity, hopMs = windowMs, byPartition = false } = options;
  if (windowMs !== Infinity) {
    expectDuration('windowMs', windowMs);
    expectDuration('hopMs', hopMs);
  }
  if (windowMs === Infinity && hopMs !== Infinity) {
    throw new RangeError(unexpected('hopMs', 'none without windowMs', hopMs));
  }
  if (hopMs > windowMs) throw new RangeError(unexpected('hopMs', `at most ${windowMs}`, hopMs));
  if (statistic.merges === 'never' && !byPartition && !by.includes('user')) {
    throw new RangeError(
      `by: expected user among the keys, got ${by.join(', ') || 'none'}: ${statistic.name} depends on the order of rows, and ` +
        'only those of a user are in one partition; with byPartition each partition has a reading of its own',
    );
  }
  const { chosen: parameters } = statistic.begin(options.parameters);
  const columns = statisticColumns(statistic, options.columns);
  return { by, columns, parameters, windowMs, hopMs };
}

/**
 * The table of an accumulation. Its version is a hash of what is computed: a stored state of other parameters, columns or
 * windows is refused at start, as that of another version.
 *
 * @param keysMax most keys of one window; further ones count together as `(others)`. By default 2,000
 */
export function createAccumulationTable(
  tables: StateTables,
  name: string,
  statistic: Statistic,
  options: AccumulateOptions & { readonly keysMax?: number },
): WindowTable<Accumulated> {
  const { windowMs, hopMs, ...plan } = planOf(statistic, options);
  const window = windowMs === Infinity ? null : [windowMs, hopMs];
  return createWindowTable<Accumulated>(tables, name, {
    version: meaningVersion({ ...plan, window, statistic: [statistic.name, statistic.version] }),
    ...(options.keysMax === undefined ? {} : { segmentsMax: options.keysMax }),
  });
}

/** Told of each row that a window gets. @param receivedBefore when it got the one before, by the log's clock; 0: none */
export type OnTouch = (window: OpenWindow<Accumulated>, receivedBefore: number) => void;

/**
 * Folds the rows of each key and window into the statistic's state there, and says what the touched ones read after each batch.
 *
 * ```text
 * values, windows of 10 ms        --[7@3 9@4]-----[4@12]------|
 * accumulate(meanVariance)        --[0–10: 8]-----[10–20: 4]--|      (a mean)
 * ```
 *
 * A row in which a key's column is absent has the key ''; one in which a role's column is absent is skipped; one that the
 * statistic does not take is counted as refused; where there is a role `times` a row counts as so many. With windows it stands
 * behind the operator `watermark`, and rows behind their watermark are skipped; without, every row counts. Results depend on the
 * rows alone, not on how they are cut into batches or epochs. Synchronous: one value out for each batch in.
 *
 * @param table from {@link createAccumulationTable} with the same options; publish its `takeChanged` and `settle`
 * @throws RangeError as {@link planOf}
 */
export function accumulate(
  statistic: Statistic,
  table: WindowTable<Accumulated>,
  options: AccumulateOptions = {},
  onTouch?: OnTouch,
): OperatorFunction<Batch, WindowReadings<Accumulation>> {
  const { by, columns, parameters, windowMs, hopMs } = planOf(statistic, options);
  const fold = statistic.begin(parameters);
  const { row, turnTo, fill } = rowFiller(statistic, columns);
  const keyOf = keyReader(by);
  const isWindowed = windowMs !== Infinity;
  const standsForMany = Object.hasOwn(statistic.roles, 'times');
  const initial = (): Accumulated => ({
    taken: 0,
    refused: 0,
    receivedAt: 0,
    state: fold.initial(),
  });
  const read = ({ taken, refused, state }: Accumulated): Accumulation => ({
    taken,
    refused,
    figures: fold.read(state),
  });

  let users: Int32Array | undefined;
  let before: Float64Array | undefined;
  function add(window: OpenWindow<Accumulated>, batch: Batch, index: number) {
    const held = window.held.state;
    const rows = standsForMany ? (row['times'] as number) : 1;
    if (fold.take(held.state, row)) held.taken += rows;
    else held.refused += Number.isSafeInteger(rows) && rows > 0 ? rows : 1;
    onTouch?.(window, held.receivedAt);
    held.receivedAt = batch.receivedAt;
    table.touch(
      window,
      batch.offsets[index]!,
      users === undefined ? -1 : users[index]!,
      before?.[index],
    );
  }

  return map((batch) => {
    const { length } = batch;
    const times = numbersOf(batch, 'time');
    const watermarks = isWindowed ? watermarksOf(batch) : undefined;
    before = watermarks;
    const codeAt = keyOf(batch);
    turnTo(batch);
    users = standsForMany ? undefined : batch.codes.get('user');
    let window: OpenWindow<Accumulated> | undefined;
    const windowAt = (code: number, start: number) => {
      if (window?.code !== code || window.held.start !== start) {
        window = table.at(code, start, start + windowMs, initial);
      }
      return window;
    };
    for (let index = 0; index < length; index += 1) {
      const time = times[index]!;
      if (watermarks !== undefined && time < watermarks[index]!) continue;
      if (!fill(index)) continue;
      const code = codeAt(index);
      if (!isWindowed) add(windowAt(code, 0), batch, index);
      else {
        const latest = Math.floor(time / hopMs) * hopMs;
        for (let start = latest; start > time - windowMs; start -= hopMs) {
          add(windowAt(code, start), batch, index);
        }
      }
    }
    const watermark =
      watermarks !== undefined && length > 0 ? watermarks[length - 1]! : Number.NEGATIVE_INFINITY;
    return windowReadings(batch, table.flush(watermark), { read });
  });
}
