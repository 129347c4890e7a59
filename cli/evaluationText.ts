/** An evaluation as a person reads it on a terminal. */
import type { EvaluationAnswer } from '../contracts/policyEvaluationApi.ts';
import { printable } from './printable.ts';

/** Names of others are made harmless. */
export function evaluationText(answer: EvaluationAnswer): string {
  const { policy, decisions, from, to, ranking, candidates, cautions } = answer;
  const instant = (time: number | null) => (time === null ? '–' : new Date(time).toISOString());
  const lines = [
    `${decisions.toLocaleString('en')} decisions of ${printable(policy)}, ${instant(from)} to ${instant(to)}.`,
    '',
  ];
  for (const { place, candidate, reason } of ranking) {
    lines.push(`${place}. ${printable(candidate)}`, `   ${printable(reason)}`);
  }
  const rows = candidates.map(({ candidate, value, weights, lessLogged }) => [
    printable(candidate),
    figure(value.ips.estimate),
    figure(value.snips.estimate),
    figure(value.directMethod.estimate),
    figure(value.doublyRobust.estimate),
    `${figure(value.sequence.low)} to ${figure(value.sequence.high)}`,
    `${figure(lessLogged.sequence.low)} to ${figure(lessLogged.sequence.high)}`,
    figure(weights.effectiveSampleSize),
    percent(weights.unsupported),
  ]);
  const head = [
    ...['candidate', 'IPS', 'SNIPS', 'direct', 'doubly robust'],
    ...['value at all times', 'less logged', 'worth decisions', 'unknown'],
  ];
  lines.push('', ...aligned([head, ...rows]));
  if (cautions.length > 0) lines.push('', ...cautions.map((caution) => `- ${printable(caution)}`));
  return lines.join('\n');
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  return rows.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
      .join('  ')
      .trimEnd(),
  );
}

function figure(value: number | null): string {
  return value === null ? '–' : value.toLocaleString('en', { maximumSignificantDigits: 4 });
}

function percent(share: number | null): string {
  return share === null ? '–' : `${Number((100 * share).toPrecision(2))} %`;
}
