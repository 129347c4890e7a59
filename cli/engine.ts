/**
 * The engine as one process runs it: its stores, and of the planes those that its roles name; started in the order of
 * their needs and stopped in the reverse order.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { expectOrigin } from '../api/loopback.ts';
import type { EventsAnswer } from '../contracts/api.ts';
import type { ArtifactStore } from '../contracts/artifactStore.ts';
import { definitionEvent } from '../contracts/experimentRecord.ts';
import { policyEvent } from '../contracts/policyRecord.ts';
import { nameOf } from '../contracts/pseudonyms.ts';
import type { Role, Settings } from '../contracts/settings.ts';
import { openAccessBook } from '../control/access/accessBook.ts';
import { zoneOffset } from '../control/alerts/localTime.ts';
import { createAuditDesk } from '../control/audit/auditDesk.ts';
import { createAuditWriter } from '../control/audit/auditWriter.ts';
import { createAnnouncer } from '../control/definitions/announcer.ts';
import type { PartitionFacts } from '../control/engineStatus.ts';
import { type Certify, createCertifier } from '../control/experiments/certifier.ts';
import { createEventTypes } from '../control/experiments/eventTypes.ts';
import { openRegistry } from '../control/experiments/openRegistry.ts';
import type { ExperimentRegistry } from '../control/experiments/registry.ts';
import { ResultBoard } from '../control/experiments/resultBoard.ts';
import { factGatherers } from '../control/insights/gatherFacts.ts';
import { InsightBoard } from '../control/insights/insightBoard.ts';
import type { InsightKind } from '../control/insights/insightKind.ts';
import { insightKinds } from '../control/insights/kinds.ts';
import { announceObjections } from '../control/objections/announceObjections.ts';
import { openObjectionBook } from '../control/objections/objectionBook.ts';
import { openPlaceBook } from '../control/places/placeBook.ts';
import { openPolicies, type PolicyRegistry } from '../control/policies/openPolicies.ts';
import { withGroupMin } from '../control/privacy/toldResults.ts';
import type { ModelRegistry } from '../control/registry/modelRegistry.ts';
import { keepRetention } from '../control/retention/keepRetention.ts';
import { createRetentionDesk } from '../control/retention/retentionDesk.ts';
import { WatchBoard } from '../control/watching/watchBoard.ts';
import { openWatchBook, type WatchBook } from '../control/watching/watchBook.ts';
import { DataPlane } from '../pipelines/dataPlane.ts';
import { expectOwnTopic } from '../pipelines/ownTopic.ts';
import { pipelines } from '../pipelines/registry.ts';
import type { PartitionPicture } from '../pipelines/status.ts';
import { artifactAccess } from '../sinks/artifacts/artifactAccess.ts';
import { rememberReplays } from '../sinks/clickhouse/letterReplays.ts';
import { migrate } from '../sinks/clickhouse/migrate.ts';
import { type ClickHouseStore, createStore, type StoreOptions } from '../sinks/clickhouse/store.ts';
import { createDoor } from '../sources/door/door.ts';
import type { EventLog } from '../sources/log/eventLog.ts';
import { createAlertNotices } from './alertNotices.ts';
import { watchCluster } from './clusterStatus.ts';
import { type ControlPlane, startControlPlane } from './controlPlane.ts';
import { openDatabase } from './database.ts';
import { type EventPlace, openEventPlace } from './eventPlace.ts';
import { ingest } from './ingest.ts';
import { createIntake, type Intake } from './intake.ts';
import { keepAdvising } from './keepAdvising.ts';
import { keepModels } from './keepModels.ts';
import { keepWatching } from './keepWatching.ts';
import { keepLog } from './logKeeper.ts';
import { type OpenModelLife, openModelLife } from './openModelLife.ts';
import { openPseudonyms } from './openPseudonyms.ts';
import { machinePace, type Pace } from './pace.ts';
import { resend } from './resend.ts';

export interface Engine {
  /** Address of dashboard and API; '' without the role serving. */
  readonly url: string;
  readonly store: ClickHouseStore;
  readonly clickhouse: StoreOptions;
  /** The embedded event log; undefined on Kafka. */
  readonly log: EventLog | undefined;
  /** Of the log. */
  readonly partitions: number;
  readonly dataPlane: DataPlane;
  /** Undefined without the role control. */
  readonly controlPlane: ControlPlane | undefined;
  /** Undefined with the role data alone. */
  readonly experiments: ExperimentRegistry | undefined;
  readonly policies: PolicyRegistry | undefined;
  readonly models: ModelRegistry | undefined;
  /** Files of versions of models. */
  readonly artifacts: ArtifactStore | undefined;
  /** What is watched, with what belongs to it. */
  readonly watches: WatchBook | undefined;
  /** By which the process asks its own API, as `Authorization: Bearer …`; '' without the role serving. */
  readonly ownKey: string;
  /** Process that serves the embedded ClickHouse. */
  readonly clickhousePid: () => number | undefined;
  ingest(body: Uint8Array, contentType: string): Promise<EventsAnswer>;
  /** Refuses new events, commits what is under way, closes the stores. */
  stop(): Promise<void>;
}

export interface EngineOptions {
  readonly settings: Settings;
  /** Told what happens, a sentence each. */
  readonly say: (sentence: string) => void;
  /** Compiled module that the workers run; for crash tests. */
  readonly workerEntry?: URL;
  readonly workerExtra?: Readonly<Record<string, unknown>>;
  /** Of what watches, trains and releases; that of the machine by default. */
  readonly pace?: Pace;
  /** Makes the store that the main thread uses; for crash tests. */
  readonly makeStore?: typeof createStore;
  /** What is looked for; the whole catalogue by default. */
  readonly insightKinds?: readonly InsightKind[];
  /** Serve HTTP; on by default. */
  readonly serve?: boolean;
}

const root = import.meta.url.endsWith('.ts') ? '../' : '../../';
const { version } = JSON.parse(
  readFileSync(new URL(`${root}package.json`, import.meta.url), 'utf8'),
) as { version: string };

/** Since when something has waited while nothing was committed: not the time that nobody sent anything, nor that before the start. */
function waitingSince(
  log: EventLog,
  { partition, writtenOffset, committedAt }: PartitionPicture,
  startedAt: number,
): number | null {
  const takenAt = log.takenAt(partition, writtenOffset);
  return takenAt === undefined ? null : Math.max(takenAt, committedAt ?? 0, startedAt);
}

/** Pictures as the serving plane shows them. @param log the embedded one, which knows its ends itself */
function factsOf(
  pictures: readonly PartitionPicture[],
  log: EventLog | undefined,
  startedAt: number,
): PartitionFacts[] {
  return pictures.map((picture) => ({
    ...picture,
    committedOffset: picture.writtenOffset,
    endOffset: log?.end(picture.partition) ?? picture.endOffset ?? picture.writtenOffset,
    waitingSince: log === undefined ? picture.waitingSince : waitingSince(log, picture, startedAt),
  }));
}

/**
 * @throws EngineError DATA_LOCKED, PORT_BUSY, PARTITIONS_CHANGED, PSEUDONYMS_CHANGED, CONFIGURATION_INVALID, SCHEMA_FOREIGN, SINK_UNAVAILABLE, KAFKA_ABSENT,
 * KAFKA_UNAVAILABLE, REGISTRY_ABSENT or ARTIFACT_UNAVAILABLE
 */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const { settings, say, pace = machinePace } = options;
  const { clock } = pace;
  const has = (role: Role) => settings.roles.includes(role);
  const serves = has('serving') && options.serve !== false;
  if (serves) expectOrigin(settings.host, settings.origins);
  const undo: (() => Promise<unknown>)[] = [];
  const unwind = async () => {
    for (const close of undo.reverse()) await close().catch((error: unknown) => say(String(error)));
  };
  try {
    mkdirSync(settings.data, { recursive: true });
    const place: EventPlace = await openEventPlace(settings, say);
    undo.push(() => place.close());
    const { log, kafka } = place;
    // The database takes longest to start: the rest of the code is loaded beside it.
    const starting = openDatabase(settings, say);
    undo.push(async () => (await starting).close());
    let controlPlane: ControlPlane | undefined;
    const dataPlane = new DataPlane({
      pipelines: has('data') ? [...pipelines.keys()] : [],
      log: place.forDataPlane,
      limits: {
        epochMs: settings.epochMs,
        epochEvents: settings.epochEvents,
        checkpointMs: settings.checkpointMs,
      },
      onWorkerExit: (detail) => say(`A worker ended (${detail}) and is started again`),
      artifacts: artifactAccess(settings),
      onProblem: say,
      onReport(message) {
        if ('report' in message && message.report.writtenOffset !== undefined) {
          controlPlane?.written();
        }
      },
      ...(options.workerEntry === undefined ? {} : { workerEntry: options.workerEntry }),
      ...(options.workerExtra === undefined ? {} : { workerExtra: options.workerExtra }),
    });
    undo.push(() => dataPlane.stop());
    if (has('data')) dataPlane.prepare();
    const serving = serves ? import('./serving.ts') : undefined;
    const database = await starting;
    const store = (options.makeStore ?? createStore)(database.access);
    undo.push(() => store.close());
    const { applied } = await migrate(store);
    if (applied.length > 0) say(`Database schema brought up to date: ${applied.join(', ')}`);
    // The embedded log has refused another number of partitions when it was opened.
    if (kafka !== undefined && kafka.partitions > 0) {
      const { topic } = kafka.place;
      await expectOwnTopic(store, [...pipelines.keys()], { topic, partitions: kafka.partitions });
    }
    const hasEvents = [...Array(log?.partitions ?? 0).keys()].some((each) => log!.end(each) > 0);
    const keyed = await openPseudonyms({ settings, store, hasEvents, say });
    const pseudonymOf = (user: string) => nameOf(keyed?.pseudonyms, user);
    const placing = { ...place.door, ...(keyed && { pseudonyms: keyed.pseudonyms }) };
    if (has('data')) dataPlane.start(database.access, keyed?.key);
    const startedAt = Date.now();
    // Before the stores close: the workers commit what is under way.
    undo.push(() => dataPlane.stop());
    const intake = openIntake(place, dataPlane, store, say, undo);
    let registry: ExperimentRegistry | undefined;
    let certify: Certify = async () => undefined;
    if (serves || has('control')) {
      const opened = await openExperiments(place, intake, store, say);
      undo.push(() => opened.close());
      registry = opened;
      certify = createCertifier(store, opened);
    }
    let policies: PolicyRegistry | undefined;
    if (serves || has('control')) {
      const opened = await openPolicyRegistry(place, intake, store, say);
      undo.push(() => opened.close());
      policies = opened;
    }
    let life: OpenModelLife | undefined;
    if (serves || has('control')) {
      const settleMs = kafka === undefined ? 0 : otherWritersMs;
      life = await openModelLife({ settings, place, intake, store, settleMs, clock, say }, undo);
    }
    const watched = await openWatched(
      { settings, store, kafka, registry, policies, life, clock, say },
      undo,
    );
    const board = new ResultBoard();
    const advice = { board: new InsightBoard(), kinds: options.insightKinds ?? insightKinds };
    let pictures = () => dataPlane.partitions();
    const partitions = () => factsOf(pictures(), log, startedAt);
    if (has('control') && registry && policies && life) {
      const watch = () => keepWatching({ ...watched!, ...pace, store, say });
      const { models } = life;
      const { retention: days = {} } = settings;
      const { timeZone } = watched!;
      const retain = () =>
        keepRetention({ store, days, offset: zoneOffset(timeZone), clock: Date.now, say });
      const advise = () =>
        keepAdvising({
          ...{ ...watched!, ...pace, ...advice, store, say, gatherers: factGatherers },
          sources: {
            models,
            runs: life!.runs,
            experiments: registry!,
            policies: policies!,
            partitions,
          },
        });
      const lead = () => keepModels({ ...life!, store, watches: watched!.book, pace, say });
      const options = {
        store,
        kafka,
        registry,
        policies,
        models,
        objections: announceObjections({ store, append: intake.append, ...place.door }),
        board,
        certify,
        watch,
        advise,
        lead,
        retain,
        say,
      };
      const started = await startControlPlane(options);
      undo.push(() => started.stop());
      controlPlane = started;
    }
    const door = createDoor(placing);
    const take = (body: Uint8Array, contentType: string) =>
      ingest(door, intake, body, contentType, Date.now());
    let url = '';
    let ownKey = '';
    if (serving !== undefined && registry && policies && life) {
      if (kafka !== undefined) {
        const cluster = await watchCluster({
          kafka,
          store,
          pipelines: [...pipelines.values()],
          own: () => dataPlane.partitions(),
        });
        undo.push(() => cluster.close());
        pictures = () => cluster.partitions();
      }
      const { serve, openDesks, openInsightDesk, openModelDesk, openWatchDesk } = await serving;
      const objections = await openObjectionBook({ store, say });
      undo.push(() => objections.close());
      const { openPredictions } = await import('./openPredictions.ts');
      const parts = { store, policies, objections, ingest: { ingest: take }, settings, say };
      const { models } = life;
      const desks = openDesks({ ...parts, models, log: { append: intake.append, ...placing } });
      undo.push(() => desks.close());
      const predictions = openPredictions({
        ...{ ...life, store, objections, say },
        ingest: { ingest: take },
        door: placing,
      });
      undo.push(() => predictions.close());
      const auditWriter = createAuditWriter({ store, say });
      undo.push(() => auditWriter.close());
      const settleMs = kafka === undefined ? 0 : otherWritersMs;
      const accounts = await openAccessBook({
        ...{ store, say, settleMs },
        sessionMs: settings.sessionHours * 3_600_000,
        idleMs: settings.sessionIdleMinutes * 60_000,
      });
      undo.push(() => accounts.close());
      const places = await openPlaceBook({ store, say, clock, settleMs });
      undo.push(() => places.close());
      ownKey = accounts.makeOwnKey('campus', ['produce', 'decide']);
      const served = await serve(store, settings, {
        book: accounts,
        places,
        say,
        ingest: { ingest: take },
        letters: {
          resend(letters, { send }) {
            const { sendOriginals, formats } = place;
            const now = Date.now();
            return resend(letters, { door, intake, sendOriginals, formats, send, now });
          },
          remember: (letters, at) => rememberReplays(store, letters, at),
        },
        engine: {
          partitions,
          logProblem: () => intake.problem(),
        },
        experiments: {
          registry,
          fresh(experiment) {
            const result = board.get(experiment);
            return result && withGroupMin(result, settings.groupMin);
          },
          certificate: certify,
        },
        policies: desks.policies,
        users: desks.users,
        objections: desks.objections,
        watches: openWatchDesk({
          ...{ ...watched!, store },
          testRoute: (route, signal) => watched!.notices.test(route, signal),
          onAnswered: () => controlPlane?.answered(),
        }),
        insights: openInsightDesk({
          ...{ ...advice, store, clock },
          onAnswered: () => controlPlane?.advised(),
        }),
        models: openModelDesk({
          ...{ ...life, store, clock },
          outlook: (model) => controlPlane?.outlook(model),
          onAsked: () => controlPlane?.asked(),
        }),
        predictions,
        pseudonymOf,
        audit: createAuditDesk({ store, writer: auditWriter, pseudonymOf }),
        retention: createRetentionDesk({ store, days: settings.retention ?? {} }),
        version,
      });
      undo.push(() => served.close());
      url = served.url;
    }
    return {
      url,
      ownKey,
      store,
      clickhouse: database.access,
      log,
      partitions: place.door.partitions,
      dataPlane,
      controlPlane,
      experiments: registry,
      policies,
      models: life?.models,
      artifacts: life?.artifacts,
      watches: watched?.book,
      clickhousePid: () => database.pid(),
      ingest: take,
      stop: unwind,
    };
  } catch (error) {
    await unwind();
    throw error;
  }
}

interface WatchedParts {
  readonly settings: Settings;
  readonly store: ClickHouseStore;
  readonly kafka: EventPlace['kafka'];
  readonly registry: ExperimentRegistry | undefined;
  readonly policies: PolicyRegistry | undefined;
  readonly life: OpenModelLife | undefined;
  readonly clock: () => number;
  readonly say: (sentence: string) => void;
}

/** What is watched, and how people are told; undefined where nobody asks for it. */
async function openWatched(
  { settings, store, kafka, registry, policies, life, clock, say }: WatchedParts,
  undo: (() => Promise<unknown>)[],
) {
  if (registry === undefined || policies === undefined || life === undefined) return undefined;
  const timeZone = settings.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const settleMs = kafka === undefined ? 0 : otherWritersMs;
  const book = await openWatchBook({ store, say, clock, settleMs });
  undo.push(() => book.close());
  const environment = process.env;
  const notices = createAlertNotices({ store, book, settings, timeZone, environment, say });
  const happenings = {
    experiments: () =>
      registry.experiments().map(({ record: { experiment }, changes }) => {
        return { key: experiment.key, name: experiment.name, changes };
      }),
    policies: () =>
      policies.policies().map(({ record: { policy }, changes }) => {
        return { key: policy.key, name: policy.name, changes };
      }),
    models: () => life.models.models(),
    runs: () => life.runs.all().map(({ run }) => run),
    offset: zoneOffset(timeZone),
  };
  return { book, board: new WatchBoard(), timeZone, notices, happenings };
}

/** How long another process may take to write a revision of an experiment, ms: it is waited for where there may be one. */
const otherWritersMs = 100;

function openExperiments(
  { door: { partitions, withKeys = false }, kafka }: EventPlace,
  { append }: Intake,
  store: ClickHouseStore,
  say: (sentence: string) => void,
): Promise<ExperimentRegistry> {
  return openRegistry({
    store,
    announce: createAnnouncer({ eventOf: definitionEvent, append, partitions, withKeys }),
    say,
    eventTypes: createEventTypes(store),
    settleMs: kafka === undefined ? 0 : otherWritersMs,
  });
}

function openPolicyRegistry(
  { door: { partitions, withKeys = false }, kafka }: EventPlace,
  { append }: Intake,
  store: ClickHouseStore,
  say: (sentence: string) => void,
): Promise<PolicyRegistry> {
  return openPolicies({
    store,
    announce: createAnnouncer({ eventOf: policyEvent, append, partitions, withKeys }),
    say,
    settleMs: kafka === undefined ? 0 : otherWritersMs,
  });
}

function openIntake(
  { log, append }: EventPlace,
  dataPlane: DataPlane,
  store: ClickHouseStore,
  say: (sentence: string) => void,
  undo: (() => Promise<unknown>)[],
): Intake {
  if (log === undefined) return createIntake(append);
  const consumed = async () => {
    const offsets = dataPlane.committed();
    await store.barrier(); // the markers that say so may still be on their way to the disk
    return offsets;
  };
  const keeper = keepLog(log, consumed, say);
  undo.push(async () => keeper.stop());
  return createIntake(keeper.append, () => log.storedBytes);
}
