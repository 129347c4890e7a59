/** What stands where answers of the engine are not there yet: a place of their size, or what went wrong and a way to try again. */
import { Skeleton } from '@mantine/core';
import { Problem } from './Problem.tsx';

/** Of a query. */
export interface Answer {
  readonly error: Error | null;
  refetch(): unknown;
}

interface Props {
  /** All that is waited for. */
  answers: readonly Answer[];
  /** px */
  height: number;
}

export function Waiting({ answers, height }: Props) {
  const failed = answers.filter(({ error }) => error !== null);
  if (failed.length === 0) return <Skeleton height={height} />;
  return (
    <div className="card">
      <Problem
        error={failed[0]!.error}
        onRetry={() => {
          for (const answer of failed) void answer.refetch();
        }}
      />
    </div>
  );
}
