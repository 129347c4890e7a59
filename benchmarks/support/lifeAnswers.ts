/**
 * Answers on which trees are surely better than the online learner: right where a student comes back soon or late, wrong between.
 *
 * The online learner reads the time since the last answer as one number with one weight; trees cut it twice.
 */
import { randomState, uniform } from '../../stats/random.ts';

const start = Date.parse('2026-03-02T08:00:00Z');
const everyMs = 2_000;
const students = 20;
const items = 5;
/** Of answers that are otherwise than the rule says. */
const noise = 0.05;
/** In answers of all. */
const soon = 8;
const late = 25;

/**
 * @param sizes answers of each body
 * @returns newline-delimited events; the same for the same sizes
 */
export function lifeAnswers(sizes: readonly number[]): string[] {
  const random = randomState(7);
  const last = new Map<number, number>();
  let count = 0;
  const line = () => {
    const student = Math.floor(students * uniform(random));
    const item = Math.floor(items * uniform(random));
    const gap = count - (last.get(student) ?? count);
    last.set(student, count);
    const isRight = (gap < soon || gap > late) !== uniform(random) < noise;
    count += 1;
    return JSON.stringify({
      ...{ id: `a${count}`, type: 'answered', user: `student-${student}`, item: `item-${item}` },
      time: new Date(start + count * everyMs).toISOString(),
      value: isRight ? 1 : 0,
      context: { skill: `skill-${item % 2}`, course: 'algebra' },
    });
  };
  return sizes.map((size) => Array.from({ length: size }, line).join('\n'));
}
