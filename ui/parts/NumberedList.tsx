/** What happened, in the order of its numbers in a chart; folded away where there is much of it. */
import { formatInstant } from '../format/times.ts';

export interface Numbered {
  /** ms since 1970. */
  readonly at: number;
  readonly sentence: string;
  /** Who did it. */
  readonly actor?: string | undefined;
}

export interface NumberedListProps {
  readonly summary: string;
  /** The oldest first: the first has the number 1. */
  readonly happened: readonly Numbered[];
  /** More are folded away. */
  readonly unfoldedMax: number;
  /** Shows the newest first; each keeps its number. */
  readonly reversed?: boolean;
}

export function NumberedList({ summary, happened, unfoldedMax, reversed }: NumberedListProps) {
  const numbered = happened.map((each, i) => ({ ...each, number: i + 1 }));
  return (
    <details className="happened-list" open={happened.length <= unfoldedMax || undefined}>
      <summary>{summary}</summary>
      <ol className="happenings" reversed={reversed}>
        {(reversed ? numbered.toReversed() : numbered).map(({ at, sentence, actor, number }) => (
          <li key={`${at} ${sentence}`}>
            <span className="flag" aria-hidden="true">
              {number}
            </span>
            <time dateTime={new Date(at).toISOString()}>{formatInstant(at)}</time>
            <span>
              {sentence}
              {actor !== undefined && <span className="muted"> ({actor})</span>}
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}
