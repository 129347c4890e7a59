/** What rules say of facts, checked as every card is: it parses, and its sentences are ones that people read. */
import { expect } from 'vitest';
import { Finding } from '../../contracts/insight.ts';
import type { Facts } from '../../control/insights/facts.ts';
import type { Candidate, InsightKind } from '../../control/insights/insightKind.ts';

/** What a rule tells, of candidates with at most that p-value, or that are facts. */
export function saidOf(kind: InsightKind, facts: Facts, level = 0.01): Finding[] {
  return kind
    .find(facts)
    .filter(({ pValue }) => pValue === null || pValue <= level)
    .map((candidate) => tellWhole(kind, candidate));
}

export function tellWhole(kind: InsightKind, candidate: Candidate): Finding {
  const { judgedAt, pValue } = candidate;
  const finding = Finding.parse({
    ...{ kind: kind.kind, area: kind.area, judgedAt, pValue },
    ...candidate.tell(),
  });
  for (const sentence of sentencesOf(finding)) {
    expect(sentence).toMatch(/^["“A-Z0-9].*[.?!]$/s);
    expect(sentence).not.toMatch(
      /NaN|undefined|null|Infinity|context[._]|(?<![.\d])1 (days|users|points)\b/,
    );
  }
  if (process.env['SAY'] !== undefined) say(finding);
  return finding;
}

function sentencesOf({ changed, why, ignored, impact, action, promise }: Finding): string[] {
  const done = action === null ? [] : [action.consequence, action.undo];
  return [changed, ...why, ignored, impact.words, ...done, ...(promise ? [promise.sentence] : [])];
}

function say({ kind, changed, why, ignored, impact, action, promise, evidence }: Finding): void {
  const lines = [
    ...[`# ${kind}`, changed, ...why.map((each) => `  – ${each}`), `  if ignored: ${ignored}`],
    `  impact ${impact.value.toFixed(2)}: ${impact.words}`,
    `  [${action?.label}] ${action?.request?.path ?? action?.page} → ${action?.consequence} / ${action?.undo}`,
    `  promise: ${promise?.sentence ?? '–'}; picture: ${evidence?.caption ?? '–'}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
