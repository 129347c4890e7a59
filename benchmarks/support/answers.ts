/** Answers for measuring learners: read from ASSISTments 2017 where it is present, or drawn from a seeded model. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { Batch } from '../../contracts/batch.ts';
import type { Dictionary } from '../../contracts/dictionary.ts';
import { below, normal, randomState, uniform } from '../../stats/random.ts';

export interface Answer {
  readonly user: string;
  readonly item?: string;
  readonly skill?: string;
  /** ms since 1970. */
  readonly time: number;
  /** 0 or 1. */
  readonly correct: number;
}

const root = import.meta.url.includes('/dist/') ? '../../../' : '../../';
const path = fileURLToPath(
  new URL(`${root}../shared/data/assistments2017.csv.gz`, import.meta.url),
);
const startTime = Date.UTC(2017, 0, 1);

/** The answers in file order, one second apart, named as the replay names them; undefined when the file is absent. */
export function assistmentsAnswers(): Answer[] | undefined {
  if (!existsSync(path)) return undefined;
  const lines = gunzipSync(readFileSync(path)).toString('latin1').split('\n');
  const names = new Map<string, string>();
  const named = (name: string): string => {
    const known = names.get(name);
    if (known === undefined) names.set(name, name);
    return known ?? name;
  };
  const answers: Answer[] = [];
  for (let i = 1; i < lines.length; i += 1) {
    const [student, , problem, skill, correct] = lines[i]!.split(',');
    if (correct === undefined) continue;
    answers.push({
      user: named(`student-${student}`),
      item: named(`problem-${problem}`),
      skill: named(`skill-${skill}`),
      time: startTime + (i - 1) * 1000,
      correct: Number(correct),
    });
  }
  return answers;
}

/**
 * Answers drawn from a Rasch model with a skill term and learning: ability + practice − difficulty.
 *
 * @param count answers; each of count / 100 users answers about 100 of 200 items in 10 skills
 */
export function simulatedAnswers(count: number, seed: number): Answer[] {
  const random = randomState(seed);
  const users = Math.max(1, Math.ceil(count / 100));
  const abilities = Float64Array.from({ length: users }, () => normal(random));
  const difficulties = Float64Array.from({ length: 200 }, () => normal(random));
  const practice = new Float64Array(users * 10);
  return Array.from({ length: count }, (_, i) => {
    const user = below(random, users);
    const item = below(random, 200);
    const skill = item % 10;
    const practised = practice[user * 10 + skill]!;
    practice[user * 10 + skill] = practised + 1;
    const score = abilities[user]! - difficulties[item]! + 0.05 * practised;
    return {
      user: `user-${user}`,
      item: `item-${item}`,
      skill: `skill-${skill}`,
      time: startTime + i * 1000,
      correct: uniform(random) < 1 / (1 + Math.exp(-score)) ? 1 : 0,
    };
  });
}

/** The answers as one batch of `answered` events, with the columns that the answer model reads. */
export function answerBatch(answers: readonly Answer[], dictionary: Dictionary): Batch {
  const length = answers.length;
  const codes = (of: (answer: Answer) => string | undefined): Int32Array =>
    Int32Array.from(answers, (answer) => {
      const name = of(answer);
      return name === undefined ? -1 : dictionary.internText(name);
    });
  const numbers = (of: (answer: Answer) => number): Float64Array => Float64Array.from(answers, of);
  return {
    partition: 0,
    firstOffset: 0,
    endOffset: length,
    receivedAt: startTime,
    length,
    offsets: Float64Array.from({ length }, (_, i) => i),
    dictionary,
    numbers: new Map([
      ['time', numbers(({ time }) => time)],
      ['value', numbers(({ correct }) => correct)],
    ]),
    codes: new Map([
      ['user', codes(({ user }) => user)],
      ['item', codes(({ item }) => item)],
      ['context.skill', codes(({ skill }) => skill)],
    ]),
    texts: new Map(),
    idLow: new Uint32Array(length),
    idHigh: new Uint32Array(length),
    raw: {
      bytes: new Uint8Array(0),
      starts: new Int32Array(length),
      ends: new Int32Array(length),
    },
    refusals: [],
  };
}
