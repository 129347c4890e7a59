/** What breaks while a model is trained, released and served: the engine says so, the online learner serves, and nothing is lost. */
import { readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { lifeAnswers } from '../../benchmarks/support/lifeAnswers.ts';
import { lifePlan } from '../../benchmarks/support/lifeDriver.ts';
import { describeDifferences, readContents } from '../../benchmarks/support/tables.ts';
import { StartedRun, TrainingRunDetail } from '../../contracts/modelLifeApi.ts';
import type { ModelPlan } from '../../contracts/modelPlan.ts';
import type * as Threads from '../../control/retraining/trainInThread.ts';
import {
  json,
  ndjson,
  removeDirectory,
  startTestEngine,
  type TestEngine,
  temporaryDirectory,
  undisturbed,
} from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';
import { isAlive } from '../support/processes.ts';
import { canMount, mountSmallDisk } from '../support/smallDisk.ts';

/** Heap that trainings may have, MiB. */
const heap = vi.hoisted((): { mb: number | undefined } => ({ mb: undefined }));
vi.mock('../../control/retraining/trainInThread.ts', async (original) => {
  const real = await original<typeof Threads>();
  const trainInThread: typeof real.trainInThread = (job, options) => {
    const heapMb = job.kind === 'train' ? heap.mb : undefined;
    return real.trainInThread(job, heapMb === undefined ? options : { ...options, heapMb });
  };
  return { ...real, trainInThread };
});
afterEach(() => {
  heap.mb = undefined;
});

const by = { actor: 'ada', reason: 'to see' };
const byHand: ModelPlan = { ...lifePlan, release: { ...lifePlan.release, automatic: false } };

async function send(at: TestEngine, body: string): Promise<void> {
  const response = await at.post(body, ndjson);
  expect(response.status).toBe(202);
  await at.settle();
}

async function plan({ engine: { models } }: TestEngine, wanted: ModelPlan): Promise<void> {
  const { head } = models!.model('answer')!;
  const written = await models!.plan('answer', wanted, head.revision, by);
  expect(written.outcome).toBe('written');
}

async function begin(at: TestEngine): Promise<string> {
  const response = await fetch(`${at.url}/v1/retraining`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ model: 'answer', reason: 'to see' }),
  });
  return StartedRun.parse(await response.json()).id;
}

async function runOf(at: TestEngine, id: string) {
  return (await at.get(`/v1/retraining/${id}`, TrainingRunDetail)).run;
}

async function ended(at: TestEngine, id: string) {
  return eventually(async () => {
    const run = await runOf(at, id);
    expect(run.state).not.toBe('running');
    return run;
  }, 120_000);
}

const championOf = ({ engine }: TestEngine) =>
  engine.models!.model('answer')!.serving.champion.version;

/** Answers by the version that served them, of those that are not yet counted. */
function servedSince({ engine }: TestEngine) {
  let counted: Record<string, number> = {};
  return async () => {
    const rows = await engine.store.query<{ version: string; count: number }>(
      `SELECT model_version AS version, toUInt32(count()) AS count FROM predictions FINAL
       WHERE model = 'answer' GROUP BY version ORDER BY version`,
    );
    const before = counted;
    counted = Object.fromEntries(rows.map(({ version, count }) => [version, count]));
    const fresh = rows.map(({ version, count }) => [version, count - (before[version] ?? 0)]);
    return Object.fromEntries(fresh.filter(([, count]) => count !== 0));
  };
}

const complaints = ({ said }: TestEngine) =>
  said.filter((sentence) => sentence.startsWith('Version 1.1 of answer does not predict'));

describe('a file that is lost or damaged while its version is champion', () => {
  const data = temporaryDirectory();
  const bodies = lifeAnswers([600, 50, 50, 50, 50, 50, 50, 50]);
  let at: TestEngine;
  let path: string;
  let bytes: Buffer;

  beforeAll(async () => {
    at = await startTestEngine(data);
    await send(at, bodies[0]!);
    await plan(at, byHand);
    expect((await ended(at, await begin(at))).state).toBe('done');
    await at.engine.models!.rollback('answer', '1.1', by);
    const { sha256 } = at.engine.models!.inForce('answer')!.champion;
    path = join(data, 'artifacts', sha256!.slice(0, 2), sha256!);
    bytes = readFileSync(path);
  }, 180_000);
  afterAll(async () => {
    await at?.stop();
    removeDirectory(data);
  }, 60_000);

  async function again(): Promise<void> {
    await at.stop();
    at = await startTestEngine(data);
  }

  test('goes on serving until the engine is started again, for it is in memory', async () => {
    const served = servedSince(at);
    await served();
    rmSync(join(data, 'artifacts'), { recursive: true });
    await send(at, bodies[1]!);
    expect(await served()).toEqual({ '1.1': 50 });
    expect(complaints(at)).toEqual([]);
  });

  test('after a start the online learner serves, and each partition says so once', async () => {
    await again();
    const served = servedSince(at);
    await served();
    await send(at, bodies[2]!);
    await send(at, bodies[3]!);
    expect(await served()).toEqual({ '1': 100 });
    expect(complaints(at).sort()).toEqual(
      [0, 1].map((partition) =>
        expect.stringContaining(
          `in partition ${partition}, the online learner serves in its place: ARTIFACT_UNAVAILABLE`,
        ),
      ),
    );
    expect(championOf(at)).toBe('1.1');
  }, 60_000);

  test('the file that is back predicts from the next record on', async () => {
    const served = servedSince(at);
    await served();
    await mkdir(join(path, '..'), { recursive: true });
    writeFileSync(path, bytes);
    await send(at, bodies[4]!);
    expect(await served()).toEqual({ '1': 50 });
    await at.engine.models!.rollback('answer', '1', by);
    await at.engine.models!.rollback('answer', '1.1', by);
    await send(at, bodies[5]!);
    expect(await served()).toEqual({ '1.1': 50 });
  });

  test('damaged, it does not predict; the online version can be made champion; whole again, it does at the next start', async () => {
    const damaged = Buffer.from(bytes);
    damaged[100]! ^= 1;
    writeFileSync(path, damaged);
    await again();
    let served = servedSince(at);
    await served();
    await send(at, bodies[6]!);
    expect(await served()).toEqual({ '1': 50 });
    expect(complaints(at)).toHaveLength(2);
    expect(complaints(at)[0]).toContain('ARTIFACT_CORRUPT');
    await at.engine.models!.rollback('answer', '1', by);
    expect(championOf(at)).toBe('1');
    await at.engine.models!.rollback('answer', '1.1', by);
    writeFileSync(path, bytes);
    await again();
    served = servedSince(at);
    await served();
    await send(at, bodies[7]!);
    expect(await served()).toEqual({ '1.1': 50 });
    expect(complaints(at)).toEqual([]);
  }, 120_000);

  test('what is trained afterwards is stored, in a directory that was removed as well', async () => {
    // It is judged against the champion, whose file must be there.
    await at.engine.models!.rollback('answer', '1', by);
    rmSync(join(data, 'artifacts'), { recursive: true });
    expect(await ended(at, await begin(at))).toMatchObject({ state: 'done', version: '1.2' });
  }, 120_000);
});

describe.skipIf(!canMount)('a disk that is full where files are stored', () => {
  const data = temporaryDirectory();
  const artifacts = join(data, 'artifacts');
  let unmount: (() => void) | undefined;
  let at: TestEngine;

  beforeAll(async () => {
    await mkdir(artifacts);
    unmount = mountSmallDisk(artifacts, 1);
    at = await startTestEngine(data);
    await send(at, lifeAnswers([600])[0]!);
    await plan(at, byHand);
  }, 120_000);
  afterAll(async () => {
    await at?.stop();
    unmount?.();
    removeDirectory(data);
  }, 60_000);

  test('fails the run with what to do, and leaves champion and files as they were', async () => {
    const { bavail, bsize } = statfsSync(artifacts);
    const ballast = join(artifacts, 'ballast');
    writeFileSync(ballast, Buffer.alloc(bavail * bsize));
    const run = await ended(at, await begin(at));
    expect(run.state).toBe('failed');
    expect(run.sentence).toContain('Failed at the step "train": ARTIFACT_UNAVAILABLE');
    expect(run.sentence).toContain('lies on a full disk: make room there');
    expect(championOf(at)).toBe('1');
    expect(at.engine.models!.model('answer')!.versions).toHaveLength(1);
    expect(readdirSync(join(artifacts, 'incoming'))).toEqual([]);
    rmSync(ballast);
    expect(await ended(at, await begin(at))).toMatchObject({ state: 'done', version: '1.1' });
  }, 180_000);
});

describe('a ClickHouse that is killed, and a training that runs out of memory', () => {
  const data = temporaryDirectory();
  const bodies = lifeAnswers([600, 60, 120, 120, 600, 50]);
  let at: TestEngine;

  beforeAll(async () => {
    at = await startTestEngine(data);
    await send(at, bodies[0]!);
    await plan(at, lifePlan);
  }, 120_000);
  afterAll(async () => {
    await at?.stop();
    removeDirectory(data);
  }, 60_000);

  async function kill(): Promise<void> {
    const pid = await eventually(() => {
      const found = at.engine.clickhousePid() ?? 0;
      expect(found).toBeGreaterThan(0);
      return found;
    });
    process.kill(pid, 'SIGKILL');
    await eventually(() => expect(isAlive(pid)).toBe(false));
  }

  test('a training that runs out of memory fails its run, and nothing else', async () => {
    heap.mb = 4;
    const run = await ended(at, await begin(at));
    expect(run.state).toBe('failed');
    expect(run.sentence).toBe(
      'Failed at the step "train": TRAINING_DIED: the training ran out of memory: its heap may have 4 MiB.',
    );
    expect(championOf(at)).toBe('1');
    expect((await fetch(`${at.url}/readyz`)).status).toBe(200);
  }, 120_000);

  test('ClickHouse killed during a run: the run goes on and comes to its version', async () => {
    const id = await begin(at);
    await eventually(async () => {
      const run = at.engine.controlPlane && (await runOf(at, id));
      expect(run?.steps.find(({ state }) => state === 'running')?.name).not.toBe(undefined);
    });
    await kill();
    await eventually(() => expect(at.said.join('\n')).toContain('ended with SIGKILL'));
    expect(await ended(at, id)).toMatchObject({ state: 'done', version: '1.1' });
  }, 180_000);

  test('and in each stage of the release: it is promoted, and its trial comes to an end', async () => {
    const stages = ['shadow', 'canary-1', 'canary-2'];
    for (const [i, stage] of stages.entries()) {
      await eventually(() => {
        expect(at.engine.models!.inForce('answer')?.release?.stage).toBe(stage);
      }, 120_000);
      await kill();
      await send(at, bodies[i + 1]!);
    }
    await eventually(() => {
      expect(at.engine.models!.inForce('answer')?.release?.id).toMatch(/^after-/);
    }, 120_000);
    await kill();
    await send(at, bodies[4]!);
    await eventually(() => {
      expect(at.engine.models!.inForce('answer')).toMatchObject({
        champion: { version: '1.1' },
        release: null,
        shadows: [],
      });
    }, 120_000);
    await send(at, bodies[5]!);
    const found = await readContents(at.engine.store);
    await at.stop();
    expect(describeDifferences(found, await undisturbed(data))).toEqual([]);
  }, 300_000);
});
