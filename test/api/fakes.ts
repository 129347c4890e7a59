/** A server on plain values: what each route needs of the world, and nothing behind it. */
import type { FastifyInstance } from 'fastify';
import type { HealthReader } from '../../api/healthMonitor.ts';
import { createQueries, type Queries } from '../../api/queries/queries.ts';
import { buildServer, type ServerDependencies } from '../../api/server.ts';
import type { EventsAnswer } from '../../contracts/api.ts';
import type { EngineStatus, PartitionFacts } from '../../control/engineStatus.ts';
import { createRegistry, type RegistryOptions } from '../../control/experiments/openRegistry.ts';
import { memoryDefinitions } from '../support/memoryDefinitions.ts';

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
export function registryOf(options: Partial<RegistryOptions> = {}) {
  return createRegistry({
    store: memoryDefinitions(),
    announce: async () => {},
    say: () => {},
    clock: () => now,
    pollMs: 1_000_000,
    ...options,
  });
}

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
    dashboard: '/nonexistent',
    clock: () => now,
    ...dependencies,
  });
}
