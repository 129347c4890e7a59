/** What the figures of a report leave out, in sentences: nothing is silently missing. */
import type { PolicyReport } from '../../contracts/policyApi.ts';
import { formatCount, formatShare, formatValue } from '../format/numbers.ts';
import { exploration, uncounted as words } from '../words/personalization.ts';

export function uncountedWords(
  report: Pick<PolicyReport, 'unrewarded' | 'sampled' | 'strays'>,
): string[] {
  const { unrewarded, sampled, strays } = report;
  return [
    ...(unrewarded > 0 ? [words.unrewarded(unrewarded, formatCount(unrewarded))] : []),
    ...(sampled < 1 ? [words.sampled(formatShare(sampled))] : []),
    ...strays
      .filter(({ events }) => events > 0)
      .map(({ kind, events }) => strayWords(kind, events, formatCount(events))),
  ];
}

function strayWords(kind: string, events: number, text: string): string {
  switch (kind) {
    case 'unmatched':
      return words.unmatched(events, text);
    case 'fallback':
      return words.fallback(events, text);
    case 'crowded out':
      return words.crowdedOut(events, text);
    default:
      return words.other(events, text, kind);
  }
}

/** What trying others costs: an estimate, which may come out below nothing. */
export function costWords(cost: number): string {
  return cost > 0 ? exploration.costs(formatValue(cost)) : exploration.free(formatValue(cost));
}
