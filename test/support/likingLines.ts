/** A log in which users like topics, for tests: what they rate and view, and a record by which one is forgotten. */
import { eraseEvent } from '../../contracts/eraseRecord.ts';
import { emptyPopulation } from '../../models/preference/population.ts';
import { preferenceModel } from '../../models/preference/preferenceModel.ts';
import { randomState, uniform } from '../../stats/random.ts';

export const likingStart = Date.parse('2026-03-02T08:00:00Z');
export const likingTopics = ['art', 'food', 'music', 'space'] as const;
const minute = 60_000;

/** A rating of 1 … 5. @param at minutes after the start */
export function ratedLine(id: string, user: string, at: number, topic: string, value: number) {
  return lineOf('rated', id, user, at, topic, value);
}

export function lineOf(
  type: string,
  id: string,
  user: string,
  at: number,
  topic: string,
  value: number,
): string {
  const time = likingStart + at * minute;
  return JSON.stringify({
    id,
    type,
    time,
    user,
    item: `about ${topic}`,
    value,
    context: { topic },
  });
}

export function eraseLine(user: string, at: number): string {
  return eraseEvent(user, `erase-${at}`, likingStart + at * minute);
}

/** Whether a user likes a topic: every user two of the four. */
export function likes(user: number, topic: number): boolean {
  return (user + topic) % 2 === 0;
}

/** Views, completions and ratings of `u0`, `u1` … by what they like, a minute apart. */
export function likingLines(count: number, users: number, seed: number): string[] {
  const random = randomState(seed);
  return Array.from({ length: count }, (_, i) => {
    const user = Math.floor(uniform(random) * users);
    const topic = Math.floor(uniform(random) * likingTopics.length);
    const type = ['viewed', 'completed', 'rated', 'answered'][Math.floor(uniform(random) * 4)]!;
    const liked = likes(user, topic) ? 0.9 : 0.1;
    const yes = uniform(random) < liked;
    const value = type === 'rated' ? (yes ? 5 : 2) : yes ? 1 : 0;
    return lineOf(type, `e${i}`, `u${user}`, i, likingTopics[topic]!, value);
  });
}

/** What a model has learnt that reads the lines itself, as the default pipeline reads them; user `u0` has the first row. */
export function learntFrom(log: readonly string[], users: number) {
  const model = preferenceModel([
    { usual: 0, weight: 1 },
    { usual: 0, weight: 0.2 },
  ]);
  const population = emptyPopulation(2);
  const rows = new Float64Array(users * model.users.width);
  const names: string[] = [];
  let latest = 0;
  for (const line of log) {
    const { type, time, user, value, context } = JSON.parse(line);
    if (type === 'answered') continue;
    let number = names.indexOf(context.topic);
    if (number < 0) number = names.push(context.topic) - 1;
    const at = Number(user.slice(1)) * model.users.width;
    const outcome = type === 'rated' ? (value - 3) / 2 : 2 * value - 1;
    const signal = type === 'rated' ? 0 : 1;
    latest = time;
    if (type === 'viewed') model.users.have(rows, at, number, 1, time);
    else model.learn(population, rows, at, number, signal, outcome, time);
  }
  return { model, population, rows, names, latest };
}
