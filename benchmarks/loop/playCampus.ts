/**
 * The campus through the whole engine, hour by hour, with a clock that goes with its events: what an engine does within a day by
 * itself it does here between two hours.
 *
 * While a model is trained the campus waits: that takes a minute, in which a campus of some hundred students gives a dozen answers.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from '../../cli/engine.ts';
import { asLines } from '../../cli/lines.ts';
import type { Pace } from '../../cli/pace.ts';
import { sendUntilTaken } from '../../cli/send.ts';
import { type ModelLife, TrainingRunsAnswer } from '../../contracts/modelLifeApi.ts';
import type { Campus, CampusStream } from '../../sources/campus/campus.ts';
import { settled } from '../support/settled.ts';

const blockLength = 4_096;
const settleMaxMs = 300_000;
const trainMaxMs = 900_000;

/** Time of the events that were sent, and on from there as the machine's goes. */
export interface CampusClock {
  readonly now: () => number;
  advance(to: number): void;
}

export function campusClock(start: number): CampusClock {
  let at = start;
  let since = performance.now();
  let latest = start;
  return {
    now() {
      latest = Math.max(latest, Math.floor(at + performance.now() - since));
      return latest;
    },
    advance(to) {
      at = to;
      since = performance.now();
    },
  };
}

/** Several looks within the pause after each hour. */
export function campusPace(clock: CampusClock): Pace {
  return { clock: clock.now, everyMs: 200 };
}

export interface PlayOptions {
  readonly engine: Engine;
  readonly campus: Campus;
  readonly clock: CampusClock;
  /** Of the pause behind each step, ms by the machine. */
  readonly lookMs: number;
}

export class PlayedCampus {
  readonly #options: PlayOptions;
  readonly #stream: CampusStream;
  readonly #never = new AbortController().signal;
  /** Up to which time it was played. */
  at: number;
  /** Events that were sent. */
  sent = 0;

  constructor(options: PlayOptions) {
    this.#options = options;
    this.#stream = options.campus.open();
    this.at = options.campus.start;
  }

  /** Some time more, with the looks behind it. */
  async step(stepMs: number): Promise<void> {
    const { engine, clock, lookMs } = this.#options;
    const to = this.at + stepMs;
    await this.send(to, Number.POSITIVE_INFINITY);
    clock.advance(to);
    this.at = to;
    await settled(engine, settleMaxMs);
    await sleep(lookMs);
    await this.#trained();
  }

  /** @returns how many were sent: at most `most` of those that arrive before a time */
  async send(until: number, most: number): Promise<number> {
    const { engine } = this.#options;
    let count = 0;
    while (count < most) {
      const block = this.#stream.advance(until, Math.min(blockLength, most - count));
      if (block.length === 0) break;
      const lines = asLines(block);
      await sendUntilTaken(() => engine.ingest(lines, 'application/x-ndjson'), this.#never);
      count += block.length;
    }
    this.sent += count;
    return count;
  }

  async #trained(): Promise<void> {
    const { engine, lookMs } = this.#options;
    const deadline = performance.now() + trainMaxMs;
    for (let waited = false; ; waited = true) {
      const runs = await runsOf(engine);
      if (!runs.some(({ state }) => state === 'running')) {
        // What it has made is looked at.
        if (waited) await sleep(lookMs);
        return;
      }
      if (performance.now() > deadline) throw new Error('a training run does not end');
      await sleep(250);
    }
  }
}

export type ListedRun = TrainingRunsAnswer['runs'][number];

/** The newest first. */
export async function runsOf(engine: Engine): Promise<readonly ListedRun[]> {
  return TrainingRunsAnswer.parse(await get(`${engine.url}/v1/retraining?model=answer`)).runs;
}

export async function outlookOf(engine: Engine): Promise<string> {
  const { outlook } = TrainingRunsAnswer.parse(
    await get(`${engine.url}/v1/retraining?model=answer`),
  );
  return outlook[0]?.sentence ?? '';
}

export async function lifeOf(engine: Engine): Promise<ModelLife> {
  return (await get(`${engine.url}/v1/models/answer/life`)) as ModelLife;
}

async function get(url: string): Promise<unknown> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return response.json();
}
