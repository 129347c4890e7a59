/**
 * Routes in code: pages in one shell; the view is validated search, shared by all pages. All but the first are loaded when they
 * are opened.
 */
import {
  createRootRoute,
  createRoute,
  createRouter,
  type ErrorComponentProps,
  lazyRouteComponent,
  retainSearchParams,
  stripSearchParams,
} from '@tanstack/react-router';
import { readSearch, type Search, searchDefaults } from './data/search.ts';
import { OverviewPage } from './overview/OverviewPage.tsx';
import { Absent } from './parts/Absent.tsx';
import { Problem } from './parts/Problem.tsx';
import { Frame } from './shell/Frame.tsx';
import { messages } from './words/shell.ts';

/** What a link without search starts from. */
type SearchInput = Partial<Search>;

const root = createRootRoute({
  component: Frame,
  validateSearch: (input: SearchInput & Record<string, unknown>): Search => readSearch(input),
  search: { middlewares: [retainSearchParams(true), stripSearchParams(searchDefaults)] },
  notFoundComponent: () => (
    <Absent page={messages.name} title={messages.notFound.title} text={messages.notFound.text}>
      {null}
    </Absent>
  ),
});

const overview = createRoute({ getParentRoute: () => root, path: '/', component: OverviewPage });
const recommendations = createRoute({
  getParentRoute: () => root,
  path: '/recommendations',
  component: lazyRouteComponent(() => import('./recommendations/ListPage.tsx'), 'ListPage'),
});
const recommendation = createRoute({
  getParentRoute: () => root,
  path: '/recommendations/$id',
  component: lazyRouteComponent(() => import('./recommendations/DetailPage.tsx'), 'DetailPage'),
});
const pipelines = createRoute({
  getParentRoute: () => root,
  path: '/pipelines',
  component: lazyRouteComponent(() => import('./pipelines/PipelinesPage.tsx'), 'PipelinesPage'),
});

const models = createRoute({
  getParentRoute: () => root,
  path: '/models',
  component: lazyRouteComponent(() => import('./models/ListPage.tsx'), 'ListPage'),
});
const model = createRoute({
  getParentRoute: () => root,
  path: '/models/$pipeline/$model',
  component: lazyRouteComponent(() => import('./models/DetailPage.tsx'), 'DetailPage'),
});

const versions = createRoute({
  getParentRoute: () => root,
  path: '/models/$model/versions',
  component: lazyRouteComponent(() => import('./versions/VersionsPage.tsx'), 'VersionsPage'),
});
const version = createRoute({
  getParentRoute: () => root,
  path: '/models/$model/versions/$version',
  component: lazyRouteComponent(() => import('./versions/VersionPage.tsx'), 'VersionPage'),
});
const plan = createRoute({
  getParentRoute: () => root,
  path: '/models/$model/versions/plan',
  component: lazyRouteComponent(() => import('./versions/plan/PlanPage.tsx'), 'PlanPage'),
});
const retraining = createRoute({
  getParentRoute: () => root,
  path: '/retraining',
  component: lazyRouteComponent(() => import('./retraining/ListPage.tsx'), 'ListPage'),
});
const run = createRoute({
  getParentRoute: () => root,
  path: '/retraining/$id',
  component: lazyRouteComponent(() => import('./retraining/RunPage.tsx'), 'RunPage'),
});

const experiments = createRoute({
  getParentRoute: () => root,
  path: '/experiments',
  component: lazyRouteComponent(() => import('./experiments/ListPage.tsx'), 'ListPage'),
});
const newExperiment = createRoute({
  getParentRoute: () => root,
  path: '/experiments/new',
  component: lazyRouteComponent(() => import('./experiments/form/NewPage.tsx'), 'NewPage'),
});
const planner = createRoute({
  getParentRoute: () => root,
  path: '/experiments/plan',
  component: lazyRouteComponent(() => import('./experiments/plan/PlanPage.tsx'), 'PlanPage'),
});
const experiment = createRoute({
  getParentRoute: () => root,
  path: '/experiments/$key',
  component: lazyRouteComponent(() => import('./experiments/DetailPage.tsx'), 'DetailPage'),
});
const editedExperiment = createRoute({
  getParentRoute: () => root,
  path: '/experiments/$key/edit',
  component: lazyRouteComponent(() => import('./experiments/form/EditPage.tsx'), 'EditPage'),
});

const policies = createRoute({
  getParentRoute: () => root,
  path: '/personalization',
  component: lazyRouteComponent(() => import('./personalization/ListPage.tsx'), 'ListPage'),
});
const newPolicy = createRoute({
  getParentRoute: () => root,
  path: '/personalization/new',
  component: lazyRouteComponent(() => import('./personalization/form/NewPage.tsx'), 'NewPage'),
});
const users = createRoute({
  getParentRoute: () => root,
  path: '/personalization/users',
  component: lazyRouteComponent(() => import('./personalization/UserPage.tsx'), 'UsersPage'),
});
const user = createRoute({
  getParentRoute: () => root,
  path: '/personalization/users/$user',
  component: lazyRouteComponent(() => import('./personalization/UserPage.tsx'), 'UserPage'),
});
const policy = createRoute({
  getParentRoute: () => root,
  path: '/personalization/$key',
  component: lazyRouteComponent(() => import('./personalization/DetailPage.tsx'), 'DetailPage'),
});
const editedPolicy = createRoute({
  getParentRoute: () => root,
  path: '/personalization/$key/edit',
  component: lazyRouteComponent(() => import('./personalization/form/EditPage.tsx'), 'EditPage'),
});

const anomalies = createRoute({
  getParentRoute: () => root,
  path: '/anomalies',
  component: lazyRouteComponent(() => import('./anomalies/ListPage.tsx'), 'ListPage'),
});
const watches = createRoute({
  getParentRoute: () => root,
  path: '/anomalies/watches',
  component: lazyRouteComponent(() => import('./anomalies/watches/WatchesPage.tsx'), 'WatchesPage'),
});
const newWatch = createRoute({
  getParentRoute: () => root,
  path: '/anomalies/watches/new',
  component: lazyRouteComponent(() => import('./anomalies/watches/NewPage.tsx'), 'NewPage'),
});
const editedWatch = createRoute({
  getParentRoute: () => root,
  path: '/anomalies/watches/$key',
  component: lazyRouteComponent(() => import('./anomalies/watches/EditPage.tsx'), 'EditPage'),
});
const alert = createRoute({
  getParentRoute: () => root,
  path: '/anomalies/$id',
  component: lazyRouteComponent(() => import('./anomalies/DetailPage.tsx'), 'DetailPage'),
});

const drift = createRoute({
  getParentRoute: () => root,
  path: '/drift',
  component: lazyRouteComponent(() => import('./drift/ListPage.tsx'), 'ListPage'),
});
const driftColumn = createRoute({
  getParentRoute: () => root,
  path: '/drift/$column',
  component: lazyRouteComponent(() => import('./drift/DetailPage.tsx'), 'DetailPage'),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: ({ next }: Record<string, unknown>): { next?: string } =>
    typeof next === 'string' ? { next } : {},
  component: lazyRouteComponent(() => import('./signin/SignInPage.tsx'), 'SignInPage'),
});
const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings/SettingsPage.tsx'), 'SettingsPage'),
});
const settingsSection = createRoute({
  getParentRoute: () => root,
  path: '/settings/$section',
  component: lazyRouteComponent(() => import('./settings/SettingsPage.tsx'), 'SettingsPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    overview,
    recommendations,
    recommendation,
    pipelines,
    models,
    model,
    versions,
    version,
    plan,
    retraining,
    run,
    experiments,
    newExperiment,
    planner,
    experiment,
    editedExperiment,
    policies,
    newPolicy,
    users,
    user,
    policy,
    editedPolicy,
    anomalies,
    watches,
    newWatch,
    editedWatch,
    alert,
    drift,
    driftColumn,
    signIn,
    settings,
    settingsSection,
  ]),
  scrollRestoration: true,
  defaultPendingComponent: () => (
    <p className="muted" role="status">
      {messages.pages.loading}
    </p>
  ),
  defaultErrorComponent: ({ error, reset }: ErrorComponentProps) => (
    <Problem error={error} onRetry={reset} />
  ),
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
