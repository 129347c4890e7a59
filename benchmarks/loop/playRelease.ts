/**
 * One release on a log of answers as the default pipeline plays it: files by ONNX Runtime, combiners, users drawn, evidence published at
 * cuts, and the release stepped by it. Only the log, the store and the registry are left out.
 */
import { Subject, share } from 'rxjs';
import type { Batch } from '../../contracts/batch.ts';
import type { ModelPlan } from '../../contracts/modelPlan.ts';
import { type ModelRecord, modelEvent, type ServedVersion } from '../../contracts/modelRecord.ts';
import { ownTypeNames } from '../../contracts/ownTypes.ts';
import type { PipelineContext, Publication } from '../../contracts/pipeline.ts';
import type { Release } from '../../contracts/release.ts';
import type { VersionScorer } from '../../contracts/versionScorer.ts';
import { isUnderWay } from '../../control/registry/releaseUnderWay.ts';
import type { StageReading } from '../../control/releases/releaseEvidence.ts';
import { beginRelease } from '../../control/releases/releaseMoves.ts';
import { servingOf } from '../../control/releases/servingOf.ts';
import { stepRelease } from '../../control/releases/stepRelease.ts';
import { InternDictionary } from '../../operators/state/internDictionary.ts';
import { createStateTables } from '../../operators/state/stateTables.ts';
import { type EventClock, watermark } from '../../operators/watermark.ts';
import { where } from '../../operators/where.ts';
import { ModelRecords } from '../../pipelines/versions/modelRecords.ts';
import { predictWithVersions } from '../../pipelines/versions/predictWithVersions.ts';
import { watchReleases } from '../../pipelines/versions/watchReleases.ts';
import { createDecoder } from '../../sources/decode/shapeDecoder.ts';
import { readStatistics } from '../support/statisticRows.ts';
import { type AnswerChunk, answerLearner, chunkOf } from './answerLog.ts';

export interface ReleaseOnLog {
  readonly chunks: readonly AnswerChunk[];
  readonly scorer: VersionScorer;
  readonly champion: ServedVersion;
  readonly challenger: ServedVersion;
  /** Chunks before the champion serves, and before the release begins. */
  readonly championAt: number;
  readonly releaseAt: number;
  readonly from: 'shadow' | 'canary';
  readonly plan: ModelPlan['release'];
  /** Draws users: of the release. */
  readonly id: string;
}

export interface EndedRelease {
  readonly release: Release;
  /** Labelled predictions of the version, while it was released. */
  readonly rows: number;
  /** Of them, those that were served. */
  readonly exposures: number;
}

const model = 'answer';
const latenessMs = 600_000;
const by = { actor: 'benchmark', reason: '' };

export function playRelease(options: ReleaseOnLog): EndedRelease {
  const { chunks, championAt, releaseAt, champion, challenger, from, plan, id } = options;
  const log = new PlayedLog(options.scorer);
  let revision = 0;
  const announce = (record: Omit<ModelRecord, 'revision' | 'model'>, at: number) => {
    revision += 1;
    const text = modelEvent({ revision, model, ...record }, at);
    log.take(chunkOf([Buffer.from(text)], at));
  };
  let release: Release | undefined;
  for (const [place, chunk] of chunks.entries()) {
    const now = chunk.receivedAt;
    if (place === championAt) announce({ champion, release: null, shadows: [] }, now);
    if (place === releaseAt) {
      const { version } = challenger;
      const named = { id, version, against: champion.version, from, superseded: [] };
      release = beginRelease(named, plan, by, now);
      log.follow(version);
      announce(
        servingOf(release, challenger, champion, { champion, release: null, shadows: [] }),
        now,
      );
    }
    log.take(chunk);
    if (release === undefined) continue;
    const stepped = stepRelease(release, plan, { stages: log.stagesOf(id) }, now);
    if (stepped === undefined) continue;
    release = stepped;
    if (!isUnderWay(release)) break;
    announce(
      servingOf(release, challenger, champion, { champion, release: null, shadows: [] }),
      now,
    );
  }
  log.close();
  if (release === undefined) throw new Error('the log ends before the release begins');
  return { release, rows: log.rows, exposures: log.exposures };
}

/** One partition of the default pipeline: of it, what predicts and what compares. */
class PlayedLog {
  /** Of the version that is followed. */
  rows = 0;
  exposures = 0;
  readonly #decoder;
  readonly #source = new Subject<Batch>();
  readonly #publications: Publication[] = [];
  readonly #stages = new Map<string, StageReading>();
  #offset = 0;
  #followed: string | undefined;

  constructor(scorer: VersionScorer) {
    const dictionary = new InternDictionary();
    const tables = createStateTables(dictionary);
    const { strings, numbers } = answerLearner.columns;
    this.#decoder = createDecoder(
      { strings: [...strings, 'context.definition'], numbers },
      dictionary,
    );
    const context: PipelineContext = {
      ...{ partition: 0, partitions: 1, tables, scorer },
      publish: (publication) => this.#publications.push(publication),
      countDuplicates: () => {},
      onProblem: (problem) => {
        throw new Error(problem);
      },
    };
    const records = new ModelRecords(tables);
    const learner = answerLearner.create(tables);
    const predictions = this.#source.pipe(
      watermark({ latenessMs, timeless: ownTypeNames, table: tables.objects<EventClock>('clock') }),
      records.take(),
      where('type', 'answered'),
      predictWithVersions(context, learner, { label: 'value', records }),
      share(),
    );
    predictions.pipe(watchReleases(context, 'learning', learner.name)).subscribe();
    predictions.subscribe(({ length, versions, served }) => {
      if (this.#followed === undefined) return;
      const place = versions.indexOf(this.#followed);
      if (place < 0) return;
      this.rows += length;
      for (let i = 0; i < length; i += 1) if (served[i] === place) this.exposures += 1;
    });
  }

  follow(version: string): void {
    this.#followed = version;
  }

  /** Up to a cut: what has changed is published. */
  take(chunk: AnswerChunk): void {
    this.#source.next(this.#decoder.decode({ ...chunk, partition: 0, firstOffset: this.#offset }));
    this.#offset += chunk.length;
    for (const { changed, settle } of this.#publications) {
      const rows = changed();
      settle?.();
      if (rows !== undefined) for (const reading of readStatistics(rows)) this.#read(reading);
    }
  }

  stagesOf(id: string): StageReading[] {
    return [...this.#stages].flatMap(([stage, reading]) =>
      stage.startsWith(`${id}:`) ? [{ ...reading, stage: stage.slice(id.length + 1) }] : [],
    );
  }

  close(): void {
    this.#source.complete();
  }

  #read({ name, key, figures }: ReturnType<typeof readStatistics>[number]): void {
    const stage = key[3]!;
    const of = (figure: string) => figures.get(figure) ?? 0;
    const finite = (figure: string) => (Number.isFinite(figures.get(figure)) ? of(figure) : null);
    const known = this.#stages.get(stage) ?? { stage, paired: { count: 0, sum: 0, squares: 0 } };
    if (name === 'release_paired') {
      const paired = { count: of('count'), sum: of('sum'), squares: of('squares') };
      this.#stages.set(stage, { ...known, paired });
    } else if (name === 'release_arms') {
      const arms = {
        ...{
          users: of('treatmentUnits'),
          others: of('controlUnits'),
          difference: finite('effect'),
        },
        ...{ lower: finite('lower'), upper: finite('upper'), lnWorse: of('lnELower') },
      };
      this.#stages.set(stage, { ...known, arms });
    }
  }
}
