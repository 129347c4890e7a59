/**
 * Decisions of a LinUCB policy over HTTP, and how soon feedback changes the next one.
 *
 * First the serving plane alone: a process with the HTTP server, the deciders and the durable event log, under a steady load
 * from this process; the decisions' learning is the work of other processes in such a set-up. Once with answers that wait for
 * the disk, and once with answers beside the write (`MILLRACE_DECISION_LOG`). Then the whole engine in one process: an outcome
 * is sent, and the decision is asked for until it rests on it.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Engine, startEngine } from '../cli/engine.ts';
import type { PolicyDecision } from '../contracts/policyApi.ts';
import { readSettings } from '../contracts/settings.ts';
import { randomState, uniform } from '../stats/random.ts';
import type { Figures, Size } from './run.ts';
import { withClickHouse } from './support/clickhouse.ts';
import type { DecideWork } from './support/decideServer.ts';
import { httpLoad, jsonRequest, type LoadFigures } from './support/httpLoad.ts';
import { quantile } from './support/quantile.ts';
import { withDirectory } from './support/temporary.ts';

const actions = 20;
/** The constant included. */
const features = 32;
const port = 18_431;
/** Requests that are made beforehand and sent in turn. */
const requests = 1_000;

async function cpuUsOf(child: ChildProcess): Promise<number> {
  child.send('cpu');
  const [message] = (await once(child, 'message')) as [{ cpuUs: number }];
  return message.cpuUs;
}

interface Load {
  readonly perSecond: number;
  readonly seconds: number;
}

/** @returns the figures, and µs of processor time that the server spent on a decision */
async function loaded(durableFirst: boolean, { perSecond, seconds }: Load) {
  return withClickHouse((clickhouse) =>
    withDirectory(async (directory) => {
      const work: DecideWork = { clickhouse, directory, port, actions, features, durableFirst };
      const entry = fileURLToPath(new URL('./support/decideServer.js', import.meta.url));
      const child = fork(entry, [JSON.stringify(work)]);
      try {
        await once(child, 'message');
        await sleep(1_000);
        const random = randomState(9);
        const bodies = Array.from({ length: requests }, () => {
          const attributes = Object.fromEntries(
            Array.from({ length: features - 1 }, (_, i) => [
              `f${i}`,
              Number(uniform(random).toFixed(4)),
            ]),
          );
          const user = `user-${Math.floor(uniform(random) * 1e6)}`;
          return jsonRequest(
            '/v1/decisions',
            JSON.stringify({ policy: 'bench', user, attributes }),
          );
        });
        const before = await cpuUsOf(child);
        const figures = await httpLoad({
          ...{ port, sockets: 64, perSecond, seconds, warmupSeconds: Math.min(5, seconds) },
          requestOf: (i) => bodies[i % requests]!,
        });
        const cpuUs = ((await cpuUsOf(child)) - before) / figures.answered;
        return { figures, cpuUs };
      } finally {
        const ended = once(child, 'exit');
        child.kill();
        await ended;
      }
    }),
  );
}

async function post<Answer>(engine: Engine, path: string, body: unknown): Promise<Answer> {
  const response = await fetch(`${engine.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
}

/** From sending an outcome to the first decision that rests on it, ms. */
async function feedbackLatencies(times: number): Promise<number[]> {
  return withDirectory(async (directory) => {
    const settings = readSettings({}, { data: directory, port: 0, pseudonyms: 'off' });
    const engine = await startEngine({ settings, say: () => {} });
    try {
      const policy = {
        ...{ key: 'bench', name: 'Measured', algorithm: { name: 'linucb' }, holdout: 0 },
        actions: [
          { key: 'a', name: 'A' },
          { key: 'b', name: 'B' },
        ],
      };
      await post(engine, '/v1/policies', { policy });
      await post(engine, '/v1/policies/bench/start', {});
      const latencies: number[] = [];
      for (let i = 0; i < times; i += 1) {
        const query = { policy: 'bench', user: `u${i % 50}` };
        const { learnt, chosen } = await post<PolicyDecision>(engine, '/v1/decisions', query);
        const sentAt = performance.now();
        await post(engine, '/v1/events', {
          ...{ id: `o${i}`, type: 'outcome', user: query.user, time: Date.now() },
          ...{ decision: chosen[0]!.decision, value: i % 2 },
        });
        const asked = { ...query, log: false };
        while ((await post<PolicyDecision>(engine, '/v1/decisions', asked)).learnt === learnt) {
          if (performance.now() - sentAt > 30_000) throw new Error('feedback was never learnt');
          await sleep(2);
        }
        latencies.push(performance.now() - sentAt);
        await sleep((i % 7) * 11);
      }
      return latencies;
    } finally {
      await engine.stop();
    }
  });
}

function told(name: string, { latencies, rps, failed }: LoadFigures, cpuUs: number): Figures {
  return {
    [`${name}rps`]: rps,
    [`${name}p50_ms`]: quantile(latencies, 0.5),
    [`${name}p99_ms`]: quantile(latencies, 0.99),
    [`${name}failed`]: failed,
    [`${name}cpu_us`]: cpuUs,
  };
}

export async function run({ full }: Size): Promise<Figures> {
  const load: Load = full ? { perSecond: 10_000, seconds: 20 } : { perSecond: 500, seconds: 2 };
  const beside = await loaded(false, load);
  const before = await loaded(true, load);
  const feedback = await feedbackLatencies(full ? 200 : 5);
  return {
    ...{ actions, features },
    ...told('', beside.figures, beside.cpuUs),
    ...told('durable_', before.figures, before.cpuUs),
    feedback_p50_ms: quantile(feedback, 0.5),
    feedback_p99_ms: quantile(feedback, 0.99),
  };
}
