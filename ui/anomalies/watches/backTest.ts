/** How often a watch would have alerted over the stored weeks, in words, beside what is expected without any cause. */
import { formatValue } from '../../format/numbers.ts';
import { form as words } from '../formWords.ts';

interface Known {
  readonly alerts: number | null;
  readonly weeks: number;
  /** Undefined where the judgement has no budget. */
  readonly budgetPerWeek: number | undefined;
}

/** @example backTestWords({ alerts: 3, weeks: 6, budgetPerWeek: 0.2 })[1]; // 'Without any cause, at most 1.2 would be expected.' */
export function backTestWords({ alerts, weeks, budgetPerWeek }: Known): readonly string[] {
  if (alerts === null || weeks <= 0) return [words.noBackTest];
  const whole = Number(weeks.toPrecision(2));
  const told = words.backTest(alerts, whole);
  if (budgetPerWeek === undefined) return [told];
  const expected = Number((budgetPerWeek * weeks).toPrecision(2));
  return [told, words.backTestExpected(formatValue(expected))];
}
