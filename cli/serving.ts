/** The serving plane on a running engine. A module of its own, so that it is loaded while the database starts. */
import { createDecisionWriter } from '../api/decisions/decisionWriter.ts';
import { createPolicyDesk, type PolicyDesk } from '../api/decisions/policyDesk.ts';
import { listen } from '../api/listen.ts';
import { createQueries } from '../api/queries/queries.ts';
import type { EventIngest } from '../api/routes/events.ts';
import { buildServer, type ServerDependencies } from '../api/server.ts';
import type { Settings } from '../contracts/settings.ts';
import { createTellOnce } from '../control/definitions/tellOnce.ts';
import { Deciders } from '../control/policies/deciders.ts';
import { keepLearnt } from '../control/policies/keepLearnt.ts';
import { LearntSums } from '../control/policies/learntSums.ts';
import type { PolicyRegistry } from '../control/policies/openPolicies.ts';
import type { ClickHouseStore } from '../sinks/clickhouse/store.ts';

export interface Serving {
  readonly url: string;
  close(): Promise<unknown>;
}

/** @throws EngineError PORT_BUSY or CONFIGURATION_INVALID */
export async function serve(
  store: ClickHouseStore,
  { host, port }: Pick<Settings, 'host' | 'port'>,
  dependencies: Omit<ServerDependencies, 'queries'>,
): Promise<Serving> {
  const server = buildServer({ ...dependencies, queries: createQueries(store) });
  try {
    return { url: await listen(server, { host, port }), close: () => server.close() };
  } catch (error) {
    await server.close();
    throw error;
  }
}

export interface DeskParts {
  readonly store: ClickHouseStore;
  readonly policies: PolicyRegistry;
  readonly ingest: EventIngest;
  readonly settings: Pick<Settings, 'decisionLog'>;
  /** Told what fails, a sentence each. */
  readonly say: (sentence: string) => void;
}

/** What decides by policies in this process: from memory, brought up to date until it is closed. */
export function openDesk({
  store,
  policies,
  ingest,
  settings,
  say,
}: DeskParts): PolicyDesk & { close(): Promise<void> } {
  const told = createTellOnce(say);
  const sums = new LearntSums({ store });
  const deciders = new Deciders({
    inForce: (key) => policies.inForce(key),
    sums,
    clock: Date.now,
  });
  const isWanted = () => policies.allInForce().some(({ policy }) => policy.state === 'running');
  const keeping = keepLearnt({ sums, deciders, isWanted, say });
  const desk = createPolicyDesk({
    registry: policies,
    deciders,
    writer: createDecisionWriter(ingest),
    affinities: { affinity: () => 0 },
    durableFirst: settings.decisionLog === 'before',
    onUnwritten: (error) => told.tell('unwritten', `Decisions were not written: ${String(error)}`),
    clock: Date.now,
  });
  return { ...desk, close: () => keeping.stop() };
}
