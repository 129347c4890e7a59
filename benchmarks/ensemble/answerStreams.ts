/**
 * Answers in the orders in which ensembles are judged.
 *
 * `file`: ASSISTments 2017 as it is replayed, student after student: whoever comes later is new. `rounds`: the same answers, the
 * first of every student, then the second of every student, and so on: all students go on at once, and whoever comes later is
 * known. The file has no clock, so neither is the true order. `campus`: the synthetic campus in order of arrival, each answer once.
 */
import { createCampus } from '../../sources/campus/campus.ts';
import { type Answer, assistmentsAnswers } from '../support/answers.ts';

export interface AnswerStream {
  readonly name: string;
  readonly answers: readonly Answer[];
  /** Probability with which each answer was drawn, where that is known. */
  readonly truth?: Float64Array;
}

const campusStart = Date.UTC(2026, 2, 2);
const day = 86_400_000;
const secondMs = 1_000;

/** @param rowsMax the first so many answers of the file; undefined when it is absent */
export function fileOrder(rowsMax: number): AnswerStream | undefined {
  const answers = assistmentsAnswers()?.slice(0, rowsMax);
  return answers === undefined ? undefined : { name: 'file', answers };
}

/** @param answers in an order of their own for each user, which is kept */
export function inRounds(answers: readonly Answer[]): AnswerStream {
  const given = new Map<string, number>();
  const rounds: Answer[][] = [];
  for (const answer of answers) {
    const round = given.get(answer.user) ?? 0;
    given.set(answer.user, round + 1);
    rounds[round] ??= [];
    rounds[round].push(answer);
  }
  const first = answers[0]?.time ?? 0;
  const ordered = rounds.flat();
  return {
    name: 'rounds',
    answers: ordered.map((answer, i) => ({ ...answer, time: first + i * secondMs })),
  };
}

export interface CampusSize {
  readonly seed: number;
  readonly students: number;
  readonly days: number;
}

/** With everything of the default plan: two revisions of items, bots, records that come late. */
export function campusOrder({ seed, students, days }: CampusSize): AnswerStream {
  const campus = createCampus({ seed, start: campusStart, students });
  const answers: Answer[] = [];
  const truth: number[] = [];
  for (const record of campus.events(campus.start, campus.start + days * day)) {
    if (record.type !== 'answered' || record.kind === 'duplicate' || record.defect !== undefined) {
      continue;
    }
    const event = JSON.parse(Buffer.from(record.bytes).toString('latin1'));
    answers.push({
      user: event.user,
      item: event.item,
      skill: event.context.skill,
      time: record.eventTime,
      correct: event.value,
    });
    truth.push(record.probability);
  }
  return { name: 'campus', answers, truth: Float64Array.from(truth) };
}
