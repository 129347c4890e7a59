/**
 * Classification streams as bandits: the action is a guess of the label, the reward 1 where it is right. They are the
 * streams of `../shared/data`; one that is absent is left out.
 *
 * Numeric features are centred and scaled by the first fifth of the rows, which is not reported.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { below, randomState } from '../../stats/random.ts';
import { assistmentsAnswers } from '../support/answers.ts';
import type { Round, Task } from './task.ts';

const root = import.meta.url.includes('/dist/') ? '../../../' : '../../';
const firstShare = 0.2;

interface Labelled {
  readonly user: string;
  readonly features: readonly number[];
  readonly label: number;
}

/** The streams that are there, and the names of those that are not. */
export function labelledTasks(): { tasks: Task[]; absent: string[] } {
  const tasks: Task[] = [];
  const absent: string[] = [];
  const add = (name: string, rows: Labelled[] | undefined, isOrdered: boolean) => {
    if (rows === undefined) absent.push(name);
    else tasks.push(labelledTask(name, rows, isOrdered));
  };
  add('phishing', readTable('phishing.csv.gz'), false);
  add('shuttle', readTable('odds/shuttle.csv.gz'), false);
  add('assistments', readAnswers(), true);
  return { tasks, absent };
}

/** @param isOrdered the order of the rows means something: a seed begins elsewhere instead of shuffling */
function labelledTask(name: string, rows: readonly Labelled[], isOrdered: boolean): Task {
  const firstEnd = Math.floor(firstShare * rows.length);
  const scales = scalesOf(rows.slice(0, firstEnd));
  const fields = scales.map((_, i) => `x${i}`);
  return {
    name,
    everyMs: 1_000,
    define: (reads) => ({
      actions: [0, 1].map((label) => ({
        ...{ key: `label-${label}`, name: `Label ${label}`, traits: { sign: 2 * label - 1 } },
      })),
      context: {
        features: scales.map(({ centre, scale }, i) => ({
          ...{ kind: 'numeric', field: fields[i]!, centre, scale, missing: 'zero' },
        })),
      },
      traits: reads === 'context' ? {} : { bias: reads === 'interaction', features: [sign] },
    }),
    rounds(part, count, seed) {
      const from = part === 'first' ? rows.slice(0, firstEnd) : rows.slice(firstEnd);
      const random = randomState(seed);
      const length = Math.min(count, from.length);
      const offset = isOrdered ? below(random, from.length - length + 1) : 0;
      const taken = isOrdered
        ? from.slice(offset, offset + length)
        : shuffled(from, random, length);
      return taken.map(({ user, features, label }): Round => {
        const rewards = Float64Array.of(1 - label, label);
        const attributes = Object.fromEntries(features.map((x, i) => [fields[i]!, x]));
        return { user, attributes, means: rewards, rewards };
      });
    },
  };
}

const sign = { kind: 'numeric', field: 'sign', missing: 'zero' } as const;

function scalesOf(rows: readonly Labelled[]) {
  return rows[0]!.features.map((_, i) => {
    const centre = rows.reduce((sum, { features }) => sum + features[i]!, 0) / rows.length;
    const squares = rows.reduce((sum, { features }) => sum + (features[i]! - centre) ** 2, 0);
    return { centre, scale: Math.sqrt(squares / rows.length) || 1 };
  });
}

/** The first of them in an order by chance. Source: Fisher & Yates 1938. */
function shuffled<Row>(
  rows: readonly Row[],
  random: ReturnType<typeof randomState>,
  length: number,
): Row[] {
  const order = [...rows];
  for (let i = 0; i < length; i += 1) {
    const j = i + below(random, order.length - i);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order.slice(0, length);
}

/** A table of numbers whose last column is the label, 0 or 1. */
function readTable(name: string): Labelled[] | undefined {
  const path = fileURLToPath(new URL(`${root}../shared/data/${name}`, import.meta.url));
  if (!existsSync(path)) return undefined;
  const lines = gunzipSync(readFileSync(path)).toString('latin1').trim().split('\n').slice(1);
  return lines.map((line, i) => {
    const numbers = line.split(',').map(Number);
    return { user: `row-${i}`, features: numbers.slice(0, -1), label: numbers.at(-1)! };
  });
}

/** Rates are of the answers before: of the item, of the skill, of the student in all and in the skill, and of the student lately. */
function readAnswers(): Labelled[] | undefined {
  const answers = assistmentsAnswers();
  if (answers === undefined) return undefined;
  const counts = new Map<string, { answers: number; right: number }>();
  const recent = new Map<string, number>();
  return answers.map(({ user, item = '', skill = '', correct }) => {
    const tallies = [item, skill, user, `${user} ${skill}`].map((key) => {
      const found = counts.get(key) ?? { answers: 2, right: 0.8 };
      counts.set(key, found);
      return found;
    });
    const lately = recent.get(user) ?? 0.4;
    const features = [...tallies.map(({ answers: all, right }) => right / all), lately];
    for (const tally of tallies) {
      tally.answers += 1;
      tally.right += correct;
    }
    recent.set(user, lately + 0.2 * (correct - lately));
    return { user, features, label: correct };
  });
}
