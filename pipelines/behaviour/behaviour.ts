/**
 * Finds keys that behave unlike the others: what each did in a window, judged when the window ends, within a budget of findings a week.
 *
 * ```ts
 * judged.pipe(behaviour(context, 'learning', { name: 'answering', type: 'answered', by: ['user'], windowMs: 600_000 }))
 * ```
 *
 * One model of the crowd for each partition, shared by all keys: a key costs a row while its window is open and nothing while it is
 * idle. When the watermark passes a window's end, each of its keys with at least `leastCount` events is judged by `crowdModel`; what
 * is rarer than budget / (judgements a week × partitions) is found, and becomes a row of the table `findings`. So a behaviour that
 * begins is found window + lateness later, when it fills enough of its first window, else a window later still.
 *
 * All are learnt from, what was found too: what one in some hundred windows does is usual. Where most keys of a window would be found it
 * is the crowd that has changed: that is no finding about any key, and is learnt at once.
 */
import { concatMap, from, type OperatorFunction } from 'rxjs';
import { type Batch, codesOf, numbersOf, watermarksOf } from '../../contracts/batch.ts';
import { bytesOf } from '../../contracts/bytes.ts';
import { canonicalJson } from '../../contracts/canonicalJson.ts';
import { eraseType } from '../../contracts/eraseRecord.ts';
import { murmur3 } from '../../contracts/hash.ts';
import type { PipelineContext } from '../../contracts/pipeline.ts';
import type { Rows } from '../../contracts/rows.ts';
import type { ObjectTable } from '../../contracts/stateTable.ts';
import { type AlarmBudgetState, alarmBudget } from '../../models/anomaly/alarmBudget.ts';
import { type CrowdModel, type CrowdState, crowdModel } from '../../models/anomaly/crowdModel.ts';
import { keyReader, keySeparator } from '../../operators/keyReader.ts';
import {
  createOpenRows,
  type OpenRows,
  type OpenRowsWindow,
} from '../../operators/state/openRows.ts';
import { expectDuration } from '../../operators/windowReadings.ts';
import {
  addEvent,
  type Feature,
  type FeatureLayout,
  featureLayout,
  rowAt,
  standardFeatures,
} from './features.ts';
import { type Finding, findingRows } from './findingRows.ts';

export interface BehaviourOptions {
  /** Under which findings are read; lower-case words and hyphens. */
  readonly name: string;
  /** Events that make the behaviour. */
  readonly type: string;
  /** String columns that make the key, `user` among them: the events of another key are in several partitions. */
  readonly by: readonly string[];
  /** Length of a window, whole ms. */
  readonly windowMs: number;
  /** By default `standardFeatures`. */
  readonly features?: readonly Feature[];
  /** Findings a week, over all keys and partitions, when nobody is unlike the others: expected at most so many. By default 0.5. */
  readonly budgetPerWeek?: number;
  /** Events of a window below which a key is not judged. By default 4. */
  readonly leastCount?: number;
  /** Most keys of one window in one partition; later ones are not judged. 20,000 by default: 120 bytes each. */
  readonly keysMax?: number;
}

/** What a partition knows of the crowd. */
interface Crowd {
  readonly model: CrowdState;
  readonly budget: AlarmBudgetState;
}

/** Vectors that the crowd's sample holds: some 130 KB with its fit. */
const sampleMax = 2_048;
const crowdKey = 'crowd';
/** Findings of one window from which on the crowd may be what has changed. */
const manyFound = 5;

/** Behind `watermark`; takes all events, erasures among them. @throws RangeError naming the option that is out of range */
export function behaviour(
  context: PipelineContext,
  pipeline: string,
  options: BehaviourOptions,
): OperatorFunction<Batch, Rows> {
  const watch = new BehaviourWatch(context, options);
  const rowsOf = findingRows(pipeline, options.name, context.partition);
  return concatMap((batch) => {
    const findings = watch.take(batch);
    return from(findings.length === 0 ? [] : [rowsOf(findings)]);
  });
}

class BehaviourWatch {
  readonly #type: string;
  readonly #by: readonly string[];
  readonly #leastCount: number;
  readonly #budget: number;
  readonly #layout: FeatureLayout;
  readonly #model: CrowdModel;
  readonly #rows: OpenRows;
  readonly #crowds: ObjectTable<Crowd>;
  readonly #keyOf: ReturnType<typeof keyReader>;
  readonly #textOf: (code: number) => string;

  constructor({ tables, partitions }: PipelineContext, options: BehaviourOptions) {
    const { name, type, by, windowMs, features = standardFeatures } = options;
    const { budgetPerWeek = 0.5, leastCount = 4, keysMax = 20_000 } = options;
    expectDuration('windowMs', windowMs);
    if (!by.includes('user')) {
      throw new RangeError(`by: expected user among the keys, got ${by.join(', ') || 'none'}`);
    }
    if (!(budgetPerWeek > 0 && budgetPerWeek < Infinity)) {
      throw new RangeError(`budgetPerWeek: expected above 0 and finite, got ${budgetPerWeek}`);
    }
    if (!(Number.isSafeInteger(leastCount) && leastCount >= 2)) {
      throw new RangeError(`leastCount: expected an integer ≥ 2, got ${leastCount}`);
    }
    this.#type = type;
    this.#by = by;
    this.#leastCount = leastCount;
    this.#budget = budgetPerWeek / partitions;
    this.#layout = featureLayout(features);
    this.#model = crowdModel({ sides: this.#layout.sides, sampleMax, seed: 1 });
    const meaning = new TextEncoder().encode(
      canonicalJson({ type, by, windowMs, features: [...features], leastCount, sampleMax }),
    );
    const version = murmur3(bytesOf(meaning), 0, meaning.length, 0);
    const { width } = this.#layout;
    this.#rows = createOpenRows(tables, `behaviour-${name}`, { width, windowMs, keysMax, version });
    this.#crowds = tables.objects<Crowd>(`behaviour-${name}-crowd`, version);
    this.#keyOf = keyReader(by);
    this.#textOf = (code) => tables.dictionary.text(code);
  }

  take(batch: Batch): Finding[] {
    const types = codesOf(batch, 'type');
    const times = numbersOf(batch, 'time');
    const values = numbersOf(batch, 'value');
    const means = this.#layout.means.map((column) => numbersOf(batch, column));
    const watermarks = watermarksOf(batch);
    const codeAt = this.#keyOf(batch);
    const wanted = batch.dictionary.find(this.#type);
    const erased = batch.dictionary.find(eraseType);
    const rows = this.#rows;
    const findings: Finding[] = [];
    for (let index = 0; index < batch.length; index += 1) {
      const watermark = watermarks[index]!;
      while (rows.nextEnd <= watermark) this.#judge(rows.close(watermark)!, findings);
      const type = types[index]!;
      if (type !== wanted) {
        if (type === erased && type >= 0) this.#forget(codesOf(batch, 'user')[index]!);
        continue;
      }
      const code = codeAt(index);
      const time = times[index]!;
      if (code < 0 || time < watermark) continue;
      const window = rows.window(time);
      const row = window === undefined ? -1 : rows.at(window, code);
      if (row < 0) continue;
      const at = row * rows.width;
      addEvent(window!.values, at, time, values[index]!, batch.offsets[index]!);
      for (let i = 0; i < means.length; i += 1) {
        const value = means[i]![index]!;
        if (Number.isNaN(value)) continue;
        window!.values[at + rowAt.means + 2 * i]! += value;
        window!.values[at + rowAt.means + 2 * i + 1]! += 1;
      }
    }
    return findings;
  }

  #forget(user: number): void {
    if (user < 0) return;
    const name = this.#textOf(user);
    const place = this.#by.indexOf('user');
    this.#rows.forget((key) => key.split(keySeparator)[place] === name);
  }

  #judge({ start, end, length, codes, values }: OpenRowsWindow, into: Finding[]): void {
    const crowd = this.#crowds.get(crowdKey) ?? {
      model: this.#model.initial(),
      budget: alarmBudget.initial(),
    };
    const vector = new Float64Array(this.#layout.names.length);
    const judgement = this.#model.judgement();
    const found: Finding[] = [];
    const strange: Float64Array[] = [];
    let judged = 0;
    for (let row = 0; row < length; row += 1) {
      const at = row * this.#rows.width;
      if (codes[row]! < 0 || values[at + rowAt.count]! < this.#leastCount) continue;
      judged += 1;
      this.#layout.read(values, at, vector);
      alarmBudget.count(crowd.budget, start);
      const perWeek = alarmBudget.perWeek(crowd.budget);
      this.#model.judge(crowd.model, vector, judgement);
      // A sample's length of vectors is remembered for about a week.
      const share = Math.min(1, sampleMax / perWeek);
      // Also of what is found: a sample without its rarest would take ever more for rare.
      this.#model.learn(crowd.model, vector, share);
      if (!alarmBudget.alarms(crowd.budget, judgement.pValue, this.#budget)) continue;
      strange.push(vector.slice());
      found.push({
        key: this.#textOf(codes[row]!).split(keySeparator),
        start,
        end,
        lastOffset: values[at + rowAt.offset]!,
        score: judgement.score,
        pValue: judgement.pValue,
        figures: this.#named((i) => this.#layout.figure(i, vector[i]!)),
        expected: this.#named((i) => this.#layout.figure(i, this.#model.median(crowd.model, i))),
        shares: this.#named((i) => judgement.surprises[i]! / judgement.score),
      });
    }
    if (found.length >= manyFound && 2 * found.length > judged) {
      for (const each of strange) this.#model.learn(crowd.model, each, 1);
    } else into.push(...found);
    if (judged > 0) this.#crowds.set(crowdKey, crowd);
  }

  /** Of each feature that has a value. */
  #named(of: (feature: number) => number): [string, number][] {
    return this.#layout.names
      .map((name, i): [string, number] => [name, of(i)])
      .filter(([, value]) => !Number.isNaN(value));
  }
}
