/** How often a watch would have alerted over the stored weeks, in words, beside what is expected without any cause. */
import { formatDuration, formatValue } from '../../format/numbers.ts';
import { plural } from '../../words/anomalies.ts';
import { form as words } from '../../words/watchForm.ts';

interface Known {
  readonly alerts: number | null;
  readonly weeks: number;
  /** Undefined where the judgement has no budget. */
  readonly budgetPerWeek: number | undefined;
}

/** @example backTestWords({ alerts: 3, weeks: 6, budgetPerWeek: 0.2 })[1]; // 'Without any cause, at most 1.2 would be expected.' */
export function backTestWords({ alerts, weeks, budgetPerWeek }: Known): readonly string[] {
  if (alerts === null || weeks <= 0) return [words.noBackTest];
  const told = words.backTest(alerts, storedWords(weeks));
  if (budgetPerWeek === undefined) return [told];
  const expected = Number((budgetPerWeek * weeks).toPrecision(2));
  return [told, words.backTestExpected(formatValue(expected))];
}

const weekMs = 604_800_000;

/** Less than two weeks is told in days or hours. */
function storedWords(weeks: number): string {
  if (weeks < 2) return formatDuration(weeks * weekMs);
  return plural(Number(weeks.toPrecision(2)), 'week', 'weeks');
}
