/** The frame of every page: pages on the left (below on phones), range and live state above, the page in the middle. */
import { ActionIcon } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { shiftRange } from '../data/range.ts';
import { keepView } from '../data/search.ts';
import { useFailedRefresh } from '../data/useFailedRefresh.ts';
import { useView } from '../data/useView.ts';
import { useLive } from '../live/LiveProvider.tsx';
import { isStale } from '../live/liveState.ts';
import { messages } from '../messages.ts';
import {
  AnomaliesIcon,
  DriftIcon,
  ExperimentsIcon,
  HelpIcon,
  ModelsIcon,
  OverviewIcon,
  PersonalizationIcon,
  PipelinesIcon,
  RecommendationsIcon,
  RetrainingIcon,
  SettingsIcon,
} from '../parts/Icons.tsx';
import { CopyLink } from './CopyLink.tsx';
import type { Command } from './keys.ts';
import { LiveBadge } from './LiveBadge.tsx';
import { LiveBanner } from './LiveBanner.tsx';
import { OpenAlerts } from './OpenAlerts.tsx';
import { OpenRecommendations } from './OpenRecommendations.tsx';
import { RangePicker } from './RangePicker.tsx';
import './shell.css';
import { ThemeToggle } from './ThemeToggle.tsx';
import { useKeys } from './useKeys.ts';

const AccountMenu = lazy(() =>
  import('./AccountMenu.tsx').then((module) => ({ default: module.AccountMenu })),
);
const HelpDialog = lazy(() =>
  import('./HelpDialog.tsx').then((module) => ({ default: module.HelpDialog })),
);

const pages = [
  { to: '/', label: messages.pages.overview, keys: 'g o', Icon: OverviewIcon },
  {
    to: '/recommendations',
    label: messages.pages.recommendations,
    keys: 'g r',
    Icon: RecommendationsIcon,
  },
  { to: '/models', label: messages.pages.models, keys: 'g m', Icon: ModelsIcon },
  {
    to: '/experiments',
    label: messages.pages.experiments,
    keys: 'g e',
    Icon: ExperimentsIcon,
  },
  {
    to: '/personalization',
    label: messages.pages.personalization,
    keys: 'g u',
    Icon: PersonalizationIcon,
  },
  { to: '/anomalies', label: messages.pages.anomalies, keys: 'g a', Icon: AnomaliesIcon },
  { to: '/drift', label: messages.pages.drift, keys: 'g d', Icon: DriftIcon },
  { to: '/retraining', label: messages.pages.retraining, keys: 'g t', Icon: RetrainingIcon },
  { to: '/pipelines', label: messages.pages.pipelines, keys: 'g p', Icon: PipelinesIcon },
  { to: '/settings', label: messages.pages.settings, keys: 'g s', Icon: SettingsIcon },
] as const;

/** Pages without an axis of time: recommendations, lists, forms, settings, the planner of experiments, one alert, one version, runs, and what one user gets now. */
const timeless =
  /^\/((experiments|personalization)(\/(new|plan)|\/users(\/[^/]+)?|\/[^/]+\/edit)?|anomalies\/.+|models(\/[^/]+\/versions\/.+)?|retraining.*|recommendations.*|settings(?!\/audit).*)\/?$/;

function Brand() {
  return (
    <p className="brand">
      <img src="/mark.svg" alt="" width="26" height="26" />
      <span>{messages.name}</span>
    </p>
  );
}

export function Shell() {
  const { search, change } = useView();
  const { state, togglePause } = useLive();
  const navigate = useNavigate();
  const hasTime = useLocation({ select: ({ pathname }) => !timeless.test(pathname) });
  const page = useLocation({ select: ({ pathname }) => pathname });
  // On a telephone the pages are in a row that may be longer than the screen.
  useEffect(() => {
    document
      .querySelector('.rail [aria-current=page]')
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [page]);
  const failure = useFailedRefresh();
  const [help, setHelp] = useState(false);
  const [keysOn, setKeysOn] = useLocalStorage({ key: 'millrace-keys', defaultValue: true });

  const commands: Record<Command, () => void> = {
    overview: () => void navigate({ to: '/', search: keepView }),
    recommendations: () => void navigate({ to: '/recommendations', search: keepView }),
    models: () => void navigate({ to: '/models', search: keepView }),
    experiments: () => void navigate({ to: '/experiments', search: keepView }),
    personalization: () => void navigate({ to: '/personalization', search: keepView }),
    anomalies: () => void navigate({ to: '/anomalies', search: keepView }),
    drift: () => void navigate({ to: '/drift', search: keepView }),
    retraining: () => void navigate({ to: '/retraining', search: keepView }),
    pipelines: () => void navigate({ to: '/pipelines', search: keepView }),
    settings: () => void navigate({ to: '/settings', search: keepView }),
    earlier: () => change(shiftRange(search, -1)),
    later: () => change(shiftRange(search, 1)),
    table: () => change({ table: !search.table }),
    live: togglePause,
    help: () => setHelp(true),
  };
  useKeys(keysOn, (command) => commands[command]());

  return (
    <div className="shell">
      <a className="skip-link" href="#page">
        {messages.skip}
      </a>
      <nav className="rail" aria-label={messages.pages.navigation}>
        <div>
          <Brand />
          <ul>
            {pages.map(({ to, label, keys, Icon }) => (
              <li key={to}>
                <Link
                  to={to}
                  search={keepView}
                  activeOptions={{ exact: to === '/', includeSearch: false }}
                >
                  <Icon />
                  <span>{label}</span>
                  {to === '/anomalies' && <OpenAlerts />}
                  {to === '/recommendations' && <OpenRecommendations />}
                  <span className="rail-keys" aria-hidden="true">
                    {keys}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </div>
      </nav>
      <header className="top-bar">
        <Brand />
        <LiveBadge />
        {hasTime ? <RangePicker /> : <div className="range-picker" />}
        <div className="top-tools">
          <CopyLink />
          <ThemeToggle />
          <ActionIcon
            variant="subtle"
            size="lg"
            aria-label={messages.shell.help}
            title={messages.shell.help}
            onClick={() => setHelp(true)}
          >
            <HelpIcon />
          </ActionIcon>
          <Suspense fallback={<span className="account-button" />}>
            <AccountMenu />
          </Suspense>
        </div>
      </header>
      <main
        id="page"
        tabIndex={-1}
        data-stale={isStale(state) || failure !== undefined || undefined}
      >
        <LiveBanner failure={failure} />
        <Outlet />
      </main>
      {help && (
        <Suspense fallback={null}>
          <HelpDialog onClose={() => setHelp(false)} keysOn={keysOn} onKeysOn={setKeysOn} />
        </Suspense>
      )}
    </div>
  );
}
