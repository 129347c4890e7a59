/**
 * Predicts rows by all versions of a model that a record names, and serves each row by one of them.
 *
 * First the online learner predicts and learns row by row: what is known of a row depends on labels alone. Then each version scores
 * all rows at once, and its combiner goes over them in their order, predicting each before it learns from it. A record holds from its
 * own row on, so that nothing depends on how rows are cut into batches; no row is dropped at a change, and none is predicted twice.
 */
import { finalize, map, type OperatorFunction, pipe } from 'rxjs';
import { type Batch, codesOf } from '../../contracts/batch.ts';
import type { ExampleFeatures, Learner } from '../../contracts/learner.ts';
import type { PipelineContext } from '../../contracts/pipeline.ts';
import { buckets } from '../../models/assignment/bucket.ts';
import { isDrawn } from '../../models/assignment/releaseDraw.ts';
import { emptyUnit, takeUnit } from '../../models/assignment/unit.ts';
import { combiner } from '../../models/stacking/combiner.ts';
import { logit } from '../../models/stacking/logit.ts';
import {
  type Predictions,
  predictThenLearn,
  type VersionPair,
} from '../../operators/predictThenLearn.ts';
import { CombinerBook } from './combinerBook.ts';
import { HeldVersions } from './heldVersions.ts';
import type { ModelRecords } from './modelRecords.ts';
import type { PreparedModel } from './preparedModel.ts';
import { StageBook } from './stageBook.ts';

export interface VersionedOptions {
  /** Numeric column that holds the outcome. */
  readonly label: string;
  /** Behind which these batches come, each as soon as its records were taken. */
  readonly records: ModelRecords;
}

/**
 * In the place of `predictThenLearn`: without versions it does the same.
 *
 * ```text
 * labels               --[1 0]----------[1 0]----------|
 * records              ---------1.4 of half-------------|
 * predictWithVersions  --[1:.5 1:.6]----[1.4:.7 1:.6]--|      (version that served: its probability)
 * ```
 *
 * A version that cannot be had or fails predicts nothing, and the online learner serves in its place; see `HeldVersions`.
 * Synchronous: one value out for each batch in.
 *
 * Source: Wolpert 1992 (stacked generalization); Dawid 1984 (prequential analysis).
 *
 * @param learner its name is that of the model in the records
 */
export function predictWithVersions(
  context: PipelineContext,
  learner: Learner,
  { label, records }: VersionedOptions,
): OperatorFunction<Batch, Predictions> {
  const predict = predictThenLearn(learner, { label });
  if (learner.examples === undefined) return predict;
  const versions = new VersionedPredictions(context, learner, learner.examples, records);
  return pipe(
    predict,
    map((made) => versions.take(made)),
    finalize(() => versions.close()),
  );
}

/** Rows `from` to before `to` under one record. */
interface Span {
  readonly from: number;
  readonly to: number;
  readonly record: PreparedModel;
}

class VersionedPredictions {
  readonly #model: string;
  readonly #online: string;
  readonly #records: ModelRecords;
  readonly #held: HeldVersions;
  readonly #combiners: CombinerBook;
  readonly #stages: StageBook;
  readonly #unit = emptyUnit();

  constructor(
    { tables, partition, scorer, onProblem }: PipelineContext,
    { name, version }: Learner,
    { names }: ExampleFeatures,
    records: ModelRecords,
  ) {
    this.#model = name;
    this.#online = version;
    this.#records = records;
    this.#held = new HeldVersions({
      ...{ model: name, featureVersion: version, width: names.length, partition },
      ...(scorer === undefined ? {} : { scorer }),
      ...(onProblem === undefined ? {} : { onProblem }),
    });
    this.#combiners = new CombinerBook(tables, name);
    this.#stages = new StageBook(tables, name);
  }

  take(made: Predictions): Predictions {
    const changes = this.#records.changesOf(this.#model);
    const record = this.#records.get(this.#model);
    if (changes.length === 0 && (record === undefined || record.filed.length === 0)) return made;
    const { batch, length, rows } = made;
    const { offsets } = batch;
    const answer = new VersionedAnswer(made, this.#online);
    let from = 0;
    let before = changes.length > 0 ? changes[0]!.before : record;
    for (const { offset, at, after } of changes) {
      let to = from;
      while (to < length && offsets[rows[to]!]! < offset) to += 1;
      if (before !== undefined) this.#predict(answer, { from, to, record: before });
      this.#combiners.turnTo(after);
      this.#stages.turnTo(after.release?.stage, at);
      from = to;
      before = after;
    }
    if (before !== undefined) this.#predict(answer, { from, to: length, record: before });
    return answer.read();
  }

  close(): void {
    this.#held.close();
  }

  #predict(answer: VersionedAnswer, span: Span): void {
    // Also for no rows: what cannot be had is told when it is named.
    this.#held.turnTo(span.record);
    if (span.from === span.to) return;
    for (const { version } of span.record.filed) this.#predictBy(version, answer, span);
    this.#serve(answer, span);
    this.#pair(answer, span);
  }

  #predictBy(version: string, answer: VersionedAnswer, { from, to }: Span): void {
    const { online, labels, examples } = answer.made;
    const { width, values } = examples!;
    const bases = this.#held.score(version, values.subarray(from * width, to * width));
    if (bases === undefined) return;
    const state = this.#combiners.numbers(version);
    const into = answer.column(version);
    for (let i = from; i < to; i += 1) {
      const base = logit(bases[i - from]!);
      const own = logit(online[i]!);
      const predicted = combiner.predict(state, 0, base, own);
      into[i] = predicted;
      combiner.learn(state, 0, base, own, predicted, labels[i]!);
    }
    this.#combiners.changed(version);
  }

  #serve(answer: VersionedAnswer, { from, to, record }: Span): void {
    const { batch, rows } = answer.made;
    const { release } = record;
    const champion = Math.max(0, answer.placeOf(record.champion, from));
    const released = release === undefined ? -1 : answer.placeOf(release.version, from);
    answer.serve(from, to, champion);
    if (release === undefined || released < 0 || release.draw.bucketsBelow === 0) return;
    const users = codesOf(batch, 'user');
    for (let i = from; i < to; i += 1) {
      takeUnit(this.#unit, batch.dictionary.text(users[rows[i]!]!));
      if (isDrawn(release.draw, this.#unit)) answer.serveRow(i, released);
    }
  }

  /** Only what both have really predicted is compared. */
  #pair(answer: VersionedAnswer, { from, to, record }: Span): void {
    const against = answer.placeOf(record.champion, from);
    if (against < 0) return;
    const add = (name: string, rest: Omit<VersionPair, 'from' | 'to' | 'version' | 'against'>) => {
      const version = answer.placeOf(name, from);
      if (version >= 0 && version !== against)
        answer.pairs.push({ from, to, version, against, ...rest });
    };
    const { release, shadows } = record;
    if (release !== undefined) {
      const { ordinal, since } = this.#stages.now;
      // The share that draws really give, of whole buckets.
      const share = release.draw.bucketsBelow / buckets;
      add(release.version, { stage: release.stage, share, ordinal, since });
    }
    for (const shadow of shadows) add(shadow, { stage: 'shadow', share: 0, ordinal: 0, since: 0 });
  }
}

/** The predictions of a batch while they are made. */
class VersionedAnswer {
  readonly made: Predictions;
  readonly pairs: VersionPair[] = [];
  readonly #versions: string[];
  readonly #columns: Float64Array[];
  readonly #served: Uint8Array;
  readonly #probabilities: Float64Array;

  /** @param online name of the learner by itself */
  constructor(made: Predictions, online: string) {
    this.made = made;
    this.#versions = [online];
    this.#columns = [made.online];
    this.#served = new Uint8Array(made.length);
    this.#probabilities = made.online.slice();
  }

  /** Of a version, for all rows: NaN at first. */
  column(version: string): Float64Array {
    const known = this.#versions.indexOf(version);
    if (known >= 0) return this.#columns[known]!;
    const column = new Float64Array(this.made.length).fill(Number.NaN);
    this.#versions.push(version);
    this.#columns.push(column);
    return column;
  }

  /** Place of a version, −1 when it did not predict the row. */
  placeOf(version: string, row: number): number {
    const place = this.#versions.indexOf(version);
    return place >= 0 && Number.isNaN(this.#columns[place]![row]!) ? -1 : place;
  }

  serve(from: number, to: number, place: number): void {
    if (place === 0) return;
    this.#served.fill(place, from, to);
    this.#probabilities.set(this.#columns[place]!.subarray(from, to), from);
  }

  serveRow(row: number, place: number): void {
    this.#served[row] = place;
    this.#probabilities[row] = this.#columns[place]![row]!;
  }

  read(): Predictions {
    return {
      ...this.made,
      probabilities: this.#probabilities,
      versions: this.#versions,
      served: this.#served,
      byVersion: this.#columns,
      ...(this.pairs.length === 0 ? {} : { pairs: this.pairs }),
    };
  }
}
