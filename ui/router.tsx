/** Routes in code: two pages in one shell; the view is validated search, shared by all pages. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  type ErrorComponentProps,
  retainSearchParams,
  stripSearchParams,
} from '@tanstack/react-router';
import { readSearch, type Search, searchDefaults } from './data/search.ts';
import { messages } from './messages.ts';
import { OverviewPage } from './overview/OverviewPage.tsx';
import { Empty } from './parts/Empty.tsx';
import { Problem } from './parts/Problem.tsx';
import { PipelinesPage } from './pipelines/PipelinesPage.tsx';
import { Shell } from './shell/Shell.tsx';

/** What a link without search starts from. */
type SearchInput = Partial<Search>;

const root = createRootRoute({
  component: Shell,
  validateSearch: (input: SearchInput & Record<string, unknown>): Search => readSearch(input),
  search: { middlewares: [retainSearchParams(true), stripSearchParams(searchDefaults)] },
  notFoundComponent: () => (
    <Empty title={messages.notFound.title}>
      <p className="muted">{messages.notFound.text}</p>
    </Empty>
  ),
});

const overview = createRoute({ getParentRoute: () => root, path: '/', component: OverviewPage });
const pipelines = createRoute({
  getParentRoute: () => root,
  path: '/pipelines',
  component: PipelinesPage,
});

export const router = createRouter({
  routeTree: root.addChildren([overview, pipelines]),
  scrollRestoration: true,
  defaultErrorComponent: ({ error, reset }: ErrorComponentProps) => (
    <Problem error={error} onRetry={reset} />
  ),
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
