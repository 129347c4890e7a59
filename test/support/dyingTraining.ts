/**
 * A process that works on one training run, with a thread for its jobs, and dies without a word within one of its calls. What it
 * keeps lies in a directory: rows of definitions, files by their hash, versions.
 */
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { ArtifactStore } from '../../contracts/artifactStore.ts';
import type { Store } from '../../contracts/store.ts';
import { runTraining } from '../../control/retraining/runTraining.ts';
import { byOf, newRun, type StoredRun } from '../../control/retraining/storedRun.ts';
import { trainInThread } from '../../control/retraining/trainInThread.ts';
import { openTrainingBook } from '../../control/retraining/trainingBook.ts';
import { judging, memoryRegistry, modelName, selecting, smallPlan } from './fakeRetraining.ts';
import { memoryDefinitions } from './memoryDefinitions.ts';
import { drawSet } from './trainingRows.ts';

export interface DyingTraining {
  readonly directory: string;
  /** Counted from 0; the process lives on when there are fewer. */
  readonly call: number;
  readonly when: 'before' | 'after';
}

const { directory, call: lastCall, when } = JSON.parse(process.argv[2]!) as DyingTraining;
let count = 0;

/** A call that may be the last; jobs die while their thread works. */
function mortal<Given extends unknown[], Result>(
  call: (...given: Given) => Promise<Result>,
  isJob = false,
) {
  return async (...given: Given): Promise<Result> => {
    const isLast = count === lastCall;
    count += 1;
    if (isLast && when === 'before') {
      if (!isJob) process.kill(process.pid, 'SIGKILL');
      setTimeout(() => process.kill(process.pid, 'SIGKILL'), 60);
    }
    const result = await call(...given);
    if (isLast) process.kill(process.pid, 'SIGKILL');
    return result;
  };
}

const at = (name: string) => join(directory, name);
mkdirSync(at('files'), { recursive: true });

function written(name: string, bytes: Uint8Array | string): void {
  writeFileSync(at(`${name}.new`), bytes);
  renameSync(at(`${name}.new`), at(name));
}

const artifacts: ArtifactStore = {
  put: mortal(async (bytes: Uint8Array) => {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    written(`files/${sha256}`, bytes);
    return { sha256, bytes: bytes.length };
  }),
  get: mortal(async (sha256: string) => new Uint8Array(readFileSync(at(`files/${sha256}`)))),
  has: async (sha256) => existsSync(at(`files/${sha256}`)),
  remove: async () => {},
};

const memory = memoryDefinitions();
const rows = existsSync(at('rows')) ? readFileSync(at('rows'), 'utf8').trim().split('\n') : [];
for (const row of rows) await memory.insert('experiment_definitions', Buffer.from(row, 'base64'));
const store: Store = {
  ...memory,
  insert: mortal(async (table: string, bytes: Uint8Array) => {
    appendFileSync(at('rows'), `${Buffer.from(bytes).toString('base64')}\n`);
    await memory.insert(table, bytes);
  }),
};

const plan = smallPlan({ trainer: { parameters: { rounds: 40 } } });
const registry = memoryRegistry(plan);
if (existsSync(at('versions'))) {
  registry.versions.push(...JSON.parse(readFileSync(at('versions'), 'utf8')));
}

const cause = { kind: 'manual', sentence: 'Ada wants it', figures: {} } as const;
const asked = { model: modelName, cause, causeId: 'manual:1', causeAt: 0, plan };
const begun = newRun(asked, 1_000);
const book = await openTrainingBook({ store, say: () => {} });
await book.add(begun, { actor: 'ada', reason: 'to see' });
const stored = book.get(begun.run.id)!;
if (stored.run.state === 'running') {
  const record = (next: StoredRun) => book.write(next, byOf(next));
  const counted = await record({ ...stored, attempts: stored.attempts + 1 });
  const drawn = drawSet({ rows: 800, missing: 0.05 });
  await runTraining(
    counted,
    {
      artifacts,
      selectExamples: mortal(selecting(() => drawn)),
      judgeGates: mortal(judging()),
      runJob: mortal(trainInThread, true) as typeof trainInThread,
      registry: {
        register: mortal(async (version) => {
          const answer = await registry.register(version, byOf(stored));
          written('versions', JSON.stringify(registry.versions));
          return answer;
        }),
      },
      clock: Date.now,
    },
    { record, show: () => {}, signal: new AbortController().signal },
  );
}
await book.close();
const { run, made } = book.get(begun.run.id)!;
process.stdout.write(
  JSON.stringify({ calls: count, state: run.state, version: run.version, made }),
);
