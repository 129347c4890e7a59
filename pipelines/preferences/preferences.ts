/**
 * Learns how each user likes each value of an attribute, and publishes it.
 *
 * ```ts
 * judged.pipe(preferences(context, 'learning', {
 *   name: 'topic',
 *   attribute: 'context.topic',
 *   signals: [
 *     { type: 'rated', times: 0.5, plus: -1.5 },               // 1 … 5 becomes −1 … 1
 *     { type: 'completed', times: 2, plus: -1, weight: 0.1 },  // 0 or 1 becomes −1 or 1, and says a tenth
 *   ],
 *   seen: ['viewed'],
 * }))
 * ```
 *
 * With the action of a policy as attribute and its outcomes as signals, it learns what works for whom.
 */
import { concatMap, from, type OperatorFunction } from 'rxjs';
import { type Batch, codesOf, doesObject, numbersOf, watermarksOf } from '../../contracts/batch.ts';
import type { Dictionary } from '../../contracts/dictionary.ts';
import { eraseType } from '../../contracts/eraseRecord.ts';
import { objectionType } from '../../contracts/objection.ts';
import type { PipelineContext } from '../../contracts/pipeline.ts';
import type { Rows } from '../../contracts/rows.ts';
import type { NumberTable } from '../../contracts/stateTable.ts';
import { type PreferenceModel, preferenceModel } from '../../models/preference/preferenceModel.ts';
import type { PreferenceParameters } from '../../models/preference/preferenceParameters.ts';
import { headAt } from '../../models/preference/userRow.ts';
import { PopulationCells } from './populationCells.ts';
import { UserRowsOut } from './userRowsOut.ts';

/** Events of one type as outcomes on a scale from −1, disliked, to 1, liked; what lies beyond counts as the bound. */
export interface SignalOptions {
  readonly type: string;
  /** outcome = times × the event's value + plus; by default the value itself. */
  readonly times?: number;
  readonly plus?: number;
  /** How much one says next to those of other signals: the inverse of its noise variance. 1 by default. */
  readonly weight?: number;
  /** Usual outcome until it is known; 0 by default. */
  readonly usual?: number;
}

export interface PreferenceOptions extends Partial<PreferenceParameters> {
  /** Lower-case words and hyphens; names the state, and what policies read as `preference.name`. */
  readonly name: string;
  /** String column whose values are liked. */
  readonly attribute: string;
  readonly signals: readonly SignalOptions[];
  /** Types of events by which a user has had a value, for recency and fatigue; none by default. */
  readonly seen?: readonly string[];
  /** Most users held in memory in one partition; who was active least lately leaves it until the next event. 1,000,000 by default. */
  readonly usersMax?: number;
  /** Most values of the attribute; later ones are not learnt. 10,000 by default. */
  readonly namesMax?: number;
}

/** Behind `watermark`; takes all events, erasures and objections among them, in the order of the log. */
export function preferences(
  context: PipelineContext,
  pipeline: string,
  options: PreferenceOptions,
): OperatorFunction<Batch, Rows> {
  const learning = new PreferenceLearning(context, pipeline, options);
  return concatMap((batch) => from(learning.take(batch)));
}

class PreferenceLearning {
  readonly #options: PreferenceOptions;
  readonly #dictionary: Dictionary;
  readonly #model: PreferenceModel;
  readonly #users: NumberTable;
  readonly #usersMax: number;
  readonly #population: PopulationCells;
  readonly #out: UserRowsOut;

  constructor(context: PipelineContext, pipeline: string, options: PreferenceOptions) {
    const { name, signals, usersMax = 1_000_000, namesMax = 10_000, ...rest } = options;
    const { attribute: _attribute, seen: _seen, ...parameters } = rest;
    const { tables } = context;
    const types = signals.map(({ type }) => type);
    if (new Set(types).size < types.length) {
      throw new RangeError(`signals: expected types that differ, got ${types.join(', ')}`);
    }
    this.#options = options;
    this.#usersMax = usersMax;
    this.#dictionary = tables.dictionary;
    this.#model = preferenceModel(
      signals.map(({ weight = 1, usual = 0 }) => ({ weight, usual })),
      parameters,
    );
    const { users } = this.#model;
    this.#users = tables.numbers(`preference-${name}-users`, {
      width: users.width,
      keysMax: usersMax,
      recalledBy: 'user',
    });
    this.#population = new PopulationCells(context, pipeline, {
      preference: name,
      signals: types,
      namesMax,
      halfLifeMs: this.#model.parameters.halfLifeMs,
      seenHalfLifeMs: this.#model.parameters.fatigueHalfLifeMs,
    });
    this.#out = new UserRowsOut(context, pipeline, name, {
      layout: users,
      table: this.#users,
      nameOf: (value) => this.#population.nameOf(value),
    });
  }

  /** @returns rows that cannot wait for the cut, because their users have to make room */
  take(batch: Batch): Rows[] {
    const types = codesOf(batch, 'type');
    const users = codesOf(batch, 'user');
    const values = codesOf(batch, this.#options.attribute);
    const numbers = numbersOf(batch, 'value');
    const times = numbersOf(batch, 'time');
    const watermarks = watermarksOf(batch);
    const find = (type: string) => this.#dictionary.find(type);
    const signals = this.#options.signals.map(({ type }) => find(type));
    const seen = (this.#options.seen ?? []).map(find).filter((code) => code >= 0);
    const erase = find(eraseType);
    const objection = find(objectionType);
    const population = this.#population.begin(this.#dictionary);
    const pressed: Rows[] = [];
    for (let row = 0; row < batch.length; row += 1) {
      const type = types[row]!;
      const time = times[row]!;
      const offset = batch.offsets[row]!;
      const isObjecting = doesObject(batch, row, 'personalization');
      if (type === erase || (isObjecting && type === objection)) {
        // Also one who has left memory: the row says which one in the store is void.
        this.#open(users[row]!, time, pressed);
        this.#out.erase(users[row]!, time, offset);
        this.#users.delete(users[row]!);
        continue;
      }
      if (isObjecting) continue;
      const signal = signals.indexOf(type);
      const isSeen = seen.includes(type);
      if (values[row]! < 0 || time < watermarks[row]! || (signal < 0 && !isSeen)) continue;
      const outcome = signal < 0 ? Number.NaN : this.#outcomeOf(signal, numbers[row]!);
      if (!isSeen && Number.isNaN(outcome)) continue;
      const value = population.numberOf(values[row]!, offset);
      if (value < 0) continue;
      const at = this.#open(users[row]!, time, pressed);
      const rows = this.#users.values;
      if (rows[at + headAt.own] === 0) rows[at + headAt.own] = offset + 1;
      if (isSeen) this.#model.users.have(rows, at, value, 1, time);
      if (!Number.isNaN(outcome)) {
        this.#model.learn(population.sums, rows, at, value, signal, outcome, time);
        population.learnt(value, signal, offset);
      }
      this.#out.changed(users[row]!, offset);
    }
    population.end();
    return pressed;
  }

  /** Position of the user's row. @param pressed takes rows of those who have to make room */
  #open(user: number, time: number, pressed: Rows[]): number {
    const crowd = this.#out.crowded(user, this.#usersMax);
    if (crowd !== undefined) pressed.push(crowd);
    return this.#users.at(user, time);
  }

  /** NaN where the event has no value. */
  #outcomeOf(signal: number, value: number): number {
    const { times = 1, plus = 0 } = this.#options.signals[signal]!;
    return Math.min(1, Math.max(-1, times * value + plus));
  }
}
