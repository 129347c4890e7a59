/** Plays a campus day by day through the engine as it is by default, and looks into the inbox of recommendations after each step. */
import { setMaxListeners } from 'node:events';
import { constants, cpSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Engine, startEngine } from '../../cli/engine.ts';
import { asLines } from '../../cli/lines.ts';
import { sendUntilTaken } from '../../cli/send.ts';
import type { Experiment } from '../../contracts/experiment.ts';
import type { Card } from '../../contracts/insight.ts';
import { InsightsAnswer } from '../../contracts/insightApi.ts';
import { readSettings } from '../../contracts/settings.ts';
import type { WatchesAnswer } from '../../contracts/watchApi.ts';
import type { InsightKind } from '../../control/insights/insightKind.ts';
import { insightKinds } from '../../control/insights/kinds.ts';
import type { Campus, CampusStream } from '../../sources/campus/campus.ts';
import { campusExperiments } from '../../sources/campus/experiments.ts';
import { runsOf } from '../loop/playCampus.ts';
import { withDirectory } from '../support/temporary.ts';
import { openSharedClock, type SharedClock, takeTime } from './sharedClock.ts';
import { dayMs, tutorPolicy } from './wellRun.ts';

const by = { actor: 'benchmark', reason: 'The campus is played.' };
const hourMs = 3_600_000;
const blockLength = 2_048;
const waitMaxMs = 300_000;
/** Watches, evaluations and releases have had their turn by then, ms by the machine. */
const turnMs = 1_000;
const firstLookMs = 5_000;
/** What looks by itself costs more than what is judged: it is asked behind each step besides. */
export const lookEveryMs = 2_500;
const epochMs = 2_000;

/** A p-value that is worth a line of the trace. */
const nearlyFound = 0.01;

/** Of one row: what else the machine does is no fault of a version. */
const gateLatencyMs = 500;

export interface PlayedSetup {
  readonly campus: Campus;
  /** Whether somebody is told of alerts. */
  readonly hasRoute: boolean;
  /** Definitions as they are to be, of those that the campus plans. */
  readonly experiments?: (planned: readonly Experiment[]) => readonly Experiment[];
}

/** A campus that was played up to a time: its directory goes on from there, as often as it is copied. */
export interface KeptCampus {
  readonly directory: string;
  /** Event time up to which was played, and the clock when the engine stopped, ms. */
  readonly at: number;
  readonly clockAt: number;
}

export interface PlayedFrom {
  /** Instead of a campus that begins. */
  readonly begun?: KeptCampus | undefined;
  /** Directory that does not exist yet, into which what was played is put. */
  readonly keepIn?: string;
}

export interface InboxPicture {
  /** Event time up to which was played. */
  readonly at: number;
  /** Open ones, the first at the top. */
  readonly cards: readonly Card[];
  readonly failing: readonly string[];
}

export class PlayedInsights {
  readonly engine: Engine;
  readonly clock: SharedClock;
  readonly #stream: CampusStream;
  at: number;

  readonly #waitsForWatches: boolean;

  /** @param from up to which it was played before, ms */
  constructor(engine: Engine, clock: SharedClock, setup: PlayedSetup, from: number) {
    this.engine = engine;
    this.clock = clock;
    // Where nobody is told, alerts are what it is about.
    this.#waitsForWatches = !setup.hasRoute;
    this.#stream = setup.campus.open(from);
    this.at = from;
  }

  /** Plays on to a time, until all has been judged. */
  async playTo(to: number): Promise<InboxPicture> {
    // What is more than a day ahead of the clock would be refused, and be counted among the refused of a day for good.
    const part = (to - this.at) % dayMs;
    if (to - this.at > dayMs && part > 0) await this.#pass(this.at + part);
    while (to - this.at > dayMs) await this.#pass(this.at + dayMs);
    await this.#pass(to);
    this.engine.controlPlane?.answered();
    this.engine.controlPlane?.asked();
    await sleep(turnMs);
    await this.#trained();
    if (this.#waitsForWatches) await this.#watched();
    return this.look();
  }

  /** Sends what arrives until then, a day at most, and goes there once it is written. */
  async #pass(to: number): Promise<void> {
    await this.send(to);
    await this.#written();
    this.clock.advance(to);
    this.at = to;
  }

  /** Waits until what was sent can be read. */
  async #written(): Promise<void> {
    const { dataPlane, log } = this.engine;
    for (const until = performance.now() + waitMaxMs; performance.now() < until; ) {
      const partitions = dataPlane.partitions();
      const isBehind = partitions.some((each) => each.writtenOffset < log!.end(each.partition));
      if (partitions.length > 0 && !isBehind) return;
      await sleep(20);
    }
    throw new Error('what was sent is not written');
  }

  /** Waits until the watches of metrics have judged what they can. */
  async #watched(): Promise<void> {
    for (const until = performance.now() + waitMaxMs; performance.now() < until; ) {
      const response = await fetch(`${this.engine.url}/v1/watches`);
      const { watches } = (await response.json()) as WatchesAnswer;
      const isBehind = watches.some(
        ({ watch, judgedTo }) =>
          watch.definition.source.kind === 'metric' &&
          watch.definition.source.metric === 'events' &&
          (judgedTo ?? 0) < this.at - 2 * hourMs,
      );
      if (!isBehind) return;
      this.engine.controlPlane?.answered();
      await sleep(500);
    }
  }

  /** Sends what arrives until then, all at once: the clock stands, so that nothing seems to wait. */
  async send(until: number): Promise<void> {
    const { signal } = new AbortController();
    setMaxListeners(0, signal);
    for (;;) {
      const block = this.#stream.advance(until, blockLength);
      if (block.length === 0) return;
      const lines = asLines(block);
      await sendUntilTaken(() => this.engine.ingest(lines, 'application/x-ndjson'), signal);
    }
  }

  /** The inbox after a look that begins now. */
  async look(): Promise<InboxPicture> {
    const asked = this.clock.now();
    for (const until = performance.now() + waitMaxMs; performance.now() < until; ) {
      this.engine.controlPlane?.advised();
      const { cards, looked } = await this.#inbox();
      if (looked.at !== null && looked.at > asked) {
        return {
          ...{ at: this.at, cards: cards.filter(({ state }) => state === 'live') },
          failing: looked.failing.map(({ kind, sentence }) => `${kind}: ${sentence}`),
        };
      }
      await sleep(100);
    }
    throw new Error('the rules are not asked');
  }

  async #inbox(): Promise<InsightsAnswer> {
    const response = await fetch(`${this.engine.url}/v1/insights?limit=500`);
    if (!response.ok) throw new Error(`insights: ${response.status} ${await response.text()}`);
    return InsightsAnswer.parse(await response.json());
  }

  async #trained(): Promise<void> {
    for (let waited = false; ; waited = true) {
      const runs = await runsOf(this.engine);
      if (!runs.some(({ state }) => state === 'running')) {
        if (waited) await sleep(turnMs);
        return;
      }
      await sleep(200);
    }
  }
}

/**
 * What `play` made of a campus, and what was kept of it where that was asked for.
 *
 * @param play is given the engine while it runs
 */
export async function withPlayed<Value>(
  setup: PlayedSetup,
  play: (played: PlayedInsights) => Promise<Value>,
  { begun, keepIn }: PlayedFrom = {},
): Promise<{ readonly value: Value; readonly kept: KeptCampus }> {
  const { campus } = setup;
  const clock = openSharedClock();
  clock.advance(begun?.clockAt ?? campus.start);
  return withDirectory(async (directory) => {
    if (begun !== undefined) copyDirectory(begun.directory, directory);
    const giveBack = takeTime(clock);
    const messages = await messageDesk();
    try {
      // One partition: what the online learner knows, it knows by partition.
      const environment = { MILLRACE_TIME_ZONE: 'UTC', MILLRACE_PARTITIONS: '1' };
      const settings = readSettings(environment, {
        data: directory,
        port: 0,
        epochMs,
        pseudonyms: 'off',
      });
      const engine = await startEngine({
        ...{ settings, say: trace, pace: { clock: clock.now, everyMs: lookEveryMs } },
        workerEntry: new URL('./playedWorker.js', import.meta.url),
        workerExtra: { clock: clock.memory },
        insightKinds: insightKinds.map(traced),
      });
      const played = new PlayedInsights(engine, clock, setup, begun?.at ?? campus.start);
      let value: Value;
      try {
        if (begun === undefined) {
          await setUp(engine, setup, messages.url);
          // What is there before a watch looks for the first time is its past.
          await sleep(firstLookMs);
        } else {
          await sendAlertsTo(engine, messages.url);
        }
        value = await play(played);
      } finally {
        clock.hold(false);
        await engine.stop();
      }
      const kept = { directory: keepIn ?? '', at: played.at, clockAt: clock.now() };
      if (keepIn !== undefined) copyDirectory(directory, keepIn);
      return { value, kept };
    } finally {
      messages.server.close();
      giveBack();
    }
  });
}

/** Blocks are shared where the file system can. */
function copyDirectory(from: string, to: string): void {
  const mode = constants.COPYFILE_FICLONE;
  cpSync(from, to, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true, mode });
}

async function setUp(
  engine: Engine,
  { campus, hasRoute, experiments = (planned) => planned }: PlayedSetup,
  url: string,
): Promise<void> {
  const defined = campusExperiments(campus);
  for (const metric of defined.metrics) await engine.experiments!.createMetric(metric, by);
  for (const experiment of experiments(defined.experiments)) {
    const written = await engine.experiments!.adopt(experiment, by);
    if (written.outcome !== 'created') throw new Error(JSON.stringify(written));
  }
  const policy = await engine.policies!.adopt(tutorPolicy(campus), by);
  if (policy.outcome !== 'created') throw new Error(JSON.stringify(policy));
  const { plan, head } = engine.models!.model('answer')!;
  const gates = { ...plan.gates, latencyMaxMs: gateLatencyMs };
  await engine.models!.plan('answer', { ...plan, gates }, head.revision, by);
  if (!hasRoute) return;
  await sendAlertsTo(engine, url);
  const response = await fetch(`${engine.url}/v1/watches`);
  const { watches } = (await response.json()) as WatchesAnswer;
  for (const { watch } of watches) {
    const definition = { ...watch.definition, routes: [desk] };
    const { revision } = watch;
    await put(`${engine.url}/v1/watches/${definition.key}`, { definition, revision });
  }
}

/** Key of the route of the help desk. */
const desk = 'desk';

/** The route of the help desk, new or with another address. */
async function sendAlertsTo(engine: Engine, url: string): Promise<void> {
  const definition = { key: desk, name: 'Help desk', to: { kind: 'webhook', url } };
  const revision = engine.watches?.routes.get(desk)?.revision ?? 0;
  await put(`${engine.url}/v1/routes/${desk}`, { definition, revision });
}

async function put(url: string, body: object): Promise<void> {
  const response = await fetch(url, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...body, ...by }),
  });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
}

/** Takes what it is told. */
async function messageDesk(): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => response.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

/** With MILLRACE_TRACE it is told what the engine says. */
function trace(sentence: string): void {
  if (process.env['MILLRACE_TRACE'] !== undefined) console.error(sentence);
}

/** With MILLRACE_TRACE each test that comes near is told, also where it passes no level. */
function traced(kind: InsightKind): InsightKind {
  if (process.env['MILLRACE_TRACE'] === undefined) return kind;
  return {
    ...kind,
    find(facts) {
      const found = kind.find(facts);
      for (const { subject, judgedAt, pValue } of found) {
        if (pValue === null || pValue > nearlyFound) continue;
        const day = new Date(judgedAt).toISOString().slice(0, 10);
        trace(
          `  ${kind.kind} ${subject.kind}:${subject.key} by ${day}: p ${pValue.toExponential(1)}`,
        );
      }
      return found;
    },
  };
}
