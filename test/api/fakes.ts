/** A server on plain values: what each route needs of the world, and nothing behind it. */
import type { FastifyInstance } from 'fastify';
import { type ServerAccess, serverAccess } from '../../api/access/serverAccess.ts';
import { createDecisionWriter } from '../../api/decisions/decisionWriter.ts';
import {
  createPolicyDesk,
  type DeskOptions,
  type PolicyDesk,
} from '../../api/decisions/policyDesk.ts';
import type { HealthReader } from '../../api/healthMonitor.ts';
import {
  createInsightDesk,
  type InsightDesk,
  type InsightDeskOptions,
} from '../../api/insightDesk.ts';
import { createModelDesk, type ModelDesk, type ModelDeskOptions } from '../../api/modelDesk.ts';
import type { ObjectionDesk } from '../../api/objectionDesk.ts';
import { createQueries, type Queries } from '../../api/queries/queries.ts';
import type { EventIngest } from '../../api/routes/events.ts';
import type { UserDesk } from '../../api/routes/users.ts';
import { buildServer, type ServerDependencies } from '../../api/server.ts';
import { createWatchDesk, type WatchDesk, type WatchDeskOptions } from '../../api/watchDesk.ts';
import type { EventsAnswer } from '../../contracts/api.ts';
import type { Store } from '../../contracts/store.ts';
import { AccessBook } from '../../control/access/accessBook.ts';
import type { AuditDesk } from '../../control/audit/auditDesk.ts';
import type { EngineStatus, PartitionFacts } from '../../control/engineStatus.ts';
import {
  createRegistry,
  type ExperimentRegistryOptions,
} from '../../control/experiments/openRegistry.ts';
import { InsightBoard } from '../../control/insights/insightBoard.ts';
import {
  createPlaceBook,
  type PlaceBook,
  type PlaceBookOptions,
} from '../../control/places/placeBook.ts';
import { Deciders } from '../../control/policies/deciders.ts';
import { LearntSums } from '../../control/policies/learntSums.ts';
import { createPolicies } from '../../control/policies/openPolicies.ts';
import { createModelRegistry } from '../../control/registry/openModelRegistry.ts';
import { Releasing } from '../../control/releases/releasing.ts';
import { createRetentionDesk } from '../../control/retention/retentionDesk.ts';
import { createTrainingBook } from '../../control/retraining/trainingBook.ts';
import { WatchBoard } from '../../control/watching/watchBoard.ts';
import { createWatchBook } from '../../control/watching/watchBook.ts';
import { memoryArtifacts } from '../support/fakeRetraining.ts';
import { memoryAccess } from '../support/memoryAccess.ts';
import { memoryDefinitions } from '../support/memoryDefinitions.ts';
import { memoryPlaces } from '../support/memoryPlaces.ts';

export const now = Date.UTC(2026, 0, 15, 10);

export function partition(facts: Partial<PartitionFacts> = {}): PartitionFacts {
  return {
    pipeline: 'learn',
    version: 1,
    summary: 'Learns from every answer.',
    partition: 0,
    state: 'running',
    detail: null,
    committedOffset: 1_000,
    endOffset: 1_000,
    eventsPerSecond: 100,
    commitMs: 12,
    committedAt: now - 400,
    waitingSince: null,
    tables: [{ name: 'users', keys: 10 }],
    ...facts,
  };
}

export function engineOf(...partitions: PartitionFacts[]): EngineStatus {
  return { partitions: () => partitions };
}

/** Every question has an empty answer, unless a test gives another. */
export function queriesOf({
  health,
  ...answers
}: Partial<Omit<Queries, 'health'>> & { health?: Partial<HealthReader> } = {}): Queries {
  const empty = createQueries({ query: async () => [] });
  return { ...empty, ...answers, health: { ...empty.health, ...health } };
}

/** An empty registry in memory; its log takes everything. */
export function registryOf(options: Partial<ExperimentRegistryOptions> = {}) {
  return createRegistry({
    store: memoryDefinitions(),
    announce: async () => {},
    say: () => {},
    clock: () => now,
    pollMs: 1_000_000,
    ...options,
  });
}

/** A desk for policies in memory: nothing was ever learnt, its log takes what `ingest` takes. */
export function policyDeskOf(
  ingest: EventIngest = { ingest: async () => accepted },
  options: Partial<Pick<DeskOptions, 'affinities' | 'objections' | 'durableFirst' | 'clock'>> = {},
): PolicyDesk {
  const store = memoryDefinitions();
  const registry = createPolicies({
    ...{ store, say: () => {}, clock: () => now, pollMs: 1_000_000 },
    announce: async () => {},
  });
  const sums = new LearntSums({ store });
  return createPolicyDesk({
    registry,
    deciders: new Deciders({ inForce: (key) => registry.inForce(key), sums, clock: () => now }),
    writer: createDecisionWriter(ingest),
    affinities: { affinity: () => 0 },
    objections: { objects: () => false },
    durableFirst: true,
    onUnwritten: () => {},
    onWritten: () => {},
    clock: () => now,
    ...options,
  });
}

/** Definitions in memory; every other question has an empty answer. */
export function watchDeskOf(options: Partial<WatchDeskOptions> = {}): WatchDesk {
  const definitions = memoryDefinitions();
  const store: Store = {
    ...definitions,
    query: async (sql, parameters) =>
      sql.includes('experiment_definitions') ? definitions.query(sql, parameters) : [],
  };
  const book = createWatchBook({ store, say: () => {}, clock: () => now, pollMs: 1_000_000 });
  return createWatchDesk({
    ...{ store, book, board: new WatchBoard(), timeZone: 'UTC', clock: () => now },
    happenings: {
      ...{ experiments: () => [], policies: () => [], models: () => [], runs: () => [] },
      offset: () => 0,
    },
    testRoute: async () => ({ outcome: 'sent', problem: null }),
    onAnswered: () => {},
    ...options,
  });
}

/** Models, runs and releases in memory; nothing is known of how versions do. */
export function modelDeskOf(options: Partial<ModelDeskOptions> = {}): ModelDesk {
  const definitions = memoryDefinitions();
  const store: Store = {
    ...definitions,
    query: async (sql, parameters) =>
      sql.includes('experiment_definitions') ? definitions.query(sql, parameters) : [],
  };
  const kept = { store, say: () => {}, clock: () => now, pollMs: 1_000_000 };
  const models = options.models ?? createModelRegistry({ ...kept, announce: async () => {} });
  const readEvidence = async () => ({ stages: [] });
  return createModelDesk({
    ...{ store, models, runs: createTrainingBook(kept), clock: () => now },
    releasing: new Releasing({ registry: models, readEvidence, clock: () => now }),
    artifacts: memoryArtifacts(),
    outlook: () => undefined,
    onAsked: () => {},
    ...options,
  });
}

/** No kinds and no cards, unless a store has some. */
export function insightDeskOf(options: Partial<InsightDeskOptions> = {}): InsightDesk {
  return createInsightDesk({
    ...{ store: memoryDefinitions(), kinds: [], board: new InsightBoard() },
    ...{ onAnswered: () => {}, clock: () => now, ...options },
  });
}

/** Knows nobody. */
export const userDesk: UserDesk = {
  read: async (user) => ({ user, preferences: [], decisions: [] }),
  readPlaced: async () => undefined,
  exportedPlaced: async () => undefined,
  exported: async function* () {},
  erase: async (user) => ({
    ...{ user, erasure: 'erase-1', at: now, isForgotten: true, isFinal: true },
    ...{ removed: [], learntFrom: [], kept: [] },
  }),
};

/** Takes every entry and keeps none. */
export const auditDesk: AuditDesk = {
  trail: { record: async () => {} },
  isCursor: () => true,
  read: async () => ({ entries: [], next: null }),
  exported: async function* () {},
  check: async () => ({ entries: 0, chains: 0, broken: [], heads: '', sentence: '' }),
};
/** Nobody has an account, and it is asked on its own machine. */
export function accessOf(
  book = new AccessBook({
    store: memoryAccess(),
    say: () => {},
    clock: () => now,
    pollMs: 1_000_000,
  }),
): ServerAccess {
  return serverAccess({ book, host: '127.0.0.1', origins: [] });
}

/** No places, in memory. */
export function placeBookOf(options: Partial<PlaceBookOptions> = {}): PlaceBook {
  return createPlaceBook({
    store: memoryPlaces(),
    ...{ say: () => {}, clock: () => now, pollMs: 1_000_000, ...options },
  });
}

/** Nobody has signed in, no key was used. */
export const lastUses = { signIns: async () => new Map(), keys: async () => new Map() };
/** Nobody objects. */
export const objectionDesk: ObjectionDesk = {
  objects: () => false,
  read: async (user) => ({ user, to: [], since: null, actor: '', reason: '' }),
  list: async () => ({ total: 0, objections: [], next: null }),
  change: async (user, to) => ({
    ...{ user, record: 'objection-1', at: now, to: [...to], before: [], isHeard: null },
    ...{ removed: [], consequences: [] },
  }),
  changeAll: async () => ({ taken: 0, refused: 0, objections: [] }),
};

export const accepted: EventsAnswer = { accepted: 1, refused: 0, refusals: [] };

/** Built but not listening; `app.inject` asks it. */
export function serverOf(dependencies: Partial<ServerDependencies> = {}): FastifyInstance {
  return buildServer({
    ingest: { ingest: async () => accepted },
    letters: { resend: async (letters) => letters.map(() => null), remember: async () => {} },
    queries: queriesOf(),
    engine: engineOf(partition()),
    experiments: {
      registry: registryOf(),
      fresh: () => undefined,
      certificate: async () => undefined,
    },
    policies: policyDeskOf(dependencies.ingest),
    users: userDesk,
    objections: objectionDesk,
    watches: watchDeskOf(),
    insights: insightDeskOf(),
    models: modelDeskOf(),
    predictions: { predict: async () => undefined },
    audit: auditDesk,
    retention: createRetentionDesk({ store: { query: async () => [] }, days: {} }),
    access: accessOf(),
    places: placeBookOf(),
    lastUses,
    dashboard: '/nonexistent',
    clock: () => now,
    ...dependencies,
  });
}
