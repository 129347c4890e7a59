/**
 * Counts what experiments need of the stream: who was exposed to what, and what each unit scored at a fixed age after it.
 *
 * Rows are taken in the order of the log. A definition holds from its own row on. A user's first exposure opens the unit;
 * events within the window of a metric are added up; when the watermark has passed the end of the window, no event on time
 * can belong to it any more, and the unit is counted: once, whatever came when. So the counts are a function of the rows alone,
 * not of batches, epochs or clocks, and valid tests may be made of them at any time (Lindon & Kallus 2026, 2603.25971).
 *
 * Of whoever objects nothing more is taken: no exposure, no outcome, no past. Units that were open stay what they were at the objection,
 * and are scored at their age like all others. To leave them out would compare whom one variant has driven away with whom the other
 * has not; and to score them at once would show the sooner score of one variant before that of the other. So what is compared is what
 * units do while they do not object (ICH E9 (R1), 2019, 3.2.4: the while-on-treatment strategy), and assignment alone tells the arms
 * apart. How many there were is counted by variant.
 *
 * A unit that was seen in another variant before its window ended is counted as crossed and not scored. Members of clusters
 * are scored one by one like users, and counted by the day on which they came; which of them make up the cluster is for the
 * reader to say, who alone sees all partitions (`gatherClusters`).
 */
import { map, type OperatorFunction } from 'rxjs';
import { type Batch, codesOf, doesObject, numbersOf, watermarksOf } from '../../contracts/batch.ts';
import { clusterDayText } from '../../contracts/clusterDay.ts';
import { definitionUser } from '../../contracts/definitionRecord.ts';
import { EngineError } from '../../contracts/errors.ts';
import { definitionType } from '../../contracts/experimentRecord.ts';
import { exposureType } from '../../contracts/exposureFields.ts';
import { objectionType } from '../../contracts/objection.ts';
import type { PipelineContext } from '../../contracts/pipeline.ts';
import { metricWidth, readMetric } from '../../models/measure/accumulator.ts';
import { EventReader } from '../../models/measure/eventReader.ts';
import { addMatched, matchesOf } from '../../models/measure/matchedEvent.ts';
import { addOutcome } from '../../models/measure/outcomeScale.ts';
import { refuseRowsOf } from '../../operators/refuseRows.ts';
import { periodOf } from '../../stats/sequential/periodOf.ts';
import { unitUniform } from '../../stats/sequential/unitUniform.ts';
import { ClusterDays, dayMs } from './clusterDays.ts';
import { clusterCells, covariateCells, exposureCells, outcomeCells } from './counts.ts';
import { covariatesOf, figuresOf } from './covariates.ts';
import { type CountedExperiment, type CountedMetric, Definitions } from './definitions.ts';
import { type Exposure, readExposure } from './exposure.ts';
import { type Due, type OpenExposure, OpenUnits, type OpenUser } from './openUnits.ts';
import { PastBook } from './pastBook.ts';
import { Segments } from './segments.ts';

const hour = 3_600_000;
/** Pairs of user and experiment that are remembered in a partition: beyond, the least recently exposed may count again. */
const pairsMax = 4_000_000;
/** Of the pair: place of the variant + 1, and 1 once it was seen in another. */
const pairWidth = 2;

/** Behind `watermark`; the batches pass on, with what was refused among their refusals. */
export function countExperiments(
  context: PipelineContext,
  pipeline: string,
): OperatorFunction<Batch, Batch> {
  const counter = new Counter(context, pipeline);
  return map((batch) => counter.take(batch));
}

class Counter {
  readonly #dictionary;
  readonly #definitions;
  readonly #units;
  readonly #seen;
  readonly #segments;
  readonly #past;
  readonly #exposures;
  readonly #outcomes;
  readonly #clusters;
  readonly #covariates;
  readonly #clusterDays;
  readonly #reader = new EventReader();

  constructor(context: PipelineContext, pipeline: string) {
    const { tables } = context;
    this.#dictionary = tables.dictionary;
    this.#definitions = new Definitions(tables);
    this.#units = new OpenUnits(tables, (exposure) => this.#dueAt(exposure));
    this.#seen = tables.numbers('experiment-units-seen', { width: pairWidth, keysMax: pairsMax });
    this.#segments = new Segments(tables);
    this.#past = new PastBook(tables);
    const countedMetric = (experiment: string, metric: string) =>
      this.#definitions.get(experiment)!.metrics.find((each) => each.metric.key === metric)!;
    this.#exposures = exposureCells(context, pipeline);
    this.#outcomes = outcomeCells(
      context,
      pipeline,
      (experiment, metric) => countedMetric(experiment, metric).scale.bins,
    );
    this.#clusters = clusterCells(context, pipeline);
    this.#covariates = covariateCells(context, pipeline, (experiment, metric) =>
      countedMetric(experiment, metric).adjusted!.moments.initial(),
    );
    this.#clusterDays = new ClusterDays(
      tables,
      this.#definitions,
      (experiment, metric, days, offset) => {
        const name = clusterDayText({ day: 0, cluster: '' });
        this.#clusters.at([experiment, metric, '0', '0', name], offset).units = days;
      },
    );
  }

  take(batch: Batch): Batch {
    const types = codesOf(batch, 'type');
    const users = codesOf(batch, 'user');
    const watermarks = watermarksOf(batch);
    const definition = this.#dictionary.find(definitionType);
    const exposure = this.#dictionary.find(exposureType);
    const objection = this.#dictionary.find(objectionType);
    return refuseRowsOf(batch, (row) => {
      const watermark = watermarks[row]!;
      if (this.#units.nextDue <= watermark) this.#score(watermark, batch.offsets[row]!);
      this.#clusterDays.advance(watermark, batch.offsets[row]!);
      const type = types[row]!;
      if (type === definition) this.#takeDefinition(batch, row);
      else if (doesObject(batch, row, 'experiments')) {
        if (type === objection) this.#leave(users[row]!, batch.offsets[row]!);
      } else if (type === exposure) this.#takeExposure(batch, row, watermark);
      else if (this.#units.size > 0 || this.#definitions.pasts.length > 0) {
        this.#takeEvent(batch, row, users[row]!, watermark);
      }
    });
  }

  /** The open units of a user stay as they are until they are scored. */
  #leave(code: number, offset: number): void {
    const user = this.#units.of(code);
    if (user === undefined) return;
    for (const exposure of user.exposures) {
      if (exposure.hasObjected === true) continue;
      exposure.hasObjected = true;
      const { experiment, variant, stage, at } = exposure;
      const cell = this.#cellOf(experiment, variant, stage, at, offset);
      cell.objected = (cell.objected ?? 0) + 1;
    }
    this.#units.changed(code);
  }

  #takeDefinition(batch: Batch, row: number): void {
    this.#reader.moveTo(batch, row);
    if (this.#reader.read('user') !== definitionUser) {
      throw new EngineError(
        'EXPERIMENT_INVALID',
        `type: ${definitionType} is the engine's own; define experiments at /v1/experiments`,
      );
    }
    this.#definitions.take(this.#reader.read('context.definition'));
  }

  #takeExposure(batch: Batch, row: number, watermark: number): void {
    this.#reader.moveTo(batch, row);
    const exposure = readExposure(this.#reader.json()['context'], this.#definitions);
    const at = numbersOf(batch, 'time')[row]!;
    if (exposure === undefined || at < watermark) return;
    const { counted, variant, stage } = exposure;
    if (at < counted.startAt) return;
    const { key } = counted.experiment;
    const user = codesOf(batch, 'user')[row]!;
    const clock = Math.min(at, batch.receivedAt);
    const pair = this.#seen.atPair(user, this.#dictionary.internText(key), clock);
    const { values } = this.#seen;
    const offset = batch.offsets[row]!;
    if (values[pair] === 0) {
      values[pair] = variant + 1;
      this.#cellOf(key, variant, stage, at, offset).units += 1;
      this.#open(user, exposure, at, clock);
      if (exposure.cluster !== '') this.#clusterDays.begin(key, offset);
      return;
    }
    if (values[pair] === variant + 1) return;
    const first = this.#units.of(user)?.exposures.find(({ experiment }) => experiment === key);
    if (first?.hasObjected === true) return;
    if (first !== undefined && at < first.crossedAt) {
      first.crossedAt = at;
      this.#units.changed(user);
    }
    if (values[pair + 1] === 1) return;
    values[pair + 1] = 1;
    this.#cellOf(key, values[pair]! - 1, stage, at, offset).crossed += 1;
  }

  #cellOf(key: string, variant: number, stage: number, at: number, offset: number) {
    const start = Math.floor(at / hour) * hour;
    return this.#exposures.at([key, `${variant}`, `${stage}`, `${start}`], offset);
  }

  #open(user: number, exposure: Exposure, at: number, clock: number): void {
    const { counted, variant, stage, cluster, segments } = exposure;
    if (counted.metrics.length === 0) return;
    this.#units.open(user, {
      experiment: counted.experiment.key,
      variant,
      stage,
      period: periodOf(at - counted.startAt),
      at,
      cluster,
      segments: this.#segments.of(counted.experiment, segments),
      crossedAt: Infinity,
      scored: 0,
      values: new Float64Array(counted.metrics.length * metricWidth),
      ...this.#known(counted, user, clock),
    });
  }

  /** What is known of a unit at its exposure, at which the reader stands. */
  #known(counted: CountedExperiment, user: number, clock: number) {
    if (counted.covariateWidth === 0) return {};
    return { covariates: covariatesOf(counted, this.#past, this.#reader, user, clock) };
  }

  #takeEvent(batch: Batch, row: number, code: number, watermark: number): void {
    const time = numbersOf(batch, 'time')[row]!;
    if (time < watermark) return;
    this.#reader.moveTo(batch, row);
    const { pasts } = this.#definitions;
    if (pasts.length > 0 && code >= 0) {
      this.#past.take(pasts, this.#reader, code, Math.min(time, batch.receivedAt));
    }
    const user = this.#units.of(code);
    if (user !== undefined) this.#takeOutcome(user, code, time);
  }

  /** Takes the event at which the reader stands. */
  #takeOutcome(user: OpenUser, code: number, time: number): void {
    const type = this.#reader.read('type') as string;
    let changed = false;
    for (const exposure of user.exposures) {
      if (time < exposure.at || exposure.hasObjected === true) continue;
      const { metrics } = this.#definitions.get(exposure.experiment)!;
      for (let m = exposure.scored; m < metrics.length; m += 1) {
        const { metric, types } = metrics[m]!;
        if (time >= exposure.at + metric.windowMs) continue;
        if (types !== undefined && !types.has(type)) continue;
        const matches = matchesOf(metric, this.#reader);
        if (matches === 0) continue;
        addMatched(metric, matches, this.#reader, exposure.values, m * metricWidth, time);
        changed = true;
      }
    }
    if (changed) this.#units.changed(code);
  }

  /** When the next metric is due: no event before `at + windowMs` can come any more once the watermark is there. */
  #dueAt({ experiment, at, scored }: OpenExposure): number {
    const next = this.#definitions.get(experiment)?.metrics[scored];
    return next === undefined ? Infinity : at + next.metric.windowMs;
  }

  #score(watermark: number, offset: number): void {
    for (let due = this.#units.takeDue(watermark); due !== undefined; ) {
      const { exposure } = due;
      const { metrics } = this.#definitions.get(exposure.experiment)!;
      while (this.#dueAt(exposure) <= watermark) {
        this.#scoreMetric(due, metrics[exposure.scored]!, offset);
        exposure.scored += 1;
      }
      this.#units.settle(due);
      due = this.#units.takeDue(watermark);
    }
  }

  #scoreMetric({ code, exposure }: Due, counted: CountedMetric, offset: number): void {
    const { metric, scale, seed } = counted;
    if (exposure.crossedAt < exposure.at + metric.windowMs) return;
    const { experiment, variant, stage, period, cluster, segments, at } = exposure;
    const measured = readMetric(metric, exposure.values, exposure.scored * metricWidth);
    const key = [experiment, metric.key, `${variant}`, `${stage}`];
    if (cluster !== '') {
      const { startAt } = this.#definitions.get(experiment)!;
      const day = Math.floor((at - startAt) / dayMs);
      const cell = this.#clusters.at([...key, clusterDayText({ day, cluster })], offset);
      cell.units += 1;
      addOutcome(scale, cell.sums, measured);
      return;
    }
    const draw = unitUniform(seed, this.#dictionary.text(code), 0);
    const bin = scale.binOf(measured, draw);
    for (const segment of ['', ...segments]) {
      const cell = this.#outcomes.at([...key, `${period}`, segment], offset);
      cell.units += 1;
      cell.bins[bin]! += 1;
      addOutcome(scale, cell.sums, measured);
    }
    const { adjusted } = counted;
    if (adjusted === undefined || exposure.covariates === undefined) return;
    const figures = figuresOf(counted, adjusted, measured, exposure.covariates);
    adjusted.moments.step(this.#covariates.at(key, offset), figures);
  }
}
