/** Outcomes by which preference models are compared: of the campus, whose tastes are known, and of real students. */
import { createCampus } from '../../sources/campus/campus.ts';
import { topics } from '../../sources/campus/curriculum.ts';
import { affinityAt } from '../../sources/campus/response.ts';
import { assistmentsAnswers, simulatedAnswers } from '../support/answers.ts';

/** One outcome on a scale from −1 to 1. */
export interface Outcome {
  readonly user: string;
  readonly item: string;
  readonly value: string;
  /** Number of the signal. */
  readonly signal: number;
  readonly outcome: number;
  /** ms since 1970. */
  readonly time: number;
  /** What the user truly feels about the value, in the unit of the truth; NaN where it is not known. */
  readonly truth: number;
}

const day = 86_400_000;

/** Ratings (signal 0) and completions (signal 1) of a campus, in the order of arrival. */
export function campusOutcomes(students: number, days: number, seed: number): Outcome[] {
  const start = Date.UTC(2026, 0, 5);
  const campus = createCampus({ seed, start, students });
  const tastes = new Map<number, readonly number[]>();
  const outcomes: Outcome[] = [];
  for (const record of campus.events(start, start + days * day)) {
    const isRated = record.type === 'rated';
    if (!isRated && record.type !== 'completed') continue;
    if (record.defect !== undefined || record.kind === 'duplicate') continue;
    const event = JSON.parse(Buffer.from(record.bytes).toString()) as {
      readonly user: string;
      readonly item: string;
      readonly value: number;
      readonly context: { readonly topic: string };
    };
    const { student, eventTime: time } = record;
    let own = tastes.get(student);
    if (own === undefined) {
      own = campus.truth.student(student).affinities;
      tastes.set(student, own);
    }
    const topic = topics.indexOf(event.context.topic as (typeof topics)[number]);
    outcomes.push({
      ...{ user: event.user, item: event.item, value: event.context.topic, time },
      signal: isRated ? 0 : 1,
      outcome: isRated ? (event.value - 3) / 2 : 2 * event.value - 1,
      truth: affinityAt(campus.truth.plan, topic, own[topic]!, time - start),
    });
  }
  return outcomes;
}

/** Answers as outcomes, right 1 and wrong −1, of a user in a skill; and whether they are real. */
export function answerOutcomes(count: number): { outcomes: Outcome[]; data: string } {
  const real = assistmentsAnswers();
  const answers = real ?? simulatedAnswers(Math.min(count, 200_000), 7);
  return {
    data: real === undefined ? 'simulated' : 'assistments2017',
    outcomes: answers.slice(0, count).map(({ user, item = '', skill = '', time, correct }) => ({
      ...{ user, item, value: skill, signal: 0, time, truth: Number.NaN },
      outcome: 2 * correct - 1,
    })),
  };
}
