/**
 * The serving plane of one process, made of its real parts: HTTP, deciders, and the embedded event log that takes the decisions.
 * Its policy has learnt something already: sums that a partition has written.
 */
import { join } from 'node:path';
import { serverAccess } from '../../api/access/serverAccess.ts';
import { createInsightDesk } from '../../api/insightDesk.ts';
import { listen } from '../../api/listen.ts';
import { createQueries } from '../../api/queries/queries.ts';
import { buildServer } from '../../api/server.ts';
import { createWatchDesk } from '../../api/watchDesk.ts';
import { ingest } from '../../cli/ingest.ts';
import { openDesks, openModelDesk } from '../../cli/serving.ts';
import { ByteWriter } from '../../contracts/byteWriter.ts';
import { Policy } from '../../contracts/policy.ts';
import { AccessBook } from '../../control/access/accessBook.ts';
import { createAuditDesk } from '../../control/audit/auditDesk.ts';
import { createAuditWriter } from '../../control/audit/auditWriter.ts';
import { createRegistry } from '../../control/experiments/openRegistry.ts';
import { InsightBoard } from '../../control/insights/insightBoard.ts';
import { createObjectionBook } from '../../control/objections/objectionBook.ts';
import { createPlaceBook } from '../../control/places/placeBook.ts';
import { createPolicies } from '../../control/policies/openPolicies.ts';
import { createModelRegistry } from '../../control/registry/openModelRegistry.ts';
import { Releasing } from '../../control/releases/releasing.ts';
import { createRetentionDesk } from '../../control/retention/retentionDesk.ts';
import { createTrainingBook } from '../../control/retraining/trainingBook.ts';
import { WatchBoard } from '../../control/watching/watchBoard.ts';
import { createWatchBook } from '../../control/watching/watchBook.ts';
import { encodeSituation, preparePolicy } from '../../models/decisions/preparedPolicy.ts';
import { createStore, type StoreOptions } from '../../sinks/clickhouse/store.ts';
import { createDoor } from '../../sources/door/door.ts';
import { openEventLog } from '../../sources/log/eventLog.ts';
import { normal, randomState } from '../../stats/random.ts';

export interface DecideWork {
  readonly clickhouse: StoreOptions;
  readonly directory: string;
  readonly port: number;
  readonly actions: number;
  /** Features, the constant included. */
  readonly features: number;
  readonly durableFirst: boolean;
}

function policyOf(actions: number, features: number): Policy {
  return Policy.parse({
    key: 'bench',
    name: 'Measured',
    algorithm: { name: 'linucb' },
    actions: Array.from({ length: actions }, (_, i) => ({
      key: `action-${i}`,
      name: `Action ${i}`,
    })),
    context: {
      features: Array.from({ length: features - 1 }, (_, i) => ({
        ...{ kind: 'numeric', field: `f${i}`, missing: 'zero' },
      })),
    },
    state: 'running',
    stages: [{ number: 1, startAt: Date.now(), change: 'Started' }],
  });
}

/** Observations that each action has had. */
const taught = 500;

/** What one partition would have written of some hundred rewards of each action. */
function sumRows(policy: Policy): Uint8Array {
  const prepared = preparePolicy(policy, 1);
  const { learner, design, context } = prepared;
  const random = randomState(3);
  const writer = new ByteWriter();
  for (const { key } of policy.actions) {
    const values = new Float64Array(learner!.width);
    for (let i = 0; i < taught; i += 1) {
      const attributes = Object.fromEntries(
        context.names.slice(1).map((name) => [name, normal(random)]),
      );
      const x = encodeSituation(prepared, { attributes, traits: {} });
      learner!.learn(values, 0, x, x, normal(random) > 0 ? 1 : 0, 1, Date.now());
    }
    writer.text('learning');
    writer.text(policy.key);
    writer.text(key);
    writer.text(design);
    writer.uint16(0);
    writer.int64(taught);
    writer.varint(values.length);
    for (const value of values) writer.float64(value);
  }
  return writer.take();
}

async function serve(work: DecideWork): Promise<void> {
  const say = (sentence: string) => console.error(sentence);
  const store = createStore(work.clickhouse);
  const policy = policyOf(work.actions, work.features);
  await store.insert('policy_sums', sumRows(policy));
  const log = await openEventLog({ directory: join(work.directory, 'log'), partitions: 1 });
  const door = createDoor({ partitions: 1 });
  const take = (body: Uint8Array, contentType: string) =>
    ingest(door, log, body, contentType, Date.now());
  const announce = async () => {};
  const policies = createPolicies({ store, say, announce });
  await policies.adopt(policy, { actor: 'benchmark', reason: '' });
  const experiments = createRegistry({ store, say, announce });
  const models = createModelRegistry({ store, say, announce });
  const desks = openDesks({
    log: { append: (slices, at) => log.append(slices, at), partitions: 1 },
    ...{ store, policies, models, say, ingest: { ingest: take } },
    objections: createObjectionBook({ store, say }),
    settings: { decisionLog: work.durableFirst ? 'before' : 'beside' },
  });
  const app = buildServer({
    ingest: { ingest: take },
    letters: { resend: async () => [], remember: async () => {} },
    queries: createQueries(store),
    engine: { partitions: () => [] },
    experiments: {
      registry: experiments,
      fresh: () => undefined,
      certificate: async () => undefined,
    },
    policies: desks.policies,
    users: desks.users,
    objections: desks.objections,
    watches: createWatchDesk({
      ...{ store, board: new WatchBoard(), timeZone: 'UTC', clock: Date.now },
      book: createWatchBook({ store, say }),
      happenings: {
        ...{ experiments: () => [], policies: () => [], models: () => [], runs: () => [] },
        offset: () => 0,
      },
      testRoute: async () => ({ outcome: 'given up', problem: null }),
      onAnswered: () => {},
    }),
    audit: createAuditDesk({ store, writer: createAuditWriter({ store, say }) }),
    retention: createRetentionDesk({ store, days: {} }),
    insights: createInsightDesk({
      ...{ store, kinds: [], board: new InsightBoard(), clock: Date.now },
      onAnswered: () => {},
    }),
    predictions: { predict: async () => undefined },
    access: serverAccess({
      book: new AccessBook({ store, say }),
      ...{ host: '127.0.0.1', origins: [] },
    }),
    places: createPlaceBook({ store, say }),
    lastUses: { signIns: async () => new Map(), keys: async () => new Map() },
    models: openModelDesk({
      ...{ store, models, runs: createTrainingBook({ store, say }) },
      releasing: new Releasing({ registry: models, readEvidence: async () => ({ stages: [] }) }),
      artifacts: { put: () => Promise.reject(new TypeError('not used')), remove: async () => {} },
      outlook: () => undefined,
      clock: Date.now,
      onAsked: () => {},
    }),
  });
  await listen(app, { host: '127.0.0.1', port: work.port });
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send!({ cpuUs: user + system });
  });
  process.on('disconnect', () => process.exit(0));
  process.send!('ready');
}

await serve(JSON.parse(process.argv[2]!) as DecideWork);
