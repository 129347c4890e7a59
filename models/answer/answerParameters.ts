/** Parameters of the answer model. The learning rates were chosen on 303,895 answers of 511 students (ASSISTments 2017). */
import type { Parameter } from '../spec.ts';

export type AnswerParameters = {
  readonly bits: number;
  readonly crossRate: number;
  readonly crossDamping: number;
  readonly factRate: number;
  readonly factDamping: number;
  readonly halfLifeMs: number;
  readonly usersMax: number;
  readonly itemsMax: number;
  readonly skillsMax: number;
  readonly userSkillsMax: number;
};

const rows = [1, 2 ** 26] as const;

export const answerParameters: { readonly [Name in keyof AnswerParameters]: Parameter } = {
  bits: {
    default: 17,
    range: [8, 24],
    unit: '',
    whole: true,
    summary: 'the hashed features share 2^bits weights of 16 bytes',
  },
  crossRate: { default: 0.05, range: [1e-6, 10], unit: '', summary: 'rate of hashed features' },
  crossDamping: { default: 0.5, range: [0, 1e6], unit: '', summary: 'damps their first steps' },
  factRate: { default: 0.1, range: [1e-6, 10], unit: '', summary: 'rate of numeric features' },
  factDamping: { default: 1, range: [0, 1e6], unit: '', summary: 'damps their first steps' },
  halfLifeMs: {
    default: 7 * 86_400_000,
    range: [1, 1e13],
    unit: 'ms',
    summary: 'event time in which an answer loses half its weight in the decayed rate',
  },
  usersMax: { default: 2 ** 21, range: rows, unit: 'rows', whole: true, summary: 'users kept' },
  itemsMax: { default: 2 ** 19, range: rows, unit: 'rows', whole: true, summary: 'items kept' },
  skillsMax: { default: 2 ** 16, range: rows, unit: 'rows', whole: true, summary: 'skills kept' },
  userSkillsMax: {
    default: 2 ** 22,
    range: rows,
    unit: 'rows',
    whole: true,
    summary: 'pairs of user and skill kept',
  },
};
