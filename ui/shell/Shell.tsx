/** The frame of every page: pages on the left (below on phones), range and live state above, the page in the middle. */
import { ActionIcon } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { shiftRange } from '../data/range.ts';
import { keepView } from '../data/search.ts';
import { useSignedOut } from '../data/signedOut.ts';
import { useFailedRefresh } from '../data/useFailedRefresh.ts';
import { useView } from '../data/useView.ts';
import { HappeningsProvider } from '../happenings/HappeningsProvider.tsx';
import { useLive } from '../live/LiveProvider.tsx';
import { isStale } from '../live/liveState.ts';
import { HelpIcon, SearchIcon } from '../parts/Icons.tsx';
import { messages } from '../words/shell.ts';
import { Brand } from './Brand.tsx';
import { CopyLink } from './CopyLink.tsx';
import type { Command } from './keys.ts';
import { LiveBadge } from './LiveBadge.tsx';
import { LiveBanner } from './LiveBanner.tsx';
import { pages } from './pages.ts';
import { Rail } from './Rail.tsx';
import { RangePicker } from './RangePicker.tsx';
import './shell.css';
import { InPlace } from './place/InPlace.tsx';
import { ThemeToggle } from './ThemeToggle.tsx';
import { useKeys } from './useKeys.ts';
import { usePaletteKey } from './usePaletteKey.ts';
import { useVersionsTarget } from './useVersionsTarget.ts';

const words = messages.shell;

const AccountMenu = lazy(async () => ({
  default: (await import('./AccountMenu.tsx')).AccountMenu,
}));
const BehindDrawer = lazy(async () => ({
  default: (await import('../behind/BehindDrawer.tsx')).BehindDrawer,
}));
const HelpDialog = lazy(async () => ({ default: (await import('./HelpDialog.tsx')).HelpDialog }));
const PlaceBar = lazy(async () => ({ default: (await import('./place/PlaceBar.tsx')).PlaceBar }));
const Palette = lazy(async () => ({ default: (await import('./palette/Palette.tsx')).Palette }));

/** Pages without an axis of time: recommendations, lists, forms, settings, the planner of experiments, one alert, one version, runs, and what one user gets now. */
const timeless =
  /^\/((experiments|personalization)(\/(new|plan)|\/users(\/[^/]+)?|\/[^/]+\/edit)?|anomalies\/.+|models(\/[^/]+\/versions\/.+)?|retraining.*|recommendations.*|settings(?!\/audit).*)\/?$/;

export function Shell() {
  const { search } = useView();
  const { state } = useLive();
  const hasTime = useLocation({ select: ({ pathname }) => !timeless.test(pathname) });
  const page = useLocation({ select: ({ pathname }) => pathname });
  const isOut = useSignedOut();
  const failure = useFailedRefresh();
  const [open, setOpen] = useState<'help' | 'palette'>();
  const [keysOn, setKeysOn] = useLocalStorage({ key: 'millrace-keys', defaultValue: true });
  const [placeAsked, setPlaceAsked] = useState(0);
  const commands = useCommands(
    () => setOpen('help'),
    () => setPlaceAsked((times) => times + 1),
  );
  useKeys(keysOn && !isOut, (command) => commands[command]?.());
  usePaletteKey(!isOut, () => setOpen('palette'));

  return (
    <div className="shell">
      <a className="skip-link" href="#page">
        {messages.skip}
      </a>
      <Rail />
      <header className="top">
        <Suspense fallback={null}>
          <PlaceBar asked={placeAsked} />
        </Suspense>
        <div className="top-bar">
          <Brand />
          <LiveBadge />
          {hasTime ? <RangePicker /> : <div className="range-picker" />}
          <div className="top-tools">
            <ActionIcon
              variant="subtle"
              size="lg"
              aria-label={words.findLong}
              aria-haspopup="dialog"
              title={words.findLong}
              disabled={isOut}
              onClick={() => setOpen('palette')}
            >
              <SearchIcon />
            </ActionIcon>
            <CopyLink />
            <ThemeToggle />
            <ActionIcon
              variant="subtle"
              size="lg"
              aria-label={words.help}
              title={words.help}
              onClick={() => setOpen('help')}
            >
              <HelpIcon />
            </ActionIcon>
            <Suspense fallback={<span className="account-button" />}>
              <AccountMenu />
            </Suspense>
          </div>
        </div>
      </header>
      <main
        id="page"
        tabIndex={-1}
        data-stale={isStale(state) || failure !== undefined || undefined}
      >
        {!isOut && <LiveBanner failure={failure} />}
        <HappeningsProvider key={page}>
          <InPlace>
            <Outlet />
          </InPlace>
        </HappeningsProvider>
      </main>
      <Suspense fallback={null}>
        {search.behind !== undefined && !isOut && <BehindDrawer asked={search.behind} />}
        {open === 'help' && (
          <HelpDialog onClose={() => setOpen(undefined)} keysOn={keysOn} onKeysOn={setKeysOn} />
        )}
        {open === 'palette' && (
          <Palette
            search={search}
            onHelp={() => setOpen('help')}
            onClose={() => setOpen((now) => (now === 'palette' ? undefined : now))}
          />
        )}
      </Suspense>
    </div>
  );
}

/** What each command does; one without a page yet does nothing. */
function useCommands(
  showHelp: () => void,
  showPlaces: () => void,
): Partial<Record<Command, () => void>> {
  const { search, change } = useView();
  const { togglePause } = useLive();
  const navigate = useNavigate();
  const model = useVersionsTarget();
  const goes = pages.map(
    ({ command, to }) => [command, () => void navigate({ to, search: keepView })] as const,
  );
  return {
    ...Object.fromEntries(goes),
    versions: () =>
      void (model === undefined
        ? navigate({ to: '/models', search: keepView })
        : navigate({ to: '/models/$model/versions', params: { model }, search: keepView })),
    earlier: () => change(shiftRange(search, -1)),
    later: () => change(shiftRange(search, 1)),
    compare: () => change({ compare: search.compare === true ? undefined : true }),
    table: () => change({ table: !search.table }),
    live: togglePause,
    place: showPlaces,
    help: showHelp,
  };
}
