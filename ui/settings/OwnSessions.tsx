/** Where else one is signed in, and how that ends: one by one, or all others at once. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Problem } from '../parts/Problem.tsx';
import { Section } from '../parts/Section.tsx';
import { Waiting } from '../parts/Waiting.tsx';
import { sessions as words } from '../words/settings.ts';
import { endOtherSessions, endOwnSession, ownSessionsQuery } from './queries.ts';
import { deviceOf, type OpenSession, SessionsTable } from './SessionsTable.tsx';

export function OwnSessions() {
  const queries = useQueryClient();
  const answer = useQuery(ownSessionsQuery);
  const end = useMutation({
    mutationFn: (one: OpenSession | undefined) =>
      one === undefined ? endOtherSessions() : endOwnSession(one.id),
    onSuccess: (left) => queries.setQueryData(ownSessionsQuery.queryKey, left),
    // Somebody else may have ended it.
    onError: () => queries.invalidateQueries({ queryKey: ownSessionsQuery.queryKey }),
  });
  const open = answer.data?.sessions;
  const others = open?.filter(({ isThis }) => !isThis).length ?? 0;
  const { variables } = end;
  return (
    <Section
      title={words.title}
      text={words.text}
      tools={
        others > 0 && (
          <button
            type="button"
            className="button"
            disabled={end.isPending}
            onClick={() => end.mutate(undefined)}
          >
            {words.endOthers}
          </button>
        )
      }
    >
      {open === undefined ? (
        <Waiting answers={[answer]} height={120} />
      ) : (
        <div className="card flush">
          <SessionsTable
            label={words.title}
            sessions={open}
            isPending={end.isPending}
            onEnd={(session) => end.mutate(session)}
          />
        </div>
      )}
      <p role="status" className={end.isSuccess ? 'notice good' : undefined}>
        {end.isSuccess &&
          (variables === undefined ? words.othersEnded : words.ended(deviceOf(variables)))}
      </p>
      {end.isError && <Problem error={end.error} onRetry={() => end.mutate(variables)} />}
    </Section>
  );
}
