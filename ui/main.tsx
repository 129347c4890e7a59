/** Starts the dashboard. */
import { MantineProvider } from '@mantine/core';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './styles/mantine.ts';
import './styles/tokens.css';
import './styles/page.css';
import { askSession } from './data/session.ts';
import { router } from './router.tsx';
import { theme } from './theme.ts';

// Asked while the page is still being made: no part of it is shown before.
void askSession();

const root = document.getElementById('root');
if (root === null) throw new TypeError('index.html: expected an element #root, got none');
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <RouterProvider router={router} />
    </MantineProvider>
  </StrictMode>,
);
