/**
 * Leads a model of a real engine through its life, from the first answers to a rollback, whatever becomes of the engine: whoever asks
 * for something asks again until it is so, as people do, and events are sent until they are acknowledged.
 *
 * Events stop before a run is asked for, and each body is in the log before a release can go on by it. So which rows a version was
 * trained on, and which it served, depends on the bodies alone.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { ModelLife, TrainingRunDetail, TrainingRunsAnswer } from '../../contracts/modelLifeApi.ts';
import { ModelPlan } from '../../contracts/modelPlan.ts';
import type { ModelRecord } from '../../contracts/modelRecord.ts';
import { lifeAnswers } from './lifeAnswers.ts';
import { type Death, type LifeState, lifeSteps } from './lifeSteps.ts';

const entry = fileURLToPath(
  new URL(
    import.meta.url.endsWith('.ts')
      ? '../../dist/benchmarks/support/lifeEngine.js'
      : './lifeEngine.js',
    import.meta.url,
  ),
);
const reason = 'for the record';
/** Answers of the shadow: exactly those say whether it goes on. */
const shadowRows = 60;
/** Until something is so, since the engine was started last, ms. */
const patienceMs = 120_000;

/** All gates are passed: what they ask is not asked here. */
export const lifePlan: ModelPlan = ModelPlan.parse({
  data: { rowsMin: 50 },
  trainer: { parameters: { rounds: 20, leaves: 7, childRows: 10, validationShare: 0 } },
  triggers: { kinds: [] },
  gates: {
    ...{ lossMargin: 10, calibrationMax: 1, sliceMargin: 10, latencyMaxMs: 60_000, churnMax: 1 },
  },
  release: {
    alpha: 0.2,
    shadow: { rowsMin: shadowRows },
    canary: [
      { share: 0.25, rowsMin: 5 },
      { share: 0.5, rowsMin: 10 },
    ],
  },
});

const byHand: ModelPlan = { ...lifePlan, release: { ...lifePlan.release, automatic: false } };

export interface Lived {
  readonly run: TrainingRunDetail['run'];
  /** Starts of the engine. */
  readonly starts: number;
  /** Deaths to which it has not come. */
  readonly missed: readonly Death[];
}

/** @param deaths in the order of `lifeSteps`; at most two behind the beginning of a step of the run */
export async function liveThrough(data: string, deaths: readonly Death[]): Promise<Lived> {
  const driver = new LifeDriver(data, deaths);
  try {
    return await live(driver);
  } finally {
    driver.kill();
  }
}

async function live(driver: LifeDriver): Promise<Lived> {
  const bodies = lifeAnswers([600, shadowRows, 120, 120, 10 * shadowRows, 100, 100]);
  const [learnt, shadow, first, second, trial, champion, rest] = bodies as [string, ...string[]];
  await driver.send(learnt);
  await driver.plan(byHand);
  await driver.wish(
    async () => (await driver.runs()).length > 0,
    () => driver.post('/v1/retraining', { model: 'answer', reason }),
  );
  // A release and the end of the run would be written in any order.
  await driver.untilRunIsOver();
  await driver.plan(lifePlan);
  const course: [string, (record: ModelRecord) => boolean][] = [
    [shadow!, ({ release }) => release?.stage === 'shadow'],
    [first!, ({ release }) => release?.stage === 'canary-1'],
    [second!, ({ release }) => release?.stage === 'canary-2'],
    [trial!, ({ release }) => release?.id.startsWith('after-') === true],
    [champion!, (record) => record.champion.version === '1.1' && record.release === null],
  ];
  for (const [body, isServed] of course) {
    await driver.untilServed(isServed);
    await driver.send(body);
  }
  await driver.wish(
    async () => (await driver.life()).champion === '1',
    () => driver.post('/v1/models/answer/rollback', { version: '1', reason }),
  );
  await driver.untilServed(({ champion: { version } }) => version === '1');
  await driver.send(rest!);
  const [run] = await driver.runs();
  const detail = await driver.get(`/v1/retraining/${run!.id}`, TrainingRunDetail);
  await driver.stop();
  const { starts, deaths } = driver;
  return { run: detail.run, starts, missed: deaths };
}

interface Reader<Value> {
  parse(json: unknown): Value;
}

class LifeDriver {
  readonly deaths: Death[];
  starts = 0;
  readonly #data: string;
  #child: ChildProcess | undefined;
  #url = '';

  constructor(data: string, deaths: readonly Death[]) {
    this.#data = data;
    this.deaths = [...deaths];
  }

  /** Until it is acknowledged and committed. */
  async send(body: string): Promise<void> {
    const headers = { 'content-type': 'application/x-ndjson' };
    await this.#ask('/v1/events', { method: 'POST', headers, body });
    await this.#until('all is committed', async () => (await this.#state()).behind === 0);
  }

  /** Does something until it is so. */
  async wish(isSo: () => Promise<boolean>, attempt: () => Promise<unknown>): Promise<void> {
    await this.#until('it is as wished', async () => {
      if (await isSo()) return true;
      await attempt().catch((error: unknown) => {
        if (!(error instanceof Gone)) throw error;
      });
      return isSo();
    });
  }

  plan(plan: ModelPlan): Promise<void> {
    return this.wish(
      async () => isDeepStrictEqual((await this.life()).plan, plan),
      async () => {
        const { revision } = await this.life();
        await this.put('/v1/models/answer/plan', { plan, revision, reason });
      },
    );
  }

  /** And no death at a step of it is left. */
  untilRunIsOver(): Promise<void> {
    return this.#until('the run is over', async () => {
      await this.#alive();
      const [death] = this.deaths;
      const isLeft = death && lifeSteps.indexOf(death.step) <= lifeSteps.indexOf('settled');
      if (isLeft) return false;
      const [run] = await this.runs();
      return run?.state === 'done';
    });
  }

  untilServed(isServed: (record: ModelRecord) => boolean): Promise<void> {
    return this.#until(String(isServed), async () => {
      const { served } = await this.#state();
      return served !== undefined && isServed(served);
    });
  }

  life(): Promise<ModelLife> {
    return this.get('/v1/models/answer/life', ModelLife);
  }

  async runs() {
    return (await this.get('/v1/retraining', TrainingRunsAnswer)).runs;
  }

  async get<Value>(path: string, reader: Reader<Value>): Promise<Value> {
    return reader.parse(await (await this.#ask(path, {})).json());
  }

  put(path: string, body: unknown): Promise<unknown> {
    return this.#once(path, json('PUT', body));
  }

  post(path: string, body: unknown): Promise<unknown> {
    return this.#once(path, json('POST', body));
  }

  async stop(): Promise<void> {
    const child = await this.#alive();
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.send('stop');
    await ended;
  }

  kill(): void {
    this.#child?.kill('SIGKILL');
  }

  /** Until somebody answers. */
  async #ask(path: string, init: RequestInit): Promise<Response> {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      try {
        return await this.#once(path, init);
      } catch (error) {
        if (!(error instanceof Gone) || Date.now() > deadline) throw error;
        await sleep(20);
      }
    }
  }

  /** @throws Gone when the engine has ended meanwhile; Error when it refuses */
  async #once(path: string, init: RequestInit): Promise<Response> {
    await this.#alive();
    const response = await fetch(`${this.#url}${path}`, init).catch(() => {
      throw new Gone();
    });
    if (response.ok) return response;
    const text = await response.text().catch(() => '');
    if (response.status >= 500) throw new Gone();
    throw new Error(`${path}: ${response.status} ${text}`);
  }

  async #until(what: string, isSo: () => Promise<boolean>): Promise<void> {
    let { starts } = this;
    let deadline = Date.now() + patienceMs;
    while (!(await isSo())) {
      if (starts < this.starts) deadline = Date.now() + patienceMs;
      starts = this.starts;
      if (Date.now() > deadline) throw new Error(`not within ${patienceMs} ms: ${what}`);
      await sleep(10);
    }
  }

  async #state(): Promise<LifeState> {
    for (;;) {
      const child = await this.#alive();
      const told = await new Promise<LifeState | undefined>((resolve) => {
        const onExit = () => resolve(undefined);
        child.once('exit', onExit);
        child.once('message', ({ state }: { state: LifeState }) => {
          child.off('exit', onExit);
          resolve(state);
        });
        child.send('state?', () => {});
      });
      if (told !== undefined) return told;
    }
  }

  /** The engine, started again where it has ended. */
  async #alive(): Promise<ChildProcess> {
    for (;;) {
      const child = this.#child;
      if (child !== undefined && child.exitCode === null && child.signalCode === null) return child;
      this.#child = await this.#begin();
    }
  }

  /** @returns undefined when it ended before it was ready */
  #begin(): Promise<ChildProcess | undefined> {
    this.starts += 1;
    const [death = null] = this.deaths;
    const child = fork(entry, [this.#data, JSON.stringify(death)], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    return new Promise((resolve, reject) => {
      child.once('exit', (code, signal) => {
        if (signal === 'SIGKILL') this.deaths.shift();
        else if (code !== 0) reject(new Error(`the engine has ended with code ${code}`));
        resolve(undefined);
      });
      child.once('message', ({ url }: { url: string }) => {
        this.#url = url;
        resolve(child);
      });
    });
  }
}

/** The engine has ended, or is about to. */
class Gone extends Error {}

function json(method: string, body: unknown): RequestInit {
  return { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
