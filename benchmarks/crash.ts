/**
 * kill -9 at random moments and at every step of a commit and of a recovery, while a producer sends events over HTTP.
 *
 * The producer repeats what was not acknowledged, so its events come at least once; the engine must make exactly once of
 * it. The log holds running experiments and policies, some of which are paused and go on, erasures of users, and versions of a
 * model: a champion, one in the canary and one in shadow. Afterwards the same event log is run through a fresh database without
 * interruption, and every table of both is compared row by row, state, model weights and combiners included.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEngine } from '../cli/engine.ts';
import { definitionEvent } from '../contracts/experimentRecord.ts';
import { modelEvent } from '../contracts/modelRecord.ts';
import { ownTypeNames } from '../contracts/ownTypes.ts';
import { policyEvent } from '../contracts/policyRecord.ts';
import { readSettings } from '../contracts/settings.ts';
import { createAnnouncer } from '../control/definitions/announcer.ts';
import { eraseUser } from '../control/preferences/eraseUser.ts';
import type { Campus } from '../sources/campus/campus.ts';
import { type EventLog, openEventLog } from '../sources/log/eventLog.ts';
import type { Figures } from './run.ts';
import { Producer } from './support/producer.ts';
import { quantile } from './support/quantile.ts';
import { settled } from './support/settled.ts';
import { differenceOf, readContents } from './support/tables.ts';
import { withDirectory } from './support/temporary.ts';
import { announcePolicies } from './support/trialPolicies.ts';
import { announceTrials, trialCampus } from './support/trials.ts';
import { announceVersions, storeTrialVersions, withoutTriggers } from './support/trialVersions.ts';

/** Every step at which a commit or a recovery can be struck. */
const steps = [
  'cut',
  'before events',
  'after events',
  'before predictions',
  'after predictions',
  'before examples',
  'after examples',
  'before metrics',
  'after metrics',
  'before model_quality',
  'after model_quality',
  'before dead_letters',
  'after dead_letters',
  'before late_events',
  'after late_events',
  'before statistics',
  'after statistics',
  'before findings',
  'after findings',
  'before experiment_exposures',
  'after experiment_exposures',
  'before experiment_outcomes',
  'after experiment_outcomes',
  'before experiment_clusters',
  'after experiment_clusters',
  'before policy_decisions',
  'after policy_decisions',
  'before policy_sums',
  'after policy_sums',
  'before policy_strays',
  'after policy_strays',
  'before user_preferences',
  'after user_preferences',
  'before preference_sums',
  'after preference_sums',
  'before barrier',
  'before marker',
  'after marker',
  'before restore',
  'after restore',
] as const;
const experimentTables = ['experiment_exposures', 'experiment_outcomes', 'experiment_clusters'];
const policyTables = ['policy_decisions', 'policy_sums', 'policy_strays'];
const preferenceTables = ['user_preferences', 'preference_sums'];
/** Kills from one erasure of a user to the next. */
const eraseEvery = 3;
const partitions = 2;

interface Life {
  readonly process: ChildProcess;
  readonly ended: Promise<void>;
  url: string | undefined;
  readyAfterMs: number;
}

function begin(data: string, step: string, after: number): Life {
  const started = performance.now();
  const child = fork(
    new URL('./support/crashEngine.js', import.meta.url),
    [data, step, `${after}`],
    {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    },
  );
  const life: Life = {
    process: child,
    ended: new Promise((resolve) => child.once('exit', () => resolve())),
    url: undefined,
    readyAfterMs: Number.NaN,
  };
  child.on('message', (message: { ready?: boolean; url?: string }) => {
    if (message.ready !== true) return;
    life.url = message.url;
    life.readyAfterMs = performance.now() - started;
  });
  return life;
}

async function untilReady(life: Life, timeoutMs: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  let ended = false;
  life.ended.then(() => {
    ended = true;
  });
  while (life.url === undefined && !ended && performance.now() < deadline) await sleep(2);
  return life.url !== undefined;
}

export async function run({ full }: { full: boolean }): Promise<Figures> {
  const kills = full ? 204 : 6;
  return withDirectory(async (directory) => {
    const data = join(directory, 'crashed');
    const readyMs: number[] = [];
    const campus = trialCampus(full ? 1_000 : 40);
    await define(data, campus, 1);
    const producer = new Producer(campus, full ? 400_000 : 12_000);
    const stop = new AbortController();
    let life: Life | undefined;
    const producing = producer.run(() => life?.url, stop.signal);
    let atSteps = 0;
    const struck = new Set<string>();
    let erasures = 0;
    let seed = 12345;
    const random = () => {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
      return seed / 2 ** 32;
    };
    let done = 0;
    for (; done < kills; done += 1) {
      if (done === Math.floor(kills / 3)) await define(data, campus, 2);
      if (done === Math.floor((2 * kills) / 3)) await define(data, campus, 3);
      if (done % eraseEvery === eraseEvery - 1) {
        erasures += await eraseOneOf(producer.acknowledged, data, done);
      }
      const step = done % 2 === 0 ? steps[(done / 2) % steps.length]! : '';
      life = begin(data, step, step.includes('restore') ? 1 : 1 + Math.floor(random() * 4));
      if (step === '' && random() < 0.3) {
        // Somewhere in the start or the recovery.
        await sleep(random() * 1_200);
      } else {
        await untilReady(life, 20_000);
        if (step === '') await sleep(random() * 600);
        else if ((await Promise.race([life.ended, sleep(4_000, 'missed')])) !== 'missed') {
          atSteps += 1;
          struck.add(step);
        }
      }
      life.process.kill('SIGKILL');
      await life.ended;
      if (!Number.isNaN(life.readyAfterMs)) readyMs.push(life.readyAfterMs);
    }
    stop.abort();
    await producing;
    const crashed = await finalTables(data);
    const reference = join(directory, 'reference');
    for (const part of ['log', 'artifacts']) {
      cpSync(join(data, part), join(reference, part), { recursive: true });
    }
    const expected = await finalTables(reference);
    const sum = { lost: 0, duplicated: 0, wrong: 0 };
    const details: Record<string, string> = {};
    for (const [table, rows] of expected.contents) {
      const found = differenceOf(crashed.contents.get(table)!, rows);
      sum.lost += found.lost;
      sum.duplicated += found.duplicated;
      sum.wrong += found.wrong;
      details[`rows_${table}`] = `${rows.size}`;
      if (found.lost + found.duplicated + found.wrong > 0) {
        details[`bad_${table}`] = JSON.stringify(found);
      }
    }
    const rowsOf = (tables: readonly string[]) =>
      tables.reduce((rows, table) => rows + expected.contents.get(table)!.size, 0);
    let missing = 0;
    for (const name of producer.acknowledged) if (!crashed.names.has(name)) missing += 1;
    return {
      kills: done,
      kills_at_steps: atSteps,
      steps_struck: struck.size,
      lost: sum.lost + missing,
      duplicated: sum.duplicated + (crashed.archived - crashed.names.size),
      wrong: sum.wrong,
      recovery_p50_ms: quantile(readyMs, 0.5),
      recovery_p99_ms: quantile(readyMs, 0.99),
      acknowledged: producer.acknowledged.size,
      repeated_bodies: producer.repeated,
      archived: crashed.archived,
      experiment_rows: rowsOf(experimentTables),
      experiment_units: expected.units,
      experiment_scores: expected.scores,
      policy_rows: rowsOf(policyTables),
      policy_rewards: expected.rewards,
      preference_rows: rowsOf(preferenceTables),
      predictions_by_versions: expected.byVersions,
      predictions_compared: expected.compared,
      erasures,
      ...details,
    };
  });
}

/** Between two lives of the engine: definitions are records like any others, and nothing else knows of them. */
async function define(data: string, campus: Campus, turn: 1 | 2 | 3): Promise<void> {
  const versions = await storeTrialVersions(data);
  await whileDown(data, async (append) => {
    const options = { append, partitions };
    await announceTrials(createAnnouncer({ ...options, eventOf: definitionEvent }), campus, turn);
    await announcePolicies(createAnnouncer({ ...options, eventOf: policyEvent }), campus, turn);
    const announce = createAnnouncer({ ...options, eventOf: modelEvent });
    await announceVersions(announce, versions, turn, campus.start);
  });
}

/** @returns users that were erased: none before any event was acknowledged */
async function eraseOneOf(names: ReadonlySet<string>, data: string, turn: number): Promise<number> {
  const users = [...new Set([...names].map((name) => name.slice(0, name.indexOf(' '))))].sort();
  if (users.length === 0) return 0;
  const user = users[(turn * 7_919) % users.length]!;
  await whileDown(data, async (append) => {
    await eraseUser(user, `erase-${turn}`, { append, partitions });
  });
  return 1;
}

async function whileDown(data: string, write: (append: EventLog['append']) => Promise<void>) {
  const log = await openEventLog({ directory: join(data, 'log'), partitions });
  try {
    await write((slices, receivedAt) => log.append(slices, receivedAt));
  } finally {
    await log.close();
  }
}

/** Runs the log to its end without interruption and reads every table. */
async function finalTables(data: string) {
  const settings = readSettings({}, { data, port: 0, partitions, pseudonyms: 'off' });
  const engine = await startEngine({ settings, say: () => {}, serve: false });
  try {
    await withoutTriggers(engine);
    await settled(engine, 300_000);
    const contents = await readContents(engine.store);
    const archive = await engine.store.query<{ name: string }>(
      `SELECT concat(user, ' ', id) AS name FROM events FINAL
       WHERE type NOT IN ('${ownTypeNames.join("','")}')`,
    );
    const sum = async (column: string, table: string) => {
      const [row] = await engine.store.query<{ sum: number }>(
        `SELECT toUInt32(sum(${column})) AS sum FROM ${table} FINAL`,
      );
      return row!.sum;
    };
    return {
      contents,
      archived: archive.length,
      names: new Set(archive.map(({ name }) => name)),
      units: await sum('units', 'experiment_exposures'),
      scores:
        (await sum("if(segment = '', units, 0)", 'experiment_outcomes')) +
        (await sum('units', 'experiment_clusters')),
      rewards: await sum('isNotNull(reward)', 'policy_decisions'),
      byVersions: await sum("model = 'answer' AND model_version != '1'", 'predictions'),
      compared: await sum("if(name = 'release_paired', taken, 0)", 'statistics'),
    };
  } finally {
    await engine.stop();
  }
}
