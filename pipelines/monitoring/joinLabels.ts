/**
 * Joins predictions with the labels that come later, and says of each what became of it.
 *
 * An event of the type `prediction` has a name, its `decision` or else its `id`, and in `value` a probability or a number; an
 * event of the type `label` of the same user names it in `decision`, as an outcome names its decision, and has what happened in
 * `value`. See docs/formats.md.
 */
import { map, type OperatorFunction } from 'rxjs';
import { type Batch, codesOf, numbersOf, watermarksOf } from '../../contracts/batch.ts';
import type { Dictionary } from '../../contracts/dictionary.ts';
import { eraseType } from '../../contracts/eraseRecord.ts';
import { labelType, predictionType } from '../../contracts/predictionFields.ts';
import type { StateTables } from '../../contracts/stateTable.ts';
import { EventReader } from '../../models/measure/eventReader.ts';
import { expectDuration } from '../../operators/windowReadings.ts';
import { isName } from '../../sources/decode/problem.ts';
import type { LabelOutcome } from '../../stats/monitoring/labelOutcomes.ts';
import {
  type FollowedPrediction,
  FollowedPredictions,
  type KeyedPrediction,
  keyOfPrediction,
  userOfKey,
} from './followedPredictions.ts';
import { LabelRows, type LabelRowType } from './labelRows.ts';

const hour = 3_600_000;
/** Columns that the rows have anyway. */
const reserved = new Set(['type', 'outcome', 'user']);

/** What is predicted: that something happens, or how much of it. */
export type PredictionKind = 'probability' | 'number';

export interface LabelSpans {
  /** Age by which a label must have come, whole ms; 72 hours by default. */
  readonly horizonMs?: number;
  /** How long a label waits for its prediction, whole ms; an hour by default. */
  readonly earlyMs?: number;
  /** How long behind its horizon a prediction is remembered, whole ms; as long as the horizon by default. */
  readonly rememberedMs?: number;
  /** Most predictions and early labels of a partition held at once, some 0.4 kB each; 200,000 by default. */
  readonly openMax?: number;
}

export interface JoinLabelsOptions extends LabelSpans {
  /** Of the state table, under which no other may be. */
  readonly name: string;
  readonly kind: PredictionKind;
  /** Fields whose texts are kept of a prediction, as paths, such as `context.model`: columns of the rows that come out. */
  readonly keep: readonly string[];
}

/**
 * One batch of {@link LabelRow}s for each in, their `type` being `told`, `labelled`, `censored` or `counted`.
 *
 * ```text
 * source      --[p1@1 p2@2]-----------[l1@5]-----------------[x@80]--------|
 * joinLabels  --[told told]-----------[labelled, age 4]------[censored p2]-|      (horizon 72)
 * ```
 *
 * Each prediction is told once, and then either labelled or censored, once: at its label, at its horizon by the watermark, or
 * sooner when too many wait (`openMax`: the one whose horizon is nearest goes) or its user is erased. Behind the operator
 * `watermark`, which need not have let go late rows: a prediction may be late by less than the horizon. The time of a row is
 * that of the prediction, and its watermark that of the stream less the horizon, so windows are those in which predictions were
 * made and stay open for their labels. A time after the reception counts as the reception.
 *
 * Depends on the rows alone, not on how they are cut into batches. Synchronous.
 *
 * @throws RangeError when a span or `openMax` is no positive whole number
 */
export function joinLabels(
  tables: StateTables,
  options: JoinLabelsOptions,
): OperatorFunction<Batch, Batch> {
  const joiner = new LabelJoiner(tables, options);
  return map((batch) => joiner.take(batch));
}

class LabelJoiner {
  readonly #dictionary: Dictionary;
  readonly #followed: FollowedPredictions;
  readonly #rows: LabelRows;
  readonly #reader = new EventReader();
  readonly #kind: PredictionKind;
  readonly #keep: readonly string[];
  readonly #horizonMs: number;
  readonly #earlyMs: number;
  readonly #rememberedMs: number;
  #offset = 0;
  #watermark = -Infinity;

  constructor(tables: StateTables, options: JoinLabelsOptions) {
    const { name, kind, keep, openMax = 200_000 } = options;
    const { horizonMs = 72 * hour, earlyMs = hour, rememberedMs = horizonMs } = options;
    expectDuration('horizonMs', horizonMs);
    expectDuration('earlyMs', earlyMs);
    expectDuration('rememberedMs', rememberedMs);
    expectDuration('openMax', openMax);
    const taken = keep.find((column) => reserved.has(column));
    if (taken !== undefined) throw new RangeError(`keep: expected fields, got ${taken}`);
    this.#dictionary = tables.dictionary;
    this.#followed = new FollowedPredictions(tables, `labels-${name}`, { kind, keep }, openMax);
    this.#rows = new LabelRows(keep, horizonMs);
    this.#kind = kind;
    this.#keep = keep;
    this.#horizonMs = horizonMs;
    this.#earlyMs = earlyMs;
    this.#rememberedMs = rememberedMs;
  }

  take(batch: Batch): Batch {
    const { length, offsets } = batch;
    const watermarks = watermarksOf(batch);
    const types = codesOf(batch, 'type');
    const prediction = this.#dictionary.find(predictionType);
    const label = this.#dictionary.find(labelType);
    const erasure = this.#dictionary.find(eraseType);
    const isAmong = (code: number) => code >= 0 && types.includes(code);
    const isQuiet = length === 0 || watermarks[length - 1]! < this.#followed.nextDue;
    if (isQuiet && ![prediction, label, erasure].some(isAmong)) return this.#rows.take(batch);
    const times = numbersOf(batch, 'time');
    const values = numbersOf(batch, 'value');
    const users = codesOf(batch, 'user');
    for (let row = 0; row < length; row += 1) {
      this.#offset = offsets[row]!;
      this.#watermark = watermarks[row]!;
      if (this.#followed.nextDue <= this.#watermark) this.#giveUpDue();
      const type = types[row]!;
      if (type < 0 || (type !== prediction && type !== label && type !== erasure)) continue;
      const user = this.#dictionary.text(users[row]!);
      if (type === erasure) {
        this.#forget(user);
        continue;
      }
      // A clock that is ahead neither keeps a prediction open nor makes a label older than it is.
      const time = Math.min(times[row]!, batch.receivedAt);
      this.#reader.moveTo(batch, row);
      if (type === prediction) this.#takePrediction(user, time, values[row]!);
      else this.#takeLabel(user, time, values[row]!);
    }
    return this.#rows.take(batch);
  }

  #takePrediction(user: string, time: number, prediction: number): void {
    const { read } = this.#reader;
    const key = keyOfPrediction(user, (read('decision') ?? read('id')) as string);
    const known = this.#followed.get(key);
    const about = { user, time, prediction, kept: this.#keptOfRow() };
    if (!isPrediction(this.#kind, prediction)) this.#count('invalid', about);
    else if (time + this.#horizonMs <= this.#watermark) this.#count('outdated', about);
    else if (known === undefined || known.state === 'early') this.#follow(key, about, known);
    else this.#count('repeated', about);
  }

  /** @param early its label, if it has come before */
  #follow(key: string, about: About, early: FollowedPrediction | undefined): void {
    if (early === undefined) this.#makeRoom();
    const { time: at, prediction, kept } = about;
    const until = at + this.#horizonMs;
    const entry: FollowedPrediction = {
      ...{ state: 'open', at, until, offset: this.#offset, prediction, label: Number.NaN, kept },
    };
    this.#followed.put(key, entry);
    this.#tell('told', 'told', { key, entry }, Number.NaN);
    if (early === undefined) return;
    if (early.at >= until) this.#count('late', about);
    else this.#label({ key, entry }, 'early', early.label, early.at);
  }

  #takeLabel(user: string, time: number, label: number): void {
    const named = this.#reader.read('decision') as string | undefined;
    const own = { user, time, prediction: Number.NaN, kept: this.#keptOfRow() };
    if (named === undefined || !isLabel(this.#kind, label)) {
      this.#count('invalid', own);
      return;
    }
    const key = keyOfPrediction(user, named);
    const entry = this.#followed.get(key);
    if (entry === undefined) this.#keepEarly(key, own, label);
    else if (entry.state === 'open' && time < entry.until) {
      this.#label({ key, entry }, 'joined', label, time);
    } else {
      const { at, prediction, kept } = entry;
      this.#count(outcomeOf(entry, label), { user, time: at, prediction, kept });
    }
  }

  /** A label whose prediction is not known waits for it. */
  #keepEarly(key: string, own: About, label: number): void {
    const { time: at, prediction, kept } = own;
    const until = at + this.#earlyMs;
    if (until <= this.#watermark) this.#count('unknown', own);
    else {
      this.#makeRoom();
      const entry = { at, until, offset: this.#offset, prediction, label, kept };
      this.#followed.put(key, { state: 'early', ...entry });
    }
  }

  #label(keyed: KeyedPrediction, outcome: 'joined' | 'early', label: number, time: number): void {
    const { at } = keyed.entry;
    // Who names a prediction has got it: an earlier time is a clock that is behind.
    const age = Math.max(0, time - at);
    this.#followed.close(keyed, label, at + this.#horizonMs + this.#rememberedMs);
    this.#tell('labelled', outcome, keyed, age);
  }

  #giveUpDue(): void {
    for (;;) {
      const due = this.#followed.nextDueBy(this.#watermark);
      if (due === undefined) return;
      const { state, at, until } = due.entry;
      if (state === 'early') this.#letGo(due, 'evicted');
      else {
        this.#tell('censored', 'unlabelled', due, until - at);
        this.#followed.close(due, Number.NaN, until + this.#rememberedMs);
      }
    }
  }

  #makeRoom(): void {
    const excess = this.#followed.excess();
    if (excess !== undefined) this.#letGo(excess, 'evicted');
  }

  #forget(user: string): void {
    for (const keyed of this.#followed.ofUser(user)) this.#letGo(keyed, 'erased');
  }

  /** Gives up an open prediction before its time, or an early label, and forgets it. */
  #letGo(keyed: KeyedPrediction, why: 'evicted' | 'erased'): void {
    const { key, entry } = keyed;
    const { state, at: time, prediction, kept } = entry;
    if (state === 'open') {
      // As old as the stream says; at the end of its horizon at most.
      const age = Math.min(this.#horizonMs, Math.max(0, this.#watermark - time));
      this.#tell('censored', why, keyed, age);
    } else if (state === 'early') {
      this.#count('unknown', { user: userOfKey(key), time, prediction, kept });
    }
    this.#followed.delete(key);
  }

  #tell(type: LabelRowType, outcome: LabelOutcome, { key, entry }: KeyedPrediction, age: number) {
    const { at: time, prediction, label, kept } = entry;
    const value = Number.isNaN(label) ? -1 : label;
    const row = { type, outcome, user: userOfKey(key), time, prediction, value, age, kept };
    this.#rows.add(row, this.#offset, this.#watermark);
  }

  #count(outcome: LabelOutcome, about: About): void {
    const row = { type: 'counted', outcome, value: -1, age: Number.NaN, ...about } as const;
    this.#rows.add(row, this.#offset, this.#watermark);
  }

  #keptOfRow(): string[] {
    return this.#keep.map((field) => {
      const text = this.#reader.read(field);
      return isName(text) ? text : '';
    });
  }
}

interface About {
  readonly user: string;
  readonly time: number;
  readonly prediction: number;
  readonly kept: readonly string[];
}

/** Of a label whose prediction has one, or has been given up. */
function outcomeOf({ state, label: first }: FollowedPrediction, label: number): LabelOutcome {
  if (state === 'open' || state === 'censored') return 'late';
  return label === first ? 'twice' : 'conflict';
}

function isPrediction(kind: PredictionKind, value: number): boolean {
  return kind === 'number' ? Number.isFinite(value) : value >= 0 && value <= 1;
}

function isLabel(kind: PredictionKind, value: number): boolean {
  return kind === 'number' ? Number.isFinite(value) : value === 0 || value === 1;
}
