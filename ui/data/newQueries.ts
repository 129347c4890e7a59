/** A cache of answers with what all questions have in common. */
import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './client.ts';
import { isBeyond } from './isBeyond.ts';

export function newQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // The live stream says when something is new: until then an answer stays good.
        staleTime: 60_000,
        refetchOnWindowFocus: false,
        // An idle engine commits nothing, and so would never cause a second attempt.
        refetchInterval: ({ state: { status, error } }) =>
          status === 'error' && !isBeyond(error) ? 10_000 : false,
        retry: (failures, error) =>
          failures < 2 &&
          !(error instanceof ApiProblem && error.status >= 400 && error.status < 500),
        networkMode: 'always',
      },
    },
  });
}
