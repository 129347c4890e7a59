/** The serving plane on a running engine. A module of its own, so that it is loaded while the database starts. */
import { serverAccess } from '../api/access/serverAccess.ts';
import { createDecisionWriter } from '../api/decisions/decisionWriter.ts';
import { createPolicyDesk, type PolicyDesk } from '../api/decisions/policyDesk.ts';
import {
  createInsightDesk,
  type InsightDesk,
  type InsightDeskOptions,
} from '../api/insightDesk.ts';
import { listen } from '../api/listen.ts';
import { isLoopback } from '../api/loopback.ts';
import { createModelDesk, type ModelDesk, type ModelDeskOptions } from '../api/modelDesk.ts';
import { createObjectionDesk, type ObjectionDesk } from '../api/objectionDesk.ts';
import { openQueries } from '../api/queries/queries.ts';
import type { EventIngest } from '../api/routes/events.ts';
import type { UserDesk } from '../api/routes/users.ts';
import { buildServer, type ServerDependencies } from '../api/server.ts';
import { createWatchDesk, type WatchDesk, type WatchDeskOptions } from '../api/watchDesk.ts';
import { nameOf } from '../contracts/pseudonyms.ts';
import type { Settings } from '../contracts/settings.ts';
import type { AccessBook } from '../control/access/accessBook.ts';
import { readKeyUses } from '../control/access/keyRows.ts';
import { readSignIns } from '../control/access/sessionRows.ts';
import { createTellOnce } from '../control/definitions/tellOnce.ts';
import type { ObjectionBook } from '../control/objections/objectionBook.ts';
import { Deciders } from '../control/policies/deciders.ts';
import { keepLearnt } from '../control/policies/keepLearnt.ts';
import { LearntSums } from '../control/policies/learntSums.ts';
import type { PolicyRegistry } from '../control/policies/openPolicies.ts';
import type { ErasureOptions } from '../control/preferences/eraseUser.ts';
import {
  type PreferenceReader,
  startPreferenceReader,
} from '../control/preferences/preferenceReader.ts';
import type { ModelRegistry } from '../control/registry/modelRegistry.ts';
import { eraseEverything } from '../control/users/eraseEverything.ts';
import { exportUser } from '../control/users/exportUser.ts';
import { exportPlacedUser, readPlacedUser } from '../control/users/placedUser.ts';
import { readUserDecisions } from '../control/users/userDecisions.ts';
import type { ClickHouseStore } from '../sinks/clickhouse/store.ts';

export interface Serving {
  readonly url: string;
  close(): Promise<unknown>;
}

export interface ServeParts extends Omit<ServerDependencies, 'queries' | 'access' | 'lastUses'> {
  readonly book: AccessBook;
  /** Told what an administrator must know, a sentence each. */
  readonly say: (sentence: string) => void;
}

/** @throws EngineError PORT_BUSY or CONFIGURATION_INVALID */
export async function serve(
  store: ClickHouseStore,
  settings: Pick<
    Settings,
    'host' | 'port' | 'origins' | 'trustedProxies' | 'rateLimit' | 'groupMin'
  >,
  { book, say, ...dependencies }: ServeParts,
): Promise<Serving> {
  const { host, port, origins } = settings;
  const access = serverAccess({ ...settings, book });
  const lastUses = { signIns: () => readSignIns(store), keys: () => readKeyUses(store) };
  const queries = openQueries(store, Date.now, settings.groupMin);
  const closing = new AbortController();
  const server = buildServer({
    ...{ ...dependencies, access, lastUses },
    ...{ queries: queries.ofGroups, queriesOfPeople: queries.ofPeople },
  });
  try {
    const url = await listen(server, { host, port, origins });
    const isReached = !isLoopback(host) || origins.length > 0;
    if (book.isEmpty && isReached) {
      say(
        `Nobody has an account yet. The first administrator is made at ${origins[0]} with the code ${access.firstCode}, ` +
          'or by `millrace account add`.',
      );
    }
    void queries.readAhead(closing.signal);
    return {
      url,
      close() {
        closing.abort();
        return server.close();
      },
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}

export interface DeskParts {
  readonly store: ClickHouseStore;
  readonly policies: PolicyRegistry;
  /** Whose versions may have learnt from somebody. */
  readonly models: Pick<ModelRegistry, 'models'>;
  readonly objections: ObjectionBook;
  readonly ingest: EventIngest;
  /** How a record that only the engine writes comes into the log. */
  readonly log: ErasureOptions;
  readonly settings: Pick<Settings, 'decisionLog'>;
  /** Told what fails, a sentence each. */
  readonly say: (sentence: string) => void;
}

export interface Desks {
  readonly policies: PolicyDesk;
  readonly users: UserDesk;
  readonly objections: ObjectionDesk;
  close(): Promise<void>;
}

/** How long decisions that nobody waits for gather before they are written, ms. */
const gatherMs = 5;

/** What decides by policies in this process, and knows its users: from memory, brought up to date until it is closed. */
export function openDesks(parts: DeskParts): Desks {
  const { store, policies, models, objections, ingest, log, settings, say } = parts;
  const known = (user: string) => nameOf(log.pseudonyms, user);
  const told = createTellOnce(say);
  const isBefore = settings.decisionLog === 'before';
  const writer = createDecisionWriter(ingest, { gatherMs: isBefore ? 0 : gatherMs });
  const sums = new LearntSums({ store });
  const deciders = new Deciders({
    inForce: (key) => policies.inForce(key),
    sums,
    clock: Date.now,
  });
  const isWanted = () => policies.allInForce().some(({ policy }) => policy.state === 'running');
  const keeping = keepLearnt({ sums, deciders, isWanted, say });
  // Begun by who first asks: most policies look at no preference.
  let reader: PreferenceReader | undefined;
  const liking = () => {
    reader ??= startPreferenceReader({
      store,
      onLooked(error) {
        if (error === undefined) told.forget('likings');
        else told.tell('likings', `What users like is not brought up to date: ${String(error)}`);
      },
    });
    return reader;
  };
  const desk = createPolicyDesk({
    registry: policies,
    deciders,
    writer,
    affinities: {
      affinity: (user, preference, value) => liking().affinity(user, preference, value),
    },
    objections,
    pseudonymOf: known,
    durableFirst: isBefore,
    onUnwritten: (error) => told.tell('unwritten', `Decisions were not written: ${String(error)}`),
    onWritten: () => told.forget('unwritten'),
    clock: Date.now,
  });
  return {
    policies: desk,
    users: {
      async read(asked) {
        const user = known(asked);
        const [{ preferences }, decisions] = await Promise.all([
          liking().profile(user),
          readUserDecisions(store, user),
        ]);
        const plain = preferences.map((each) => ({ ...each, values: [...each.values] }));
        return { user, preferences: plain, decisions };
      },
      readPlaced: (user, own) => readPlacedUser(store, known(user), own),
      exportedPlaced: (user, own) => exportPlacedUser(store, known(user), own),
      exported: (user) => exportUser(store, known(user)),
      erase(user) {
        desk.forget(user);
        return eraseEverything(user, { store, models: () => models.models(), ...log });
      },
    },
    objections: createObjectionDesk({
      ...{ store, book: objections, ...log },
      onChanged: (user) => desk.forget(user),
    }),
    async close() {
      await writer.drain();
      await keeping.stop();
      await reader?.close();
    },
  };
}

/** What is watched, as the routes ask for it. */
export function openWatchDesk(options: Omit<WatchDeskOptions, 'clock'>): WatchDesk {
  return createWatchDesk({ ...options, clock: Date.now });
}

/** Versions, releases and runs, as the routes ask for them. */
export function openModelDesk(options: ModelDeskOptions): ModelDesk {
  return createModelDesk(options);
}

/** Recommendations, as the routes ask for them. */
export function openInsightDesk(options: InsightDeskOptions): InsightDesk {
  return createInsightDesk(options);
}
