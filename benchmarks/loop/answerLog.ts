/** The answers of a campus as a log that is played again and again, and what the online learner knew of each. */
import { Subject } from 'rxjs';
import type { Chunk } from '../../contracts/chunk.ts';
import { learners } from '../../models/registry.ts';
import type { TrainingSet } from '../../models/training/trainingSet.ts';
import { predictThenLearn } from '../../operators/predictThenLearn.ts';
import { InternDictionary } from '../../operators/state/internDictionary.ts';
import { createStateTables } from '../../operators/state/stateTables.ts';
import type { Campus } from '../../sources/campus/campus.ts';
import { createDecoder } from '../../sources/decode/shapeDecoder.ts';

export const answerLearner = learners['answer']!;

/** Some answers, one behind the other. */
export type AnswerChunk = Pick<Chunk, 'length' | 'bytes' | 'ends' | 'receivedAt'>;

/** @param count answers, the first of the campus */
export function answerLog(campus: Campus, count: number, chunkLength: number): AnswerChunk[] {
  const chunks: AnswerChunk[] = [];
  let parts: Uint8Array[] = [];
  let receivedAt = campus.start;
  let sum = 0;
  for (const record of campus.events(campus.start, Number.POSITIVE_INFINITY)) {
    if (record.type !== 'answered') continue;
    parts.push(record.bytes);
    receivedAt = record.arrivalTime;
    sum += 1;
    if (parts.length < chunkLength && sum < count) continue;
    chunks.push(chunkOf(parts, receivedAt));
    parts = [];
    if (sum === count) return chunks;
  }
  throw new Error('a campus does not end');
}

export function chunkOf(parts: readonly Uint8Array[], receivedAt: number): AnswerChunk {
  let size = 0;
  const ends = Int32Array.from(parts, ({ length }) => {
    size += length;
    return size;
  });
  return { length: parts.length, bytes: Buffer.concat(parts), ends, receivedAt };
}

/** What was known of answers. All are in their order. */
export interface KnownAnswers {
  readonly set: TrainingSet;
  readonly online: Float64Array;
  readonly users: Int32Array;
  readonly times: Float64Array;
  readonly skills: readonly string[];
}

export function knownAnswers(chunks: readonly AnswerChunk[]): KnownAnswers {
  const rows = chunks.reduce((sum, { length }) => sum + length, 0);
  const dictionary = new InternDictionary();
  const learner = answerLearner.create(createStateTables(dictionary));
  const names = answerLearner.examples;
  const width = names.length;
  const values = new Float32Array(rows * width);
  const labels = new Float64Array(rows);
  const online = new Float64Array(rows);
  const users = new Int32Array(rows);
  const times = new Float64Array(rows);
  const skills: string[] = [];
  const decoder = createDecoder(answerLearner.columns, dictionary);
  const batches = new Subject<ReturnType<typeof decoder.decode>>();
  let at = 0;
  batches.pipe(predictThenLearn(learner, { label: 'value' })).subscribe((made) => {
    const { batch, length } = made;
    values.set(made.examples!.values.subarray(0, length * width), at * width);
    for (let i = 0; i < length; i += 1, at += 1) {
      const row = made.rows[i]!;
      labels[at] = made.labels[i]!;
      online[at] = made.online[i]!;
      users[at] = batch.codes.get('user')![row]!;
      times[at] = batch.numbers.get('time')![row]!;
      skills.push(batch.dictionary.text(batch.codes.get('context.skill')![row]!));
    }
  });
  let firstOffset = 0;
  for (const chunk of chunks) {
    batches.next(decoder.decode({ ...chunk, partition: 0, firstOffset }));
    firstOffset += chunk.length;
  }
  const features = names.map((name) => ({ name, kind: 'numeric' as const }));
  return { set: { task: 'binary', features, values, labels }, online, users, times, skills };
}
