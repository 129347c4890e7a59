/** Starts the dashboard. */
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './styles/mantine.ts';
import './styles/tokens.css';
import './styles/page.css';
import { ApiProblem } from './data/client.ts';
import { askSession } from './data/session.ts';
import { router } from './router.tsx';
import { theme } from './theme.ts';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // The live stream says when something is new: until then an answer stays good.
      staleTime: 60_000,
      refetchOnWindowFocus: false,
      // An idle engine commits nothing, and so would never cause a second attempt.
      refetchInterval: (query) => (query.state.status === 'error' ? 10_000 : false),
      retry: (failures, error) =>
        failures < 2 && !(error instanceof ApiProblem && error.status >= 400 && error.status < 500),
      networkMode: 'always',
    },
  },
});

// Asked while the page is still being made: no part of it is shown before.
void askSession();

const root = document.getElementById('root');
if (root === null) throw new TypeError('index.html: expected an element #root, got none');
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
