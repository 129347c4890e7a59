/**
 * What users did before anything took them in: one row a user and metric, for those metrics alone that an experiment adjusts by.
 *
 * Rows are kept for all users, because nobody knows who will be exposed. Whoever does nothing for eight weeks is forgotten.
 */
import type { Dictionary } from '../../contracts/dictionary.ts';
import type { ExperimentMetric } from '../../contracts/experimentMetric.ts';
import type { NumberTable, StateTables } from '../../contracts/stateTable.ts';
import type { EventReader } from '../../models/measure/eventReader.ts';
import { addMatched, matchesOf } from '../../models/measure/matchedEvent.ts';
import { pastFigures, pastPlace, pastWidth, readPast } from '../../models/measure/pastFigure.ts';

/** A metric whose past is remembered. */
export interface PastMetric {
  /** Key of the metric and hash of what it measures: two definitions under one key are two pasts. */
  readonly name: string;
  readonly metric: ExperimentMetric;
  /** Types of events that can count; undefined: any. */
  readonly types: ReadonlySet<string> | undefined;
}

const ttlMs = 56 * 86_400_000;
/** Users times metrics of a partition: at most 0.2 GB. */
const pairsMax = 1_000_000;

export class PastBook {
  readonly #table: NumberTable;
  readonly #dictionary: Dictionary;

  constructor(tables: StateTables) {
    this.#table = tables.numbers('experiment-past', {
      width: pastWidth,
      keysMax: pairsMax,
      ttlMs,
    });
    this.#dictionary = tables.dictionary;
  }

  /**
   * Takes an event that is on time.
   *
   * @param user code of the user
   * @param time of the event, at most the time at which the log took it, ms since 1970
   */
  take(metrics: readonly PastMetric[], reader: EventReader, user: number, time: number): void {
    const type = reader.read('type') as string;
    for (const { name, metric, types } of metrics) {
      if (types !== undefined && !types.has(type)) continue;
      const matches = matchesOf(metric, reader);
      if (matches === 0) continue;
      const row = this.#table.atPair(user, this.#dictionary.internText(name), time);
      const { values } = this.#table;
      const at = pastPlace(metric, values, row, time);
      if (at >= 0) addMatched(metric, matches, reader, values, at, time);
    }
  }

  /**
   * The figures of a user before a moment, see `readPast`.
   *
   * @param time as for {@link take}
   * @param into takes them from `at` on; NaN where nothing is known
   */
  read({ name, metric }: PastMetric, user: number, time: number, into: Float64Array, at: number) {
    const code = this.#dictionary.find(name);
    const row = code < 0 ? -1 : this.#table.peekPair(user, code, time);
    if (row >= 0) readPast(metric, this.#table.values, row, time, into, at);
    else into.fill(NaN, at, at + pastFigures(metric));
  }
}
